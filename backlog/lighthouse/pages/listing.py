"""/projects: every project with its lamps, its state and its dates."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from sqlalchemy import select

from backlog.kernel.database import session
from backlog.lighthouse import queries
from backlog.lighthouse.models import PROJECT_STATUSES, Project
from backlog.lighthouse.pages.blueprint import blueprint
from backlog.lighthouse.rules import Gate
from backlog.people import queries as people
from backlog.people.policy import may
from backlog.sprints.models import Sprint
from backlog.web.formats import day
from backlog.web.project_bar import state_label
from backlog.web.routing import actor, allows
from backlog.web.tables import Head
from backlog.web.ways import Way
from backlog.web.words import gettext, ngettext

MOST = 200


@dataclass(frozen=True)
class Row:
    """One project of the list."""

    key: str
    name: str
    url: str
    state: str
    lamps: list[bool]
    lamps_label: str
    owner: str
    sprint: str
    due: str
    is_reopened: bool


@dataclass(frozen=True)
class Listing:
    """What templates/projects/index.html draws."""

    title: str
    views: list[Way]
    columns: list[Head]
    rows: list[Row]
    new_url: str
    archived: bool


@blueprint.route("/projects")
@allows("page.read")
def index() -> str:
    """Every project one may know of."""
    status = request.args.get("status", "")
    archived = status == "archived"
    filters = {"sort": "key", "archived": archived, "status": status if status in PROJECT_STATUSES else None}
    projects = list(queries.page_of_projects(actor(), filters, None, MOST).rows)
    return render_template("projects/index.html", page=_listing(projects, status))


def _listing(projects: list[Project], status: str) -> Listing:
    gates = queries.gates_of(projects)
    names = people.names_of(project.business_owner_id for project in projects)
    sprints = _active_sprints([project.id for project in projects])
    rows = [
        _row(each, gates[each.id], names.get(each.business_owner_id or 0, ""), sprints.get(each.id))
        for each in projects
    ]
    labels = (
        gettext("Project"),
        gettext("State"),
        gettext("Gate"),
        gettext("Sprint"),
        gettext("Due"),
        gettext("Business owner"),
    )
    running = sum(project.status == "running" for project in projects)
    return Listing(
        title=ngettext("%(num)d project is running", "%(num)d projects are running", running)
        if not status
        else gettext("Projects"),
        views=_views(status),
        columns=[Head(label, drop=at > 2) for at, label in enumerate(labels)],
        rows=rows,
        new_url=url_for(".new") if may(actor(), "project.manage") else "",
        archived=status == "archived",
    )


def _views(status: str) -> list[Way]:
    choices = [
        ("", gettext("All")),
        *((each, state_label(each)) for each in PROJECT_STATUSES),
        ("archived", gettext("Archived")),
    ]
    return [Way(label, url_for(".index", status=each or None), each == status) for each, label in choices]


def _active_sprints(project_ids: list[int]) -> dict[int, Sprint]:
    query = select(Sprint).where(Sprint.project_id.in_(project_ids), Sprint.state == "active")
    return {sprint.project_id: sprint for sprint in session.scalars(query)}


def _row(project: Project, gate: Gate, owner: str, sprint: Sprint | None) -> Row:
    lit = [criterion.holds for criterion in gate.criteria]
    return Row(
        key=project.key,
        name=project.name,
        url=url_for(".show", key=project.key),
        state=state_label(project.status),
        lamps=lit,
        lamps_label=lamps_label(lit) if lit else gettext("needs no gate"),
        owner=owner,
        sprint=gettext("Sprint %(number)s", number=sprint.number) if sprint else "",
        due=day(project.due_on) if project.due_on else "",
        is_reopened=bool(gate.reopened_by),
    )


def lamps_label(lit: list[bool]) -> str:
    """Conditions met: 2 of 3."""
    return gettext("Conditions met: %(lit)s of %(all)s", lit=sum(lit), all=len(lit))
