"""Blind rounds: who may not see the estimates yet.

A round is open because a product manager opened it, or because the use case is still among the early ones and none
was ever closed. Whoever has no estimate of their own in it sees nobody's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from backlog.kernel.database import session
from backlog.people.models import User
from backlog.usecases.models import Estimate, EstimateRound, UseCase

BLIND = ("idea", "triaged", "estimated", "parked")


def own_newest(actor: User, ids: Iterable[int] | None = None) -> dict[int, int]:
    """The actor's newest estimate of each of the use cases, by use case."""
    query = select(Estimate.use_case_id, func.max(Estimate.id)).where(Estimate.estimator_id == actor.id)
    query = query.group_by(Estimate.use_case_id)
    rows = session.execute(query if ids is None else query.where(Estimate.use_case_id.in_(list(ids))))
    return {row[0]: row[1] for row in rows}


def blind_ids(actor: User) -> frozenset[int]:
    """The use cases of which the actor sees no estimates yet: in a round, or before *ready*, their own is missing."""
    own, rounds = own_newest(actor), newest_rounds()
    early = session.scalars(select(UseCase.id).where(UseCase.status.in_(BLIND)))
    return _asked(own, rounds) | {one for one in early if one not in own and one not in rounds}


def held_back_ids(actor: User) -> frozenset[int]:
    """The use cases in a round that somebody opened and that lacks the actor's own: not even the ranking tells a figure."""
    return _asked(own_newest(actor), newest_rounds())


def _asked(own: dict[int, int], rounds: dict[int, EstimateRound]) -> frozenset[int]:
    return frozenset(one for one, each in rounds.items() if _is_missing(each, own.get(one, 0)))


def asked_in_rounds(actor: User) -> Select[Any]:
    """The query of the use cases in rounds that somebody opened and that lack the actor's own estimate."""
    own = select(Estimate.id).where(
        Estimate.use_case_id == EstimateRound.use_case_id, Estimate.estimator_id == actor.id
    )
    given = own.where(Estimate.id > EstimateRound.after_estimate_id).correlate(EstimateRound).exists()
    return select(EstimateRound.use_case_id).where(EstimateRound.closed_at.is_(None), ~given)


def is_blind(actor: User, use_case: UseCase) -> bool:
    """Whether the estimates of one use case are hidden from somebody; two queries."""
    return sight_of(actor, use_case).is_blind


@dataclass(frozen=True)
class Sight:
    """What somebody sees of one use case: whether an estimate of their own is there, the open round, the estimates."""

    has_own: bool
    is_blind: bool
    open_round: EstimateRound | None
    estimates: list[Estimate]


def sight_of(actor: User, use_case: UseCase) -> Sight:
    """The same for one use case, with its open round; two queries."""
    query = select(Estimate).where(Estimate.use_case_id == use_case.id).order_by(Estimate.id)
    estimates = list(session.scalars(query))
    own = max((each.id for each in estimates if each.estimator_id == actor.id), default=0)
    newest = newest_rounds([use_case.id]).get(use_case.id)
    is_open = newest is not None and newest.closed_at is None
    is_hidden = _hides(newest, use_case.status, own)
    return Sight(bool(own), is_hidden, newest if is_open else None, [] if is_hidden else estimates)


def _hides(newest: EstimateRound | None, status: str, own: int) -> bool:
    return (status in BLIND and not own) if newest is None else _is_missing(newest, own)


def _is_missing(newest: EstimateRound, own: int) -> bool:
    """Whether a round is open and somebody's newest estimate is none of its."""
    return newest.closed_at is None and own <= newest.after_estimate_id


def newest_rounds(ids: Iterable[int] | None = None) -> dict[int, EstimateRound]:
    """The newest round of each use case that had one."""
    last = select(func.max(EstimateRound.id)).group_by(EstimateRound.use_case_id)
    if ids is not None:
        last = last.where(EstimateRound.use_case_id.in_(list(ids)))
    query = select(EstimateRound).where(EstimateRound.id.in_(last))
    return {each.use_case_id: each for each in session.scalars(query)}


def open_round_of(use_case: UseCase) -> EstimateRound | None:
    """The open round of a use case."""
    query = select(EstimateRound).where(EstimateRound.use_case_id == use_case.id, EstimateRound.closed_at.is_(None))
    return session.scalar(query)


def newest_round_of(use_case: UseCase) -> EstimateRound | None:
    """The round of a use case that was opened last, if there ever was one."""
    return newest_rounds([use_case.id]).get(use_case.id)


def saved_in(rounds: Iterable[EstimateRound]) -> dict[int, list[int]]:
    """Who has saved a view in each round, by round: ids of people, in the order in which they came."""
    found: dict[int, list[int]] = {}
    for each in rounds:
        query = select(Estimate.estimator_id, func.min(Estimate.id).label("first"))
        query = query.where(Estimate.use_case_id == each.use_case_id, Estimate.id > each.after_estimate_id)
        if each.closed_at is not None:
            query = query.where(Estimate.created_at <= each.closed_at)
        rows = session.execute(query.group_by(Estimate.estimator_id).order_by("first"))
        found[each.id] = [row[0] for row in rows]
    return found
