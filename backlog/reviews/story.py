"""What a review tells, as of the day it was held: promised, delivered; KPI before and after; money; said and decided."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import select

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
from backlog.reviews.promises import Promise, promises_of
from backlog.sprints.models import Sprint


@dataclass(frozen=True)
class Story:
    """Everything a review shows, ready for either door."""

    review: Review
    project: Project
    sprint: Sprint | None
    as_of: date
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
    day, today = clock.day_of(review.held_at), clock.today()
    past = day if day < today else None
    effects = kpis.effects_of(found, as_of=past)
    feedback, decisions = queries.feedback_of(review), queries.decisions_of(review)
    ids = [each.author_id for each in feedback]
    ids += [each.decided_by_id for each in decisions] + [each.recorded_by_id for each in decisions]
    return Story(
        review=review,
        project=project,
        sprint=sprint,
        as_of=min(day, today),
        promises=promises_of(project, sprint, clock.now() if past is None else _end_of(day)),
        effects=[(kpi, effects[kpi.id]) for kpi in found],
        roi=project_roi(project, RoiQuery(as_of=past)) if project.kind == "lighthouse" else None,
        feedback=feedback,
        decisions=decisions,
        names=people.names_of(ids),
        next_sprint=_next(project, sprint),
    )


def _end_of(day: date) -> datetime:
    """The moment a day ends in the organisation's zone."""
    return datetime.combine(day, time.max, tzinfo=clock.zone_of(clock.DEFAULT_ZONE))


def _next(project: Project, sprint: Sprint | None) -> Sprint | None:
    if sprint is None:
        return None
    query = select(Sprint).where(Sprint.project_id == project.id, Sprint.number > sprint.number)
    return session.scalars(query.order_by(Sprint.number)).first()


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
