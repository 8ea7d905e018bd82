"""People and squads: who there is, and who may do what."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.people import actions, policy, queries
from backlog.people.forms import NewUserForm, SetPasswordForm, UserForm
from backlog.people.models import Squad, User
from backlog.people.pages.rights import RightRow, right_rows
from backlog.web.labels import ROLES, SQUAD_MODEL_HELP, SQUAD_MODELS, SQUAD_ROLES
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.tables import Head, heads

blueprint = Blueprint("people", __name__)
Answer = Response | tuple[str, int]


@dataclass(frozen=True)
class Member:
    """Someone's line in a squad."""

    name: str
    role: str
    capacity_days: float


@dataclass(frozen=True)
class SquadSheet:
    """A squad as it is drawn."""

    id: int
    name: str
    model: str
    help: str
    members: list[Member]
    is_archived: bool


@dataclass(frozen=True)
class PeoplePage:
    """Everybody, and every squad."""

    people: list[User]
    roles: dict[str, str]
    squads: list[SquadSheet]
    columns: list[Head]
    may_manage_people: bool
    may_manage_squads: bool
    shows_archived: bool


@dataclass(frozen=True)
class UserPage:
    """An account that is changed, or None for a new one."""

    user: User | None
    is_me: bool
    owns: list[str]


@blueprint.get("/people")
@allows("page.read")
def index() -> str:
    """List people and squads; admins see who left."""
    admin, archived = policy.may(actor(), "user.manage"), request.args.get("archived") == "1"
    labels = [gettext("Full name"), gettext("Role"), gettext("Squads")] + ([gettext("E-mail")] if admin else [])
    page = PeoplePage(
        people=queries.all_users(active_only=not (admin and archived)),
        roles={name: str(label) for name, label in ROLES.items()},
        squads=[sheet_of(each) for each in queries.all_squads(archived)],
        columns=heads(*labels),
        may_manage_people=admin,
        may_manage_squads=policy.may(actor(), "squad.manage"),
        shows_archived=archived,
    )
    return render_template("people/index.html", page=page)


@blueprint.get("/people/rights")
@allows("page.read")
def rights() -> str:
    """Who may do what: the very table the server checks."""
    rows: list[RightRow] = right_rows()
    columns = heads(gettext("Act"), *(str(ROLES[name]) for name in policy.LADDER))
    return render_template("people/rights.html", rows=rows, columns=columns)


@blueprint.route("/people/new", methods=["GET", "POST"])
@allows("user.manage")
def new() -> Answer:
    """Make an account."""
    form = NewUserForm()
    form.begin(queries.organisation().locale)
    made = form.attempt(lambda: actions.add_user(actor(), **form.values()))
    if made is None:
        return render_template("people/edit.html", form=form, page=UserPage(None, False, [])), form.status
    tell(gettext("%(name)s can sign in now.", name=made.name))
    return redirect(url_for("people.index"), 303)


@blueprint.route("/people/<int:user_id>", methods=["GET", "POST"])
@allows("user.manage")
def edit(user_id: int) -> Answer:
    """Change an account."""
    user, form = queries.get_user(user_id), UserForm()
    form.prepare()
    form.edits(lambda fresh: fresh.fill(user))
    if form.attempt(lambda: actions.edit_user(actor(), user, form.begun_from, **form.values())) is None:
        return _draw(user, form)
    tell(gettext("%(name)s was saved.", name=user.name))
    return redirect(url_for("people.index"), 303)


@blueprint.post("/people/<int:user_id>/password")
@allows("user.manage")
def set_password(user_id: int) -> Answer:
    """Give an account a new password; its sessions end."""
    user, form = queries.get_user(user_id), SetPasswordForm()
    form.attempt(lambda: actions.set_password(actor(), user, str(form.password.data)))
    if form.errors or form.general:
        shown = UserForm(formdata=None, obj=user)
        shown.prepare()
        return _draw(user, shown, form)
    tell(gettext("%(name)s has a new password; the open sessions have ended.", name=user.name))
    return redirect(url_for("people.edit", user_id=user_id), 303)


@blueprint.post("/people/<int:user_id>/active")
@allows("user.manage")
def set_active(user_id: int) -> Response:
    """Let someone in again, or no longer; what they did keeps their name."""
    user, active = queries.get_user(user_id), request.form.get("active") == "1"
    actions.edit_user(actor(), user, active=active)
    said = gettext("%(name)s can sign in again.") if active else gettext("%(name)s can no longer sign in.")
    tell(said % {"name": user.name})
    return redirect(url_for("people.index", archived=None if active else 1), 303)


def _draw(user: User, form: UserForm, password: SetPasswordForm | None = None) -> tuple[str, int]:
    page = UserPage(user, user.id == actor().id, [each.squad.name for each in user.memberships if each.is_in_force])
    given = password or SetPasswordForm(formdata=None)
    return render_template("people/edit.html", form=form, page=page, password=given), (password or form).status


def sheet_of(squad: Squad) -> SquadSheet:
    """A squad for `people/_squad.html`."""
    members = [Member(each.user.name, str(SQUAD_ROLES[each.role]), each.capacity_days) for each in squad.members]
    words = str(SQUAD_MODELS[squad.model]), str(SQUAD_MODEL_HELP[squad.model])
    return SquadSheet(squad.id, squad.name, *words, members, squad.archived_at is not None)
