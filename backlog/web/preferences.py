"""Language and theme, chosen by anybody: kept with the account, or in the cookie before signing in."""

from flask import Blueprint, g, redirect, request, session
from werkzeug.wrappers import Response

from backlog.kernel.language import LOCALES
from backlog.people import actions
from backlog.web.application import Application
from backlog.web.next_page import safe_next
from backlog.web.routing import public

blueprint = Blueprint("preferences", __name__)


def init_app(app: Application) -> None:
    """Answer the two forms of the shell."""
    app.register_blueprint(blueprint)


@blueprint.post("/locale")
@public
def choose_locale() -> Response:
    """Take the language asked for."""
    chosen = request.form.get("locale", "")
    if chosen in LOCALES:
        _keep("locale", chosen)
    return redirect(safe_next(request.form.get("next")), 303)


@blueprint.post("/theme")
@public
def choose_theme() -> Response:
    """Take the theme asked for; empty follows the system."""
    chosen = request.form.get("theme", "")
    if chosen in {"", "light", "dark"}:
        _keep("theme", chosen)
    return redirect(safe_next(request.form.get("next")), 303)


def _keep(name: str, value: str) -> None:
    session[name] = value
    if g.actor is not None:
        actions.edit_me(g.actor, **{name: value})
