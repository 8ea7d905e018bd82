"""Items, sprints, reviews and entries that want somebody today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, or_, select

from backlog.board import queries as board
from backlog.board.models import Assignment, Column, Item, OverrideRequest
from backlog.kernel import clock
from backlog.kernel.clock import day_of
from backlog.kernel.database import session
from backlog.ledger import queries as ledger
from backlog.ledger.models import Entry
from backlog.ledger.queries.entries import is_waiting
from backlog.lighthouse.models import Project, ProjectUseCase
from backlog.people.models import User
from backlog.people.queries import organisation
from backlog.reviews.models import Decision, Review
from backlog.sprints.models import ScopeRow, Sprint
from backlog.sprints.rules import working_days
from backlog.usecases.models import UseCase

Calendar = tuple[frozenset[date], frozenset[date]]

MOST = 20
LONGEST_AGO, SOON = timedelta(days=30), timedelta(days=7)


@dataclass(frozen=True)
class Slice:
    """A running sprint: points in it and done; what was left on each day until today; its working days, and those left."""

    sprint: Sprint
    project: Project
    scope_points: float
    done_points: float
    remaining: list[float]
    days: int
    days_left: int


def blocked_items(projects: Sequence[Project]) -> list[Item]:
    """What is blocked in these projects, longest first."""
    query = select(Item).where(Item.project_id.in_([each.id for each in projects]), Item.blocked_at.is_not(None))
    open_ones = query.where(Item.archived_at.is_(None), Item.done_at.is_(None))
    return list(session.scalars(open_ones.order_by(Item.blocked_at, Item.id).limit(MOST)))


def asked_exceptions(projects: Sequence[Project]) -> list[tuple[Item, OverrideRequest, str]]:
    """Items for which an exception was asked that nobody granted or declined yet, with who asks; the oldest first."""
    query: Any = select(Item, OverrideRequest, User.name).join(OverrideRequest, OverrideRequest.item_id == Item.id)
    query = query.join(User, User.id == OverrideRequest.by_id).where(OverrideRequest.state == "open")
    query = query.where(Item.project_id.in_([each.id for each in projects]), Item.archived_at.is_(None))
    rows = session.execute(query.order_by(OverrideRequest.id).limit(MOST)).all()
    return [(row[0], row[1], row[2]) for row in rows]


def active_items(actor: User) -> list[tuple[Item, str]]:
    """What somebody works on now, oldest first, with the column it stands in; what is blocked stands elsewhere."""
    query: Any = select(Item, Column.name).join(Column, Column.id == Item.column_id)
    query = query.join(Assignment, Assignment.item_id == Item.id).join(Project, Project.id == Item.project_id)
    query = query.where(Assignment.user_id == actor.id, Column.category == "doing", Item.archived_at.is_(None))
    query = query.where(Item.blocked_at.is_(None), Project.archived_at.is_(None))
    rows = session.execute(board.visible(query, actor).order_by(Item.entered_column_at, Item.id).limit(MOST))
    return [(row[0], row[1]) for row in rows]


def to_verify(actor: User) -> list[Entry]:
    """Measured benefits that wait for somebody who may verify and is near none of them (R10), oldest first."""
    if not actor.may_verify:
        return []
    owned = select(ProjectUseCase.project_id).join(UseCase, UseCase.id == ProjectUseCase.use_case_id)
    owned = owned.where(UseCase.business_owner_id == actor.id)
    cases = select(UseCase.id).where(UseCase.business_owner_id == actor.id)
    close = or_(Project.business_owner_id == actor.id, Project.squad_id.in_(sorted(actor.squad_ids)))
    near = select(Project.id).where(or_(close, Project.id.in_(owned)))
    delivered = select(ProjectUseCase.use_case_id).where(ProjectUseCase.project_id.in_(near))
    query = select(Entry).where(ledger.sees(actor, Entry.project_id), *is_waiting(), Entry.recorded_by_id != actor.id)
    of_none = or_(Entry.use_case_id.is_(None), Entry.use_case_id.not_in(delivered))
    query = query.where(or_(and_(Entry.project_id.is_(None), of_none), Entry.project_id.not_in(near)))
    query = query.where(or_(Entry.use_case_id.is_(None), Entry.use_case_id.not_in(cases)))
    return list(session.scalars(query.order_by(Entry.id).limit(MOST)))


def reviews_to_hold(projects: Sequence[Project]) -> list[tuple[Review, Project, int | None]]:
    """Reviews of these projects, due or soon, on which nothing was decided; with the sprint's number."""
    now, ids = clock.now(), [each.id for each in projects]
    query: Any = select(Review, Sprint).outerjoin(Sprint, Sprint.id == Review.sprint_id)
    query = query.where(or_(Review.project_id.in_(ids), Sprint.project_id.in_(ids)), Review.archived_at.is_(None))
    query = query.where(Review.held_at.between(now - LONGEST_AGO, now + SOON))
    query = query.where(Review.id.not_in(select(Decision.review_id))).order_by(Review.held_at, Review.id).limit(MOST)
    by_id = {each.id: each for each in projects}
    return [
        (review, by_id[review.project_id or sprint.project_id], sprint.number if sprint else None)
        for review, sprint in session.execute(query)
    ]


def running_sprints(projects: Sequence[Project], zone: str) -> list[Slice]:
    """The sprints that run in these projects, in three queries."""
    by_id = {each.id: each for each in projects}
    query = select(Sprint).where(Sprint.project_id.in_(by_id), Sprint.state == "active").order_by(Sprint.id)
    sprints = list(session.scalars(query))
    if not sprints:
        return []
    rows: dict[int, list[Any]] = {each.id: [] for each in sprints}
    scope = select(ScopeRow, Item.points, Item.done_at).join(Item, Item.id == ScopeRow.item_id)
    for row in session.execute(scope.where(ScopeRow.sprint_id.in_(rows)).order_by(ScopeRow.id)):
        rows[row.ScopeRow.sprint_id].append(row)
    free = organisation().calendar
    return [_slice(each, by_id[each.project_id], rows[each.id], zone, free) for each in sprints]


def planned_sprints(projects: Sequence[Project]) -> dict[int, Sprint]:
    """The next planned sprint of each project."""
    query = select(Sprint).where(Sprint.project_id.in_([each.id for each in projects]), Sprint.state == "planned")
    return {each.project_id: each for each in session.scalars(query.order_by(Sprint.number.desc()))}


def _slice(sprint: Sprint, project: Project, rows: list[Any], zone: str, free: Calendar) -> Slice:
    today = clock.today(zone)
    inside = [row for row in rows if row.ScopeRow.left_at is None]
    last = min(today, sprint.ends_on)
    days = [sprint.starts_on + timedelta(days=at) for at in range((last - sprint.starts_on).days + 1)]
    return Slice(
        sprint=sprint,
        project=project,
        scope_points=sum(row.points or 0.0 for row in inside),
        done_points=sum(row.points or 0.0 for row in inside if row.done_at is not None),
        remaining=[sum(row.points or 0.0 for row in rows if _is_left(row, sprint, day, zone)) for day in days],
        days=len(working_days(sprint.starts_on, sprint.ends_on, *free)),
        days_left=_days_left(sprint, today, free),
    )


def _days_left(sprint: Sprint, today: date, free: Calendar) -> int:
    """Working days to the sprint's end, today included; below 0 the days since it was over."""
    if today >= sprint.ends_on:
        return (sprint.ends_on - today).days - 1
    return len(working_days(max(today, sprint.starts_on), sprint.ends_on, *free))


def _is_left(row: Any, sprint: Sprint, day: date, zone: str) -> bool:
    """Whether an item was in the sprint and not done at the end of a day; commitments count from its start."""
    scope: ScopeRow = row.ScopeRow
    entered = sprint.starts_on if scope.committed else day_of(scope.entered_at, zone)
    if entered > day or (scope.left_at is not None and day_of(scope.left_at, zone) <= day):
        return False
    return row.done_at is None or day_of(row.done_at, zone) > day
