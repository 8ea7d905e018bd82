"""Dots: so many a person, several on one idea if they like; the storm's row is locked, so no two at once pass the limit."""

from sqlalchemy import func, or_, select

from backlog.journal.actions import record
from backlog.kernel.clock import now
from backlog.kernel.database import session
from backlog.kernel.refusal import Refusal
from backlog.usecases.actions.storms.seats import begin, idea_of, person_of
from backlog.usecases.models import Storm, StormDot, StormIdea, StormParticipant


def give_dot(who: StormParticipant, storm: Storm, idea_id: int) -> StormIdea:
    """Put one of one's dots on an idea; which idea it was, no fact tells."""
    begin(who, storm, "voting")
    idea = idea_of(storm, idea_id)
    given = session.scalar(select(func.count()).select_from(StormDot).where(StormDot.participant_id == who.id)) or 0
    if given >= storm.votes_per_person:
        raise Refusal("storm.no_dots_left", most=storm.votes_per_person)
    session.add(StormDot(storm_id=storm.id, idea_id=idea.id, participant_id=who.id, at=now()))
    session.flush()
    record(person_of(who), "storm.dot_given", ("storm", storm.id), **_guest(who))
    return idea


def take_dot(who: StormParticipant, storm: Storm, idea_id: int) -> StormIdea:
    """Take one of one's dots back from an idea, or from one merged into it; without one nothing happens."""
    begin(who, storm, "voting")
    idea = idea_of(storm, idea_id)
    of_it = select(StormIdea.id).where(or_(StormIdea.id == idea.id, StormIdea.merged_into_id == idea.id))
    query = select(StormDot).where(StormDot.participant_id == who.id, StormDot.idea_id.in_(of_it))
    dot = session.scalar(query.order_by(StormDot.id.desc()).limit(1))
    if dot is not None:
        session.delete(dot)
        session.flush()
        record(person_of(who), "storm.dot_taken", ("storm", storm.id), **_guest(who))
    return idea


def _guest(who: StormParticipant) -> dict[str, str]:
    return {"guest": who.guest_name} if who.user_id is None else {}
