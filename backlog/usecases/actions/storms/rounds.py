"""Blind rounds: everybody marks alone, then all marks are shown together."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from backlog.journal.actions import record
from backlog.kernel.clock import now
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Missing, Refusal, wrong
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults
from backlog.usecases.actions.storms.seats import begin, held, idea_of, person_of
from backlog.usecases.models import Storm, StormMark, StormParticipant, StormRound, StormRoundIdea
from backlog.usecases.rules.storms import LEAST_MARK, MARKS, MOST_MARK

MOST_AT_ONCE = 20


def open_round(actor: User, storm: Storm, idea_ids: Sequence[int]) -> StormRound:
    """Ask everybody about some ideas; the round before must have been shown."""
    require(actor, "storm.manage")
    held(storm)
    if storm.stage != "estimating":
        raise Refusal("storm.not_now", stage=storm.stage)
    wanted = sorted(set(idea_ids))
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise Invalid(idea_ids=wrong("value.range", least=1, most=MOST_AT_ONCE))
    try:
        ideas = [idea_of(storm, each) for each in wanted]
    except Missing:
        raise Invalid(idea_ids="value.unknown_id") from None
    if queries.storms.open_round_of(storm.id) is not None:
        raise Refusal("storm.round_open")
    last = session.scalar(select(func.max(StormRound.number)).where(StormRound.storm_id == storm.id)) or 0
    made = StormRound(storm_id=storm.id, number=last + 1, opened_by_id=actor.id, opened_at=now())
    session.add(made)
    session.flush()
    session.add_all([StormRoundIdea(round_id=made.id, idea_id=each.id) for each in ideas])
    session.flush()
    record(actor, "storm.round_opened", ("storm", storm.id), number=made.number)
    return made


def give_marks(
    who: StormParticipant, storm: Storm, found: StormRound, marks: Sequence[Mapping[str, int]]
) -> StormRound:
    """Mark the round's ideas, or mark them anew; until all is shown nobody else learns what was given."""
    if found.storm_id != storm.id:
        raise Missing
    begin(who, storm, "estimating")
    session.refresh(found)
    if found.revealed_at is not None:
        raise Refusal("storm.round_revealed")
    _check(found, marks)
    at = now()
    for each in marks:
        row = session.get(StormMark, (found.id, each["idea_id"], who.id))
        if row is None:
            row = StormMark(round_id=found.id, idea_id=each["idea_id"], participant_id=who.id)
            session.add(row)
        row.impact, row.feasibility, row.at = each["impact"], each["feasibility"], at
    session.flush()
    guest = {"guest": who.guest_name} if who.user_id is None else {}
    record(person_of(who), "storm.marks_given", ("storm", storm.id), number=found.number, **guest)
    return found


def _check(found: StormRound, marks: Sequence[Mapping[str, int]]) -> None:
    asked = set(session.scalars(select(StormRoundIdea.idea_id).where(StormRoundIdea.round_id == found.id)))
    faults = Faults()
    named = [each["idea_id"] for each in marks]
    if not marks:
        faults.add("marks", "value.required")
    if len(set(named)) != len(named):
        faults.add("marks", "value.repeated")
    if set(named) - asked:
        faults.add("marks", "value.unknown_id")
    for each in marks:
        for name in MARKS:
            faults.within(name, each[name], LEAST_MARK, MOST_MARK)
    faults.end()


def reveal(actor: User, storm: Storm, found: StormRound) -> StormRound:
    """Show all marks of a round to everybody at once."""
    require(actor, "storm.manage")
    if found.storm_id != storm.id:
        raise Missing
    held(storm)
    session.refresh(found)
    if found.revealed_at is None:
        if storm.stage != "estimating":
            raise Refusal("storm.not_now", stage=storm.stage)
        found.revealed_at, found.revealed_by_id = now(), actor.id
        session.flush()
        record(actor, "storm.round_revealed", ("storm", storm.id), number=found.number)
    return found
