"""Reading estimates: blind before one's own, until the use case is ready."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, false, func, select

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.people.models import User
from backlog.usecases.models import Estimate, UseCase
from backlog.usecases.queries.rounds import is_blind, own_newest
from backlog.usecases.rules.estimates import FIGURES, Opinion, group_median, newest


def has_estimated(actor: User, use_case: UseCase) -> bool:
    """Whether the actor saved an estimate of their own."""
    return use_case.id in own_estimated_ids(actor, [use_case.id])


def own_estimated_ids(actor: User, ids: Iterable[int] | None = None) -> set[int]:
    """Those of the use cases the actor has estimated."""
    return set(own_newest(actor, ids))


def estimates_of(actor: User, use_case: UseCase) -> list[Estimate]:
    """All estimates the actor may see, oldest first: none of others before one's own in a blind round."""
    return [] if is_blind(actor, use_case) else all_estimates_of(use_case)


def all_estimates_of(use_case: UseCase) -> list[Estimate]:
    """All estimates, oldest first; for whoever is known not to be blind."""
    return list(session.scalars(select(Estimate).where(Estimate.use_case_id == use_case.id).order_by(Estimate.id)))


ESTIMATES = Listing(
    filters={
        "use_case_id": Estimate.use_case_id,
        "estimator_id": Estimate.estimator_id,
        "entered_by_id": Estimate.entered_by_id,
    },
    texts=(Estimate.note,),
    sorts={
        "id": Estimate.id,
        "created_at": Estimate.created_at,
        "success_probability": Estimate.success_probability,
        "months_to_value": Estimate.months_to_value,
        "impact": Estimate.impact,
        "feasibility": Estimate.feasibility,
        "measurability": Estimate.measurability,
    },
)


def page_of_estimates(
    actor: User, use_case: UseCase, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int
) -> Page:
    """One page of the estimates the actor may see, oldest first."""
    query = select(Estimate).where(Estimate.use_case_id == use_case.id)
    if is_blind(actor, use_case):
        query = query.where(false())
    return ESTIMATES.page(query, filters, after, size)


def group_of(estimates: Iterable[Estimate]) -> tuple[Opinion | None, int]:
    """The group's medians out of the newest estimate of each person, and how many people those are."""
    opinions = newest([opinion_of(each) for each in estimates])
    return (group_median(opinions) if opinions else None), len(opinions)


def newest_opinions(
    statuses: Iterable[str] | None = None, ids: Iterable[int] | None = None
) -> dict[int, list[Opinion]]:
    """The newest opinion of each person by use case, of those in some statuses or of some ids; one query."""
    last = select(func.max(Estimate.id)).group_by(Estimate.use_case_id, Estimate.estimator_id)
    query: Select[Any] = select(Estimate).order_by(Estimate.id)
    if ids is not None:
        chosen = list(ids)
        query, last = query.where(Estimate.use_case_id.in_(chosen)), last.where(Estimate.use_case_id.in_(chosen))
    if statuses is not None:
        found = select(UseCase.id).where(UseCase.status.in_(list(statuses)))
        found = found.where(UseCase.archived_at.is_(None), UseCase.merged_into_id.is_(None))
        query = query.where(Estimate.use_case_id.in_(found))
    opinions: dict[int, list[Opinion]] = {}
    for row in session.scalars(query.where(Estimate.id.in_(last))):
        opinions.setdefault(row.use_case_id, []).append(opinion_of(row))
    return opinions


def opinion_of(estimate: Estimate) -> Opinion:
    """An estimate as the rules read it."""
    given = {name: getattr(estimate, name) for name in FIGURES}
    return Opinion(**given, made_on=clock.day_of(estimate.created_at), estimator_id=estimate.estimator_id)
