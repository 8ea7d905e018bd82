"""The running sprint above its board, and what the cards say of their sprints."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, literal_column, select
from sqlalchemy.orm import aliased

from backlog.board.models import Item
from backlog.kernel import clock
from backlog.kernel.clock import day_of
from backlog.kernel.database import session
from backlog.people.queries import organisation
from backlog.sprints import rules as sprint_rules
from backlog.sprints.models import ScopeRow, Sprint
from backlog.web.drawing.burndown import Spark, spark

MANY_SPRINTS = 3


class Mark(NamedTuple):
    """What a card says of its sprints: in how many it was, where they are many; whether it came in after the start."""

    sprints: int
    added: bool


@dataclass(frozen=True)
class Head:
    """The running sprint."""

    sprint: Sprint
    days_past: int
    today: bool
    days_left: int
    done: float
    scope: float
    added: float
    removed: float
    spark: Spark


def running(project_id: int) -> tuple[Sprint | None, list[Any]]:
    """The sprint that runs, and every time an item spent in it: one query."""
    rows = list(session.execute(_running(), {"project_id": project_id}))
    return (rows[0][0], [row for row in rows if row.committed is not None]) if rows else (None, [])


@cache
def _running() -> Any:
    row = (ScopeRow.item_id, ScopeRow.committed, ScopeRow.points_at_start, ScopeRow.entered_at, ScopeRow.left_at)
    every = aliased(ScopeRow)
    times = select(func.count(func.distinct(every.sprint_id))).where(every.item_id == ScopeRow.item_id)
    query = select(Sprint, *row, Item.points, Item.done_at, times.correlate(ScopeRow).scalar_subquery().label("times"))
    query = query.outerjoin(ScopeRow, ScopeRow.sprint_id == Sprint.id).outerjoin(Item, Item.id == ScopeRow.item_id)
    return query.where(Sprint.project_id == bindparam("project_id"), Sprint.state == literal_column("'active'"))


def head_of(sprint: Sprint, rows: Sequence[Any], zone: str) -> Head:
    """Days and points of the running sprint; its line counts an item on the day it was done."""
    today = clock.today(zone)
    free = organisation().calendar
    days = sprint_rules.working_days(sprint.starts_on, sprint.ends_on, *free)
    scoped = [
        sprint_rules.ScopeItem(
            row.points or 0.0,
            sprint_rules.Span(
                sprint.starts_on if row.committed else day_of(row.entered_at, zone),
                day_of(row.left_at, zone) if row.left_at else None,
            ),
            (sprint_rules.Span(day_of(row.done_at, zone)),) if row.done_at else (),
            committed=row.committed,
            at_start=(row.points_at_start or 0.0) if row.committed else None,
        )
        for row in rows
    ]
    points = sprint_rules.points_on(scoped, max(today, sprint.starts_on))
    line = sprint_rules.burndown(sprint.starts_on, sprint.ends_on, scoped, today, *free)
    left = [each.remaining_points for each in line if each.remaining_points is not None]
    return Head(
        sprint,
        sum(each < today for each in days),
        today in days,
        sum(each > today for each in days),
        points.done,
        points.scope,
        points.added,
        points.removed,
        spark(left, points.committed or points.scope, max(1, len(line) - 1)),
    )


def marks_of(rows: Sequence[Any]) -> dict[int, Mark]:
    """The marks of the items that are in the running sprint now; most have none."""
    return {
        row.item_id: Mark(row.times if row.times >= MANY_SPRINTS else 0, not row.committed)
        for row in rows
        if row.left_at is None and (row.times >= MANY_SPRINTS or not row.committed)
    }


def mark_of(item_id: int) -> dict[int, Mark]:
    """The same of one card."""
    every = select(func.count(func.distinct(ScopeRow.sprint_id))).where(ScopeRow.item_id == item_id).scalar_subquery()
    query = select(ScopeRow.item_id, ScopeRow.committed, ScopeRow.left_at, every.label("times"))
    query = query.join(Sprint, Sprint.id == ScopeRow.sprint_id).where(ScopeRow.item_id == item_id)
    return marks_of(list(session.execute(query.where(ScopeRow.left_at.is_(None), Sprint.state == "active"))))
