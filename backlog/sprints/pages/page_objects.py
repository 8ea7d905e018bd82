"""What the pages of a sprint show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from backlog.board import queries as board
from backlog.board.models import Column, Item
from backlog.kernel.database import session
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import scope_of
from backlog.people.models import SquadMember, User
from backlog.people.policy import may
from backlog.people.queries import names_of
from backlog.sprints import queries, rules
from backlog.sprints.models import Ceremony, ScopeRow, Sprint
from backlog.sprints.queries import Capacity
from backlog.web.drawing.burndown import burndown_chart
from backlog.web.drawing.marks import Drawing
from backlog.web.formats import day_month, number
from backlog.web.project_bar import ProjectBar, project_bar
from backlog.web.words import gettext, ngettext

MOST_BACKLOG = 100


@dataclass(frozen=True)
class Row:
    """An item in a sprint or waiting for one."""

    id: int
    code: str
    title: str
    points: float | None
    done: bool
    committed: bool
    sprints: int
    override_reason: str | None
    lacks_points: bool
    lacks_acceptance: bool


@dataclass(frozen=True)
class SprintPage:
    """A sprint in whatever state."""

    sprint: Sprint
    project: Project
    bar: ProjectBar
    rows: list[Row]
    backlog: list[Row]
    capacity: list[Capacity]
    velocity: float | None
    chart: Drawing
    ceremonies: list[Ceremony]
    names: dict[int, str]
    may_manage: bool
    may_record: bool
    removed: list[tuple[str, str]]

    @property
    def fill(self) -> tuple[float, float | None]:
        """Points in scope and their average, in per cent of the greater: a bar and the mark on it."""
        top = max(self.points, self.velocity or 0.0, 1.0)
        return 100 * self.points / top, None if self.velocity is None else 100 * self.velocity / top

    @property
    def points(self) -> float:
        """Points in scope."""
        return sum(each.points or 0.0 for each in self.rows)

    @property
    def done_points(self) -> float:
        """Points done."""
        return sum(each.points or 0.0 for each in self.rows if each.done)

    @property
    def days(self) -> float:
        """The squad's days, less the days off."""
        return sum(each.days_left for each in self.capacity)

    @property
    def days_off(self) -> float:
        """How many days people are away."""
        return sum(each.days_off for each in self.capacity)

    @property
    def over(self) -> bool:
        """Whether more is planned than the last three sprints did."""
        return self.velocity is not None and self.points > self.velocity

    @property
    def unready(self) -> list[Row]:
        """Items without points or acceptance criteria."""
        return [each for each in self.rows if each.lacks_points or each.lacks_acceptance]

    @property
    def left(self) -> list[Row]:
        """What is not done."""
        return [each for each in self.rows if not each.done]

    @property
    def changed(self) -> list[Row]:
        """What came in after the start."""
        return [each for each in self.rows if not each.committed] if self.sprint.state != "planned" else []


def sprint_page(actor: User, sprint: Sprint) -> SprintPage:
    """Everything a sprint's page shows."""
    project = queries.project_of(sprint)
    rights = scope_of(project)
    ceremonies = list(queries.page_of_ceremonies(sprint, {}, None, 200).rows)
    spoken = {note.get("user_id") for each in ceremonies for note in each.notes}
    return SprintPage(
        sprint=sprint,
        project=project,
        bar=project_bar(project, "sprints"),
        rows=_frozen(sprint) if sprint.figures is not None else _rows(sprint, queries.items_in(sprint), project.key),
        backlog=_rows(sprint, _waiting(project), project.key) if sprint.state != "closed" else [],
        capacity=queries.capacity_of(sprint),
        velocity=queries.velocity_of(project.id),
        chart=chart_of(sprint, actor.time_zone),
        ceremonies=ceremonies,
        names=names_of({*spoken, *(each.by_id for each in ceremonies)}),
        may_manage=may(actor, "sprint.manage", rights),
        may_record=may(actor, "ceremony.record", rights),
        removed=_removed(sprint, project.key),
    )


def closing_page(actor: User, sprint: Sprint) -> SprintPage:
    """The same, before it is closed."""
    return sprint_page(actor, sprint)


def _rows(sprint: Sprint, items: Sequence[Item], key: str) -> list[Row]:
    ids = [item.id for item in items]
    times, lines = queries.times_in_sprints(ids), board.acceptance_of(ids)
    committed = {row.item_id: row.committed for row in queries.open_rows(sprint.id)}
    return [
        Row(
            item.id,
            f"{key}-{item.number}",
            item.title,
            item.points,
            item.done_at is not None,
            committed.get(item.id, False),
            times.get(item.id, 0),
            item.override_reason if item.done_at else None,
            item.points is None,
            not lines.get(item.id),
        )
        for item in items
    ]


def _removed(sprint: Sprint, key: str) -> list[tuple[str, str]]:
    """What was taken out after the start, code and title."""
    if sprint.started_at is None:
        return []
    query = select(Item.number, Item.title).join(ScopeRow, ScopeRow.item_id == Item.id)
    query = query.where(ScopeRow.sprint_id == sprint.id, ScopeRow.left_at > sprint.started_at)
    if sprint.closed_at is not None:
        query = query.where(ScopeRow.left_at < sprint.closed_at)
    stayed = queries.items_of_sprint(sprint.id)
    rows = session.execute(query.where(Item.id.not_in(stayed)).distinct().order_by(Item.number))
    return [(f"{key}-{row.number}", row.title) for row in rows]


def _frozen(sprint: Sprint) -> list[Row]:
    return [Row(**_kept(each), lacks_points=False, lacks_acceptance=False) for each in (sprint.figures or {})["items"]]


def _kept(each: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in each.items() if name not in {"type", "blocked_reason"}}


def _waiting(project: Project) -> list[Item]:
    """Items of the backlog that are in no sprint, in the order of the board."""
    query = select(Item).join(Column, Column.id == Item.column_id).where(Item.project_id == project.id)
    query = query.where(
        Item.archived_at.is_(None), Item.done_at.is_(None), Item.id.not_in(queries.items_in_any_sprint(project.id))
    )
    return list(session.scalars(query.order_by(Column.position, Item.order_key, Item.id).limit(MOST_BACKLOG)))


def chart_of(sprint: Sprint, zone: str) -> Drawing:
    """The burndown, and the same figures as a table."""
    days = queries.burndown_of(sprint, zone)
    left = [each.remaining_points for each in days if each.remaining_points is not None]
    scope = [each.scope_points for each in days if each.scope_points is not None]
    changed = scope if len(set(scope)) > 1 else []
    caption = (
        ngettext("%(points)s point left", "%(points)s points left", 1 if left[-1] == 1 else 2, points=number(left[-1]))
        if left
        else gettext("Not begun yet")
    )
    return burndown_chart(
        "burndown",
        caption,
        gettext("Burndown of sprint %(number)s: %(finding)s", number=sprint.number, finding=caption),
        left,
        [each.ideal_points for each in days],
        [day_month(each.date) for each in days],
        number=number,
        unit=gettext("points"),
        headers=[gettext("Day"), gettext("Left"), gettext("Scope"), gettext("Ideal")],
        rows=[_cells(each) for each in days],
        legend=[
            ("line", gettext("left")),
            ("ideal", gettext("ideal")),
            *([("total-line", gettext("scope"))] if changed else []),
        ],
        scope=changed,
    )


def _cells(day: rules.Day) -> list[str]:
    return [day_month(day.date), number(day.remaining_points), number(day.scope_points), number(day.ideal_points, 1)]


@dataclass(frozen=True)
class StandupPage:
    """Who speaks, and the board from right to left."""

    sprint: Sprint
    project: Project
    bar: ProjectBar
    people: list[tuple[int, str]]
    columns: list[tuple[str, list[Item]]]


def standup_page(_actor: User, sprint: Sprint) -> StandupPage:
    """Everything a stand-up needs."""
    project = queries.project_of(sprint)
    query = select(User.id, User.name).join(SquadMember, SquadMember.user_id == User.id)
    people = session.execute(
        query.where(SquadMember.squad_id == project.squad_id, User.active).order_by(SquadMember.id)
    )
    items = queries.items_in(sprint)
    columns = [
        (each.name, [item for item in items if item.column_id == each.id])
        for each in reversed(board.columns_of(project.id))
    ]
    return StandupPage(
        sprint, project, project_bar(project, "sprints"), [(row.id, row.name) for row in people], columns
    )
