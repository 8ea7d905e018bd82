"""An idea put right, withdrawn and brought back: by who wrote it, or by whoever leads, while ideas are collected and grouped."""

from sqlalchemy import delete, update

from backlog.journal.actions import record
from backlog.kernel.clock import now
from backlog.kernel.database import session
from backlog.kernel.refusal import Missing, Refusal, expect_version, refuse_archived
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults
from backlog.usecases.actions.storms.ideas import LONGEST_PAIN
from backlog.usecases.actions.storms.seats import begin, held
from backlog.usecases.models import Storm, StormDot, StormIdea, StormParticipant
from backlog.usecases.rules.storms import CHANGED_IN

Who = User | StormParticipant


def edit_idea(
    who: Who,
    storm: Storm,
    idea_id: int,
    version: int | None = None,
    *,
    title: str | None = None,
    pain: str | None = None,
) -> StormIdea:
    """Say an idea differently; what is not sent stays."""
    idea = _changing(who, storm, idea_id)
    refuse_archived(idea, "storm_idea.archived")
    expect_version(idea, version)
    faults = Faults()
    title = idea.title if title is None else faults.line("title", title, 200, needed=True)
    pain = idea.pain if pain is None else faults.prose("pain", pain, LONGEST_PAIN)
    faults.end()
    if (title, pain) != (idea.title, idea.pain):
        idea.title, idea.pain, idea.version = title, pain, idea.version + 1
        session.flush()
        _record(who, "storm.idea_edited", idea)
    return idea


def withdraw_idea(who: Who, storm: Storm, idea_id: int) -> StormIdea:
    """Take an idea away: its votes are free again, and what was merged into it stands by itself; twice is once."""
    idea = _changing(who, storm, idea_id)
    if idea.archived_at is None:
        session.execute(delete(StormDot).where(StormDot.idea_id == idea.id))
        within = update(StormIdea).where(StormIdea.merged_into_id == idea.id).values(merged_into_id=None)
        session.execute(within, execution_options={"synchronize_session": "fetch"})
        idea.archived_at, idea.merged_into_id = now(), None
        session.flush()
        _record(who, "storm.idea_withdrawn", idea)
    return idea


def restore_idea(who: Who, storm: Storm, idea_id: int) -> StormIdea:
    """Bring a withdrawn idea back, without the votes it had."""
    idea = _changing(who, storm, idea_id)
    if idea.archived_at is not None:
        idea.archived_at = None
        session.flush()
        _record(who, "storm.idea_restored", idea)
    return idea


def _changing(who: Who, storm: Storm, idea_id: int) -> StormIdea:
    """The idea, the storm locked, where this person may change it now; a guest knows of no idea but their own."""
    if isinstance(who, User):
        held(storm)
        idea = queries.storms.get_idea(storm, idea_id)
        require(who, "storm.edit_idea", queries.storms.scope_of_idea(idea))
        if storm.stage not in CHANGED_IN:
            raise Refusal("storm.not_now", stage=storm.stage)
    else:
        begin(who, storm, *CHANGED_IN)
        idea = queries.storms.get_idea(storm, idea_id)
        if idea.participant_id != who.id:
            raise Missing
    session.refresh(idea)
    return idea


def _record(who: Who, code: str, idea: StormIdea) -> None:
    person = who if isinstance(who, User) else None
    guest = {} if isinstance(who, User) else {"guest": who.guest_name}
    record(person, code, ("storm", idea.storm_id), idea_id=idea.id, title=idea.title, **guest)
