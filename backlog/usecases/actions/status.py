"""Where a use case stands: people set idea to ready, rejected and parked; the rest follows from its project."""

from datetime import date
from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import write
from backlog.kernel.refusal import Refusal, expect_version
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults
from backlog.usecases.actions.risks import refuse_open_risks
from backlog.usecases.actions.stages import let_enter
from backlog.usecases.actions.use_cases import refuse_gone
from backlog.usecases.models import OUT, PROPOSED, RANKED, STATUSES, UseCase
from backlog.usecases.rules.stages import PULLED

SET_BY_PEOPLE = (*PROPOSED, *OUT)


def set_status(
    actor: User,
    use_case: UseCase,
    version: int | None = None,
    *,
    status: str,
    reason: str = "",
    parked_until: date | None = None,
) -> UseCase:
    """Say where a use case stands; rejecting and parking need a reason, which reaches the proposer."""
    require(actor, "use_case.triage", queries.scope_of(use_case))
    expect_version(use_case, version)
    reason = wants_reason(status, reason, parked_until)
    refuse_gone(use_case)
    if status not in SET_BY_PEOPLE or use_case.status not in SET_BY_PEOPLE:
        raise Refusal("status.not_allowed", **{"from": use_case.status, "to": status})
    if status == "ready" and use_case.status != "ready":
        refuse_open_risks(use_case)
    if status == use_case.status and reason == use_case.status_reason and not parked_until:
        return use_case
    until = (parked_until or use_case.parked_until) if status == "parked" else None
    passed = let_enter(status, reason) if status != use_case.status else None
    return _put(actor, use_case, status, reason, until, passed)


def wants_reason(status: str, reason: str, parked_until: date | None) -> str:
    """The reason, cleaned; Invalid where the status is none, or rejecting and parking lack a reason."""
    faults = Faults()
    faults.one_of("status", status, STATUSES)
    reason = faults.prose("reason", reason, most=2_000, needed=status in OUT)
    faults.day("parked_until", parked_until)
    faults.end()
    return reason


def put_back(actor: User, use_case: UseCase, status: str, reason: str, parked_until: date | None) -> None:
    """Undo a step between the statuses that people set: what stood there before stands there again, whatever the limit."""
    require(actor, "use_case.triage", queries.scope_of(use_case))
    refuse_gone(use_case)
    if status not in SET_BY_PEOPLE or use_case.status not in SET_BY_PEOPLE:
        raise Refusal("status.not_allowed", **{"from": use_case.status, "to": status})
    _put(actor, use_case, status, reason, parked_until)


def follow(
    actor: User | None, use_case: UseCase, status: str, reason: str = "", *, confidential: bool = False
) -> UseCase:
    """Set what follows from the use case's project or ledger; asks for no right of its own.

    A full status refuses what a project would bring to it, unless the reason says why; what goes back finds room.
    A reason said inside a confidential project stays there.
    When it is selected, the rank it has is kept as the one it was chosen with; back among the proposed it has none.
    """
    if status not in STATUSES:
        raise ValueError(f"no status is called {status}")
    if use_case.status == status:
        return use_case
    passed = let_enter(status, reason) if status in PULLED else None
    if status not in SET_BY_PEOPLE and use_case.status in RANKED and use_case.chosen_rank is None:
        use_case.chosen_rank = queries.places().get(use_case.id)
    elif status in SET_BY_PEOPLE:
        use_case.chosen_rank = None
    return _put(actor, use_case, status, "" if confidential else reason, None, passed)


def _put(
    actor: User | None, use_case: UseCase, status: str, reason: str, until: date | None, passed: int | None = None
) -> UseCase:
    before = use_case.status
    use_case.status, use_case.status_reason, use_case.parked_until = status, reason, until
    use_case.updated_at = clock.now()
    if status != before:
        use_case.status_since = use_case.updated_at
    write()
    facts = {"use_case": use_case.code, "title": use_case.title, "before": before, "after": status, "reason": reason}
    more: dict[str, Any] = {"until": until} if until else {}
    if passed is not None:
        more["over_limit"] = passed
    record(actor, "use_case.moved_on", ("use_case", use_case.id), proposer_id=use_case.proposer_id, **facts, **more)
    return use_case
