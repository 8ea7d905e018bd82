"""One's own account: language, clock, light, password, open sessions."""

from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext, refresh
from werkzeug.wrappers import Response

from backlog.kernel.codes import read_id
from backlog.people import actions, queries
from backlog.people.forms import AskingForm, PasswordForm, ProfileForm
from backlog.people.models import Session
from backlog.people.rules import SHORTEST_PASSWORD, password_faults
from backlog.web.browsers import browser_name
from backlog.web.password import Asked, ask_password
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.sign_in import restart_session
from backlog.web.tables import Head, heads

blueprint = Blueprint("account", __name__)
Answer = Response | tuple[str, int]


@dataclass(frozen=True)
class AccountPage:
    """What the account's page shows beside its forms."""

    name: str
    email: str
    sessions: list[Session]
    present_id: int
    columns: list[Head]
    shortest_password: int = SHORTEST_PASSWORD


@blueprint.get("/account")
@allows("me.edit")
def show() -> Answer:
    """Show it."""
    return _draw()


@blueprint.post("/account")
@allows("me.edit")
def edit() -> Answer:
    """Change language, clock or light."""
    form = ProfileForm()
    form.prepare()
    if form.attempt(lambda: actions.edit_me(actor(), **form.values())) is None:
        return _draw(profile=form)
    refresh()
    tell(gettext("Your settings were saved."))
    return redirect(url_for("account.show"), 303)


@blueprint.post("/account/password")
@allows("me.edit")
def change_password() -> Answer:
    """Change the password; every other session ends, and this one gets a new secret."""
    form, user = PasswordForm(), actor()
    if not form.validate_on_submit():
        form.status = 422
        return _draw(password=form)
    if faults := password_faults(form.new_password.data, user.name, user.email):
        form.take({"new_password": faults})
        return _draw(password=form)
    asked = ask_password(user, form.password.data, form.new_password.data)
    if asked.fault:
        return _draw(password=_told(form, asked))
    actions.change_password(user, asked.new_hash)
    actions.end_other_sessions(user, None)
    restart_session(user)
    tell(gettext("Your password was changed; your other sessions have ended."))
    return redirect(url_for("account.show"), 303)


@blueprint.post("/account/sessions")
@allows("session.end")
def end_sessions() -> Answer:
    """End one of one's sessions, or all but this one."""
    form, user = AskingForm(), actor()
    if not form.validate_on_submit():
        form.status = 422
        return _draw(sessions=form)
    asked = ask_password(user, form.password.data)
    if asked.fault:
        return _draw(sessions=_told(form, asked))
    which = request.form.get("session", "")
    if which == "others":
        actions.end_other_sessions(user, g.session_row.id)
        tell(gettext("All your other sessions have ended."))
    else:
        actions.end_session(user, read_id(which) or 0)
        tell(gettext("The session has ended."))
    return redirect(url_for("account.show"), 303)


def _told(form: AskingForm, asked: Asked) -> AskingForm:
    form.status = asked.status
    form.password.errors = [asked.fault]
    return form


def _draw(
    profile: ProfileForm | None = None, password: AskingForm | None = None, sessions: AskingForm | None = None
) -> tuple[str, int]:
    user = actor()
    status = next((form.status for form in (profile, password, sessions) if form is not None), 200)
    if profile is None:
        profile = ProfileForm(formdata=None, obj=user)
        profile.prepare()
    columns = heads(gettext("Browser"), gettext("Begun"), gettext("Last used"), gettext("End"))
    page = AccountPage(user.name, user.email, queries.sessions_of(user), g.session_row.id, columns)
    password = password or PasswordForm(formdata=None)
    sessions = sessions or AskingForm(formdata=None, prefix="sessions-")
    forms = {"profile": profile, "password": password, "sessions": sessions}
    return render_template("account/show.html", page=page, browser=browser_name, **forms), status
