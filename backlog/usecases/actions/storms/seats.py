"""Who takes part: an account takes a seat with its first act; what a guest does ends with the link."""

from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Missing, Refusal, refuse_archived
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.models import Storm, StormIdea, StormLink, StormParticipant


def held(storm: Storm) -> Storm:
    """The storm, its row locked until commit: every limit hangs on it. Archived, nothing is done in it."""
    hold(storm)
    refuse_archived(storm, "storm.archived")
    return storm


def take_seat(actor: User, storm: Storm) -> StormParticipant:
    """The seat of an account; taken now if it was not before."""
    require(actor, "storm.take_part")
    held(storm)
    seat = queries.storms.find_seat(storm.id, actor.id)
    if seat is None:
        seat = StormParticipant(storm_id=storm.id, user_id=actor.id)
        session.add(seat)
    if seat.joined_at is None:
        seat.joined_at = clock.now()
        session.flush()
    return seat


def begin(who: StormParticipant, storm: Storm, *stages: str) -> None:
    """Lock the storm, on which every limit hangs; refuse guests whose link ended, and what is not done in this stage."""
    if who.storm_id != storm.id:
        raise Missing
    held(storm)
    if who.link_id is not None and not queries.storms.is_in_force(hold(session.get_one(StormLink, who.link_id))):
        raise Missing
    if storm.stage not in stages:
        raise Refusal("storm.not_now", stage=storm.stage)


def person_of(who: StormParticipant) -> User | None:
    """The account a fact names; a guest has none."""
    return None if who.user_id is None else session.get(User, who.user_id)


def idea_of(storm: Storm, idea_id: int) -> StormIdea:
    """An idea of this storm that stands; of another, there is none."""
    idea = session.get(StormIdea, idea_id, populate_existing=True)
    if idea is None or idea.storm_id != storm.id:
        raise Missing
    refuse_archived(idea, "storm_idea.archived")
    if idea.merged_into_id is not None:
        raise Refusal("storm.idea_merged")
    return idea
