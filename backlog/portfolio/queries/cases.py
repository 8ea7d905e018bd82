"""Use cases that want an estimate, what became of proposals, and how many pains went how far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.lighthouse.models import Project
from backlog.people.models import User
from backlog.usecases import queries as use_cases
from backlog.usecases.models import OUT, Estimate, UseCase

MOST = 5
BACK_TO = timedelta(days=30)
WIDE = 3.0  # the highest likely benefit over the lowest, from where people should talk
ROUND = ("triaged", "estimated")
ESTIMATED = ("estimated", "ready", "selected", "delivering", "delivered", "measured")


@dataclass(frozen=True)
class Funnel:
    """How many pains, estimated use cases, lighthouse projects begun and delivered there are."""

    pains: int
    use_cases: int
    projects: int
    started: int
    delivered: int


def counts() -> dict[str, int]:
    """Use cases by status, without archived and merged ones."""
    query = select(UseCase.status, func.count()).where(UseCase.archived_at.is_(None), UseCase.merged_into_id.is_(None))
    return {row[0]: row[1] for row in session.execute(query.group_by(UseCase.status))}


def funnel(projects: Iterable[Project], by_status: dict[str, int]) -> Funnel:
    """From pains to what was delivered, of the projects somebody may know of."""
    statuses = [each.status for each in projects if each.kind == "lighthouse"]
    return Funnel(
        pains=sum(by_status.values()),
        use_cases=sum(by_status.get(each, 0) for each in ESTIMATED),
        projects=len(statuses),
        started=sum(each != "draft" for each in statuses),
        delivered=sum(each in ("delivered", "scaled") for each in statuses),
    )


def to_estimate(actor: User) -> list[UseCase]:
    """Use cases somebody should estimate who has not yet, longest waiting first."""
    own = select(Estimate.use_case_id).where(Estimate.estimator_id == actor.id)
    waits = UseCase.status.in_(ROUND) & UseCase.id.not_in(own)
    query = select(UseCase).where(waits | UseCase.id.in_(use_cases.asked_in_rounds(actor)))
    query = query.where(UseCase.archived_at.is_(None), UseCase.merged_into_id.is_(None))
    return list(session.scalars(query.order_by(UseCase.created_at, UseCase.id).limit(MOST)))


@dataclass(frozen=True)
class Apart:
    """A use case on which people's likely benefits lie far apart; yuan a year."""

    use_case: UseCase
    people: int
    low: float
    high: float


def back_from_parking(today: date) -> list[UseCase]:
    """Use cases parked until a day that has come, the earliest first."""
    query = select(UseCase).where(use_cases.is_back(today), UseCase.archived_at.is_(None))
    query = query.where(UseCase.merged_into_id.is_(None))
    return list(session.scalars(query.order_by(UseCase.parked_until, UseCase.id).limit(MOST)))


def wide_apart(actor: User) -> list[Apart]:
    """Open rounds the actor took part in and whose estimates differ widely, the widest first (blind to others)."""
    own = select(Estimate.use_case_id).where(Estimate.estimator_id == actor.id)
    query = select(UseCase).where(UseCase.status.in_(ROUND), UseCase.id.in_(own), UseCase.archived_at.is_(None))
    query = query.where(UseCase.id.not_in(use_cases.asked_in_rounds(actor)))
    found = {each.id: each for each in session.scalars(query.where(UseCase.merged_into_id.is_(None)))}
    apart = []
    for use_case_id, opinions in use_cases.newest_opinions(ids=found).items():
        likely = sorted(float(each.annual_benefit.likely) for each in opinions)
        if len(likely) > 1 and likely[-1] > 0 and likely[-1] >= WIDE * likely[0]:
            apart.append(Apart(found[use_case_id], len(likely), likely[0], likely[-1]))
    return sorted(apart, key=lambda each: (-each.high / max(each.low, 1.0), each.use_case.id))[:MOST]


def proposals(actor: User) -> list[tuple[UseCase, UseCase | None]]:
    """What the actor proposed and was rejected, parked or merged in the last thirty days, with the survivor."""
    survivor = aliased(UseCase)
    query = select(UseCase, survivor).outerjoin(survivor, survivor.id == UseCase.merged_into_id)
    query = query.where(UseCase.proposer_id == actor.id, UseCase.updated_at >= clock.now() - BACK_TO)
    gone = (UseCase.status.in_(OUT)) | UseCase.merged_into_id.is_not(None)
    rows = session.execute(query.where(gone, UseCase.archived_at.is_(None)).order_by(UseCase.updated_at.desc()))
    return [(row[0], row[1]) for row in rows]
