"""Squads: made, changed, archived, restored."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.people import actions, queries
from backlog.people.forms import SquadForm
from backlog.people.models import Squad
from backlog.web.labels import SQUAD_MODEL_HELP, SQUAD_MODELS
from backlog.web.routing import actor, allows
from backlog.web.shell import tell

blueprint = Blueprint("squads", __name__)
Answer = Response | tuple[str, int]


@dataclass(frozen=True)
class SquadPage:
    """A squad that is changed, or None for a new one, and what the team models mean."""

    squad: Squad | None
    models: list[tuple[str, str]]


@blueprint.route("/squads/new", methods=["GET", "POST"])
@allows("squad.manage")
def new() -> Answer:
    """Make a squad."""
    form = SquadForm()
    form.prepare(queries.all_users(active_only=True))
    if _only_rows(form):
        return _draw(None, form)
    made = form.attempt(lambda: actions.add_squad(actor(), **form.values()))
    if made is None:
        return _draw(None, form)
    tell(gettext("The squad %(name)s was made.", name=made.name))
    return redirect(url_for("people.index") + "#squads", 303)


@blueprint.route("/squads/<int:squad_id>", methods=["GET", "POST"])
@allows("squad.manage")
def edit(squad_id: int) -> Answer:
    """Change a squad."""
    squad = queries.find_squad(squad_id, archived=False)
    form = SquadForm(obj=None if request.method == "POST" else _Named(squad.name, squad.model, str(squad.version)))
    people = {each.id: each for each in [*queries.all_users(active_only=True), *(row.user for row in squad.members)]}
    form.prepare(people.values(), squad.members)
    if _only_rows(form):
        return _draw(squad, form)
    if form.attempt(lambda: actions.edit_squad(actor(), squad, form.begun_from, **form.values())) is None:
        return _draw(squad, form)
    tell(gettext("The squad %(name)s was saved.", name=squad.name))
    return redirect(url_for("people.index") + "#squads", 303)


@blueprint.post("/squads/<int:squad_id>/archive")
@allows("squad.manage")
def archive(squad_id: int) -> Response:
    """Take a squad out of use."""
    squad = queries.find_squad(squad_id, archived=False)
    actions.archive_squad(actor(), squad)
    undo = url_for("squads.restore", squad_id=squad_id)
    tell(gettext("The squad %(name)s was archived.", name=squad.name), undo_url=undo)
    return redirect(url_for("people.index"), 303)


@blueprint.post("/squads/<int:squad_id>/restore")
@allows("squad.manage")
def restore(squad_id: int) -> Response:
    """Bring a squad back."""
    squad = actions.restore_squad(actor(), queries.find_squad(squad_id, archived=True))
    tell(gettext("The squad %(name)s is back.", name=squad.name))
    return redirect(url_for("people.index") + "#squads", 303)


@dataclass(frozen=True)
class _Named:
    name: str
    model: str
    version: str


def _only_rows(form: SquadForm) -> bool:
    """Whether only a row was to be added; the form is shown again with it, and nothing is saved."""
    if "add_row" not in request.form:
        return False
    offered = form.members.entries[0].form.user_id.choices
    form.add_row()
    form.members.entries[-1].form.user_id.choices = offered
    return True


def _draw(squad: Squad | None, form: SquadForm) -> tuple[str, int]:
    models = [(str(SQUAD_MODELS[name]), str(SQUAD_MODEL_HELP[name])) for name in SQUAD_MODELS]
    return render_template("people/squad.html", form=form, page=SquadPage(squad, models)), form.status
