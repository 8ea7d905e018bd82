"""What a short estimate begins with: the figures a person need not think about again, and where each comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.people.models import User
from backlog.usecases.models import Estimate, EstimateRound, UseCase
from backlog.usecases.queries.estimates import newest_opinions
from backlog.usecases.rules.estimates import FIGURES, MARKS, group_median

ASKED = ("annual_benefit", "effort_weeks")  # what the short form asks for
BEFORE = tuple(name for name in FIGURES if name not in ASKED)
BEFORE_NEEDED = (
    "one_off_cost",
    "annual_running_cost",
    "success_probability",
    "months_to_value",
    *MARKS,
)  # of these what an estimate must have
FEWEST = 3  # use cases of which a middle may be taken
MOST = 200  # the newest of them
WHOLE = (*MARKS, "ease")
USUAL: Mapping[str, Any] = {
    "success_probability": 0.6,
    "months_to_value": 3.0,
    **dict.fromkeys(MARKS, 3),
}


@dataclass(frozen=True)
class Beginning:
    """Values by figure, and for each whether it is one's `own` last, its `category`'s, `everybody`'s or a `usual` one."""

    values: Mapping[str, Any]
    sources: Mapping[str, str]


def beginning(actor: User, use_case: UseCase) -> Beginning:
    """One's last estimate of the use case; else middles of comparable ones, never of this one (that round may be blind)."""
    own = own_estimate_of(actor, use_case)
    if own is not None:
        values = {name: getattr(own, name) for name in BEFORE}
        return Beginning(values, dict.fromkeys(values, "own"))
    values, sources = dict[str, Any](USUAL), dict[str, str](dict.fromkeys(USUAL, "usual"))
    for source, ids in (
        ("everybody", _comparable(use_case, None)),
        ("category", _comparable(use_case, use_case.category)),
    ):
        found = _middle(ids) if ids else {}
        values |= found
        sources |= dict.fromkeys(found, source)
    return Beginning(values, sources)


def own_estimate_of(actor: User, use_case: UseCase) -> Estimate | None:
    """The actor's newest estimate of a use case."""
    query = select(Estimate).where(Estimate.use_case_id == use_case.id, Estimate.estimator_id == actor.id)
    return session.scalar(query.order_by(Estimate.id.desc()).limit(1))


def _comparable(use_case: UseCase, category: str | None) -> list[int]:
    """Estimated use cases whose round is not open; of a category where one is given and it is known."""
    closed = UseCase.id.not_in(select(EstimateRound.use_case_id).where(EstimateRound.closed_at.is_(None)))
    query = select(UseCase.id).where(UseCase.id != use_case.id, UseCase.archived_at.is_(None), closed)
    query = query.where(UseCase.merged_into_id.is_(None), UseCase.id.in_(select(Estimate.use_case_id)))
    if category is not None:
        query = query.where(UseCase.category == category)
    found = list(session.scalars(query.order_by(UseCase.id.desc()).limit(MOST)))
    return found if len(found) >= FEWEST else []


def _middle(ids: Iterable[int]) -> dict[str, Any]:
    """Of the groups' figures the middle, of those that most use cases give; marks as whole numbers."""
    groups = [group_median(each) for each in newest_opinions(ids=ids).values()]
    middle = group_median(groups)
    given = {name: sum(getattr(each, name) is not None for each in groups) for name in BEFORE}
    found = {name: getattr(middle, name) for name in BEFORE if given[name] * 2 > len(groups)}
    return {name: round(value) if name in WHOLE else value for name, value in found.items()}
