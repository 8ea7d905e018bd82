"""Take an item to another project, knowing first what does not go along."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.board import actions, queries
from backlog.board.actions.values import may_be_assigned
from backlog.board.models import Item
from backlog.board.pages.blueprints import item as blueprint
from backlog.board.pages.refused_way import Way, refused_way
from backlog.kernel.refusal import Invalid, Refusal
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import all_projects, scope_of
from backlog.people.policy import may, require
from backlog.people.queries import names_of
from backlog.sprints.queries import find_open_row
from backlog.web.project_bar import project_bar
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext


@dataclass(frozen=True)
class Left:
    """What stays behind when an item goes."""

    ticks: int
    people: list[str]
    sprint: bool
    column: str


@blueprint.get("/items/<code>/project")
@allows("item.edit")
def choose_project(code: str) -> str:
    """Which project, and once one is chosen, what would stay behind."""
    item, project = queries.get_by_code(actor(), code)
    require(actor(), "item.edit", queries.scope_of(item))
    others = _offered(project)
    chosen = next((each for each in others if str(each.id) == request.args.get("to")), None)
    left = _left(item, chosen) if chosen else None
    bar = project_bar(project, "board")
    return render_template("items/project.html", item=item, code=code, bar=bar, others=others, to=chosen, left=left)


@blueprint.post("/items/<code>/project")
@allows("item.edit")
def change_project(code: str) -> Response:
    """Let it go there; it gets a new code, and its old one stays in its history."""
    item, project = queries.get_by_code(actor(), code)
    to = next((each for each in _offered(project) if str(each.id) == request.form.get("project_id")), None)
    if to is None:
        raise Invalid(project_id="value.unknown_id")
    try:
        actions.change_project(actor(), item, to, request.form.get("reason", ""))
    except Refusal as refusal:
        heading = gettext("%(code)s stays in “%(column)s”", code=code, column=project.name)
        return refused_way(to, refusal, Way(heading, url_for("items.show", code=code), {"project_id": str(to.id)}))
    new = queries.code_of(item)
    tell(gettext("%(old)s is %(new)s now.", old=code, new=new))
    return redirect(url_for("items.show", code=new), 303)


def _offered(present: Project) -> list[Project]:
    """Other projects in which this person may make items."""
    found = [each for each in all_projects(actor()) if each.id != present.id]
    return [each for each in found if may(actor(), "item.create", scope_of(each))]


def _left(item: Item, to: Project) -> Left:
    people = [each for each in queries.assignees_of([item.id]).get(item.id, []) if not may_be_assigned(to, [each])]
    column = queries.first_todo(queries.columns_of(to.id))
    names = list(names_of(people).values())
    return Left(len(queries.standing_ticks(item.id)), names, find_open_row(item.id) is not None, column.name)
