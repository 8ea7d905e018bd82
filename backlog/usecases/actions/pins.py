"""Pin a rank with a reason until a day, and take the pin off again; old pins stay readable."""

from datetime import date, timedelta

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Refusal
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults
from backlog.usecases.actions.use_cases import refuse_gone
from backlog.usecases.models import RANKED, Pin, UseCase

LOWEST = 10_000
USUAL_DAYS, MOST_DAYS = 90, 366


def pin(actor: User, use_case: UseCase, *, rank: int, reason: str, until_on: date | None = None) -> Pin:
    """Let a use case stand at a rank until a day (90 days on unless said), whatever its estimates say."""
    require(actor, "use_case.pin", queries.scope_of(use_case))
    faults = Faults()
    faults.within("rank", rank, 1, LOWEST)
    reason = faults.prose("reason", reason, most=2_000, needed=True)
    until_on = _end(faults, until_on)
    faults.end()
    refuse_gone(hold(use_case))
    if use_case.status not in RANKED:
        raise Refusal("use_case.not_ranked", use_case=use_case.code)
    _take_off(actor, use_case)
    made = Pin(
        use_case_id=use_case.id, rank=rank, reason=reason, until_on=until_on, pinned_by_id=actor.id, at=clock.now()
    )
    session.add(made)
    session.flush()
    told = {"use_case": use_case.code, "rank": rank, "reason": reason, "until": until_on.isoformat()}
    record(actor, "use_case.pinned", ("use_case", use_case.id), **told)
    return made


def _end(faults: Faults, until_on: date | None) -> date:
    """The last day of a pin: today at the earliest, a year on at the latest."""
    today = clock.today()
    if until_on is None:
        return today + timedelta(days=USUAL_DAYS)
    if not today <= until_on <= today + timedelta(days=MOST_DAYS):
        faults.add("until_on", "pin.end", days=MOST_DAYS)
    return until_on


def unpin(actor: User, use_case: UseCase) -> None:
    """Let a use case stand where it is computed; without a pin, or with one that lapsed, nothing happens."""
    require(actor, "use_case.pin", queries.scope_of(use_case))
    refuse_gone(hold(use_case))
    remove_pin(actor, use_case)


def remove_pin(actor: User, use_case: UseCase) -> None:
    """Take the pin off, if there is one in force."""
    if queries.pin_of(use_case) is not None and _take_off(actor, use_case):
        record(actor, "use_case.unpinned", ("use_case", use_case.id), use_case=use_case.code)


def _take_off(actor: User, use_case: UseCase) -> bool:
    found = queries.last_pin_of(use_case)
    if found is None:
        return False
    found.removed_at, found.removed_by_id = clock.now(), actor.id
    session.flush()
    return True
