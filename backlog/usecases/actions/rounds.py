"""A blind round of estimates: opened, and closed so that everybody sees what everybody said."""

from sqlalchemy import func, select

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Refusal
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.use_cases import refuse_gone
from backlog.usecases.models import Estimate, EstimateRound, UseCase


def open_round(actor: User, use_case: UseCase) -> EstimateRound:
    """Ask everybody for a view of their own; what was said before is hidden again until then."""
    require(actor, "use_case.hold_round", queries.scope_of(use_case))
    refuse_gone(hold(use_case))
    if queries.open_round_of(use_case) is not None:
        raise Refusal("round.already_open", use_case=use_case.code)
    newest = select(func.max(Estimate.id)).where(Estimate.use_case_id == use_case.id)
    made = EstimateRound(
        use_case_id=use_case.id,
        after_estimate_id=session.scalar(newest) or 0,
        opened_by_id=actor.id,
        opened_at=clock.now(),
    )
    session.add(made)
    session.flush()
    record(actor, "use_case.round_opened", ("use_case", use_case.id), use_case=use_case.code, round_id=made.id)
    return made


def close_round(actor: User, use_case: UseCase) -> EstimateRound:
    """End the open round: from now on everybody sees the estimates."""
    require(actor, "use_case.hold_round", queries.scope_of(use_case))
    refuse_gone(hold(use_case))
    found = queries.open_round_of(use_case)
    if found is None:
        raise Refusal("round.not_open", use_case=use_case.code)
    found.closed_at, found.closed_by_id = clock.now(), actor.id
    session.flush()
    record(actor, "use_case.round_closed", ("use_case", use_case.id), use_case=use_case.code, round_id=found.id)
    return found
