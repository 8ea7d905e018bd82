"""What a review tells: promised, delivered, not delivered; KPI before and after; money so far; said and decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from backlog.board.models import Item
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kpis import queries as kpis
from backlog.kpis.models import Kpi
from backlog.ledger.queries import HybridRoi, RoiQuery, project_roi
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import Project
from backlog.people import queries as people
from backlog.people.models import User
from backlog.reviews import queries
from backlog.reviews.models import Decision, Feedback, Review
from backlog.sprints.models import ScopeRow, Sprint


@dataclass(frozen=True)
class Promise:
    """One item of a sprint: committed or added later, done or not, and by which exception."""

    code: str
    title: str
    points: float | None
    committed: bool
    done: bool
    left: bool
    override_reason: str
    blocked_reason: str


@dataclass(frozen=True)
class Story:
    """Everything a review shows, ready for either door."""

    review: Review
    project: Project
    sprint: Sprint | None
    promises: list[Promise]
    effects: list[tuple[Kpi, Any]]
    roi: HybridRoi | None
    feedback: list[Feedback]
    decisions: list[Decision]
    names: dict[int, str]
    next_sprint: Sprint | None

    @property
    def committed(self) -> list[Promise]:
        """What was promised at the start."""
        return [each for each in self.promises if each.committed]

    @property
    def added(self) -> list[Promise]:
        """What came after the start."""
        return [each for each in self.promises if not each.committed]

    @property
    def delivered(self) -> list[Promise]:
        """What is done."""
        return [each for each in self.promises if each.done]

    @property
    def open(self) -> list[Promise]:
        """What is not done."""
        return [each for each in self.promises if not each.done]

    @property
    def overrides(self) -> list[Promise]:
        """What is done by exception."""
        return [each for each in self.promises if each.done and each.override_reason]


def story_of(actor: User, review: Review) -> Story:
    """Gather a review's story; the caller has checked that the actor may see it."""
    project = queries.project_of(review)
    sprint = session.get(Sprint, review.sprint_id) if review.sprint_id is not None else None
    found = lighthouse.kpis_of(actor, project)
    effects = kpis.effects_of(found)
    feedback, decisions = queries.feedback_of(review), queries.decisions_of(review)
    ids = [each.author_id for each in feedback]
    ids += [each.decided_by_id for each in decisions] + [each.recorded_by_id for each in decisions]
    return Story(
        review=review,
        project=project,
        sprint=sprint,
        promises=_promises(project, sprint),
        effects=[(kpi, effects[kpi.id]) for kpi in found],
        roi=project_roi(project, RoiQuery()) if project.kind == "lighthouse" else None,
        feedback=feedback,
        decisions=decisions,
        names=people.names_of(ids),
        next_sprint=_next(project, sprint),
    )


def _promises(project: Project, sprint: Sprint | None) -> list[Promise]:
    query = select(ScopeRow, Item).join(Item, Item.id == ScopeRow.item_id).join(Sprint, Sprint.id == ScopeRow.sprint_id)
    query = query.where(ScopeRow.sprint_id == sprint.id) if sprint else query.where(Sprint.project_id == project.id)
    newest: dict[int, tuple[ScopeRow, Item]] = {}
    for row, item in session.execute(query.order_by(ScopeRow.id)):
        newest[item.id] = (row, item)
    end = (sprint.closed_at if sprint else None) or clock.now()
    return [_promise(project, row, item, end) for row, item in newest.values()]


def _promise(project: Project, row: ScopeRow, item: Item, end: datetime) -> Promise:
    return Promise(
        code=f"{project.key}-{item.number}",
        title=item.title,
        points=item.points if row.points_at_start is None else row.points_at_start,
        committed=row.committed,
        done=item.done_at is not None and item.done_at <= end,
        left=row.left_at is not None,
        override_reason=item.override_reason or "",
        blocked_reason=item.blocked_reason,
    )


def _next(project: Project, sprint: Sprint | None) -> Sprint | None:
    if sprint is None:
        return None
    query = select(Sprint).where(Sprint.project_id == project.id, Sprint.number > sprint.number)
    return session.scalars(query.order_by(Sprint.number)).first()


def points_of(promises: Sequence[Promise]) -> float:
    """The sum of their points."""
    return sum(each.points or 0 for each in promises)


def budget_share(project: Project, roi: HybridRoi | None) -> Decimal | None:
    """What part of the budget is spent, in per cent; None without a budget."""
    if roi is None or not project.budget:
        return None
    return roi.financial.measured.costs / project.budget * 100


def time_share(project: Project, today: date) -> Decimal | None:
    """What part of the planned time has passed, in per cent from 0 to 100; None without dates."""
    if project.starts_on is None or project.due_on is None or project.due_on <= project.starts_on:
        return None
    passed = (today - project.starts_on).days / (project.due_on - project.starts_on).days
    return Decimal(str(max(0.0, min(1.0, passed)) * 100))
