"""Signing in and out, and who the request's actor is."""

from functools import partial

from flask import Blueprint, current_app, g, redirect, render_template, request, session, url_for
from flask_babel import refresh
from flask_login import LoginManager, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from backlog.config import Settings
from backlog.kernel import clock, database
from backlog.kernel.text import fold
from backlog.people import actions, queries
from backlog.people.models import Session, User
from backlog.people.rules import is_seen_due
from backlog.people.secrets import password_fits
from backlog.web import presence
from backlog.web.application import Application
from backlog.web.kept_form import KeptForm, kept_from_sign_in
from backlog.web.next_page import safe_next
from backlog.web.pages_of_sign_in import SignInPage, sign_in_page
from backlog.web.routing import allows, public
from backlog.web.security import csrf, peer

blueprint = Blueprint("sign_in", __name__)
manager = LoginManager()
LONGEST_FIELD = 1000


def init_app(app: Application) -> None:
    """Know the actor of every request but the API's, which looks at tokens only."""
    manager.session_protection = None
    manager.init_app(app)
    app.before_request(know_actor)
    csrf.init_app(app)
    app.register_blueprint(blueprint)
    app.rehearsals.append(queries.rehearse)


@manager.user_loader
def load(secret: str) -> User | None:
    """The person of a session's secret; None ends the session."""
    settings = _settings()
    row = queries.find_session(secret, settings.session_idle_hours, settings.session_hours)
    if row is None:
        return None
    g.session_row = row
    if is_seen_due(row.last_seen_at, clock.now()):
        presence.later(partial(actions.touch_session, row.id, row.last_seen_at))
    row.user.session_secret = secret
    return row.user


def know_actor() -> None:
    """Set `g.actor`; static files and the API have none."""
    g.actor = None
    if request.endpoint == "static" or request.path.startswith("/api/v1"):
        return
    user = current_user._get_current_object() if current_user.is_authenticated else None
    g.actor = user
    g.actor_id = user.id if user else None


@blueprint.get("/sign-in")
@public
def show() -> Response | str:
    """The sign-in page; whoever is signed in goes on."""
    target = safe_next(request.args.get("next"))
    if g.actor is not None:
        return redirect(target, 303)
    return _render(sign_in_page(target))


@blueprint.post("/sign-in")
@public
def sign_in() -> Response | str | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Check name and password; the hash is computed before the write lock is taken, for unknown people too."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    target, form = safe_next(request.form.get("next")), kept_from_sign_in()
    if len(email) > LONGEST_FIELD or len(password) > LONGEST_FIELD:
        return _render(sign_in_page(target, failed=True, kept=form)), 401
    account = fold(email)
    tried, kept = actions.begin_try(account, peer()), _kept_hash(account)
    database.session.commit()
    if tried.wait:
        page = sign_in_page(target, email, wait=tried.wait, kept=form)
        return _render(page), 429, {"Retry-After": str(tried.wait)}
    fits = password_fits(password, kept)
    user = queries.find_user(account)
    if not fits or user is None or not user.active or user.password_hash != kept:
        return _render(sign_in_page(target, email, failed=True, kept=form)), 401
    actions.forgive(tried)
    return _begin(user, target, form)


@blueprint.post("/sign-out")
@allows("session.end")
def sign_out() -> Response:
    """End this session."""
    row: Session = g.session_row
    actions.end_session(g.actor, row.id)
    logout_user()
    session.clear()
    return redirect(url_for("sign_in.show"), 303)


def restart_session(user: User) -> None:
    """Give a person a fresh session and forget everything the old cookie held."""
    user.session_secret = actions.open_session(user, request.headers.get("User-Agent", ""))
    session.clear()
    login_user(user)
    session.permanent = True


def _begin(user: User, target: str, form: KeptForm | None) -> Response | str:
    if user.locale != session.get("locale", user.locale):
        user.locale = session["locale"]
    restart_session(user)
    if form is None:
        return redirect(target, 303)
    g.actor = user
    refresh()
    return render_template("shell/send_again.html", form=form)


def _kept_hash(account: str) -> str | None:
    user = queries.find_user(account)
    return user.password_hash if user is not None and user.active else None


def _settings() -> Settings:
    return current_app.settings  # type: ignore[attr-defined,no-any-return]


def _render(page: SignInPage) -> str:
    return render_template("shell/sign_in.html", page=page)
