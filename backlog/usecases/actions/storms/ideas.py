"""Ideas: put in by anybody, grouped and merged by whoever leads; nothing of them is lost on the way."""

from collections.abc import Sequence

from sqlalchemy import func, select, update

from backlog.journal.actions import record
from backlog.kernel.clock import now
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Missing, Refusal, or_none
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults
from backlog.usecases.actions.storms.seats import begin, held, idea_of, person_of
from backlog.usecases.models import Storm, StormIdea, StormParticipant

MOST_IDEAS, MOST_OF_ONE, LONGEST_PAIN = 1_000, 100, 2_000
SORTED_IN = ("collecting", "grouping")


def add_idea(who: StormParticipant, storm: Storm, *, title: str, pain: str = "", mark: str | None = None) -> StormIdea:
    """Put an idea in; the same mark is the same idea, sent again. Accounts may bring some before it begins."""
    before = ("prepared",) if who.user_id is not None else ()
    if (found := _sent_before(who, storm, mark)) is not None:
        return found
    begin(who, storm, *before, "collecting")
    faults = Faults()
    title = faults.line("title", title, 200, needed=True)
    pain = faults.prose("pain", pain, LONGEST_PAIN)
    faults.end()
    if (found := _sent_before(who, storm, mark)) is not None:  # its twin held the storm a moment ago
        return found
    _refuse_too_many(who, storm)
    alike_id, alike_case_id = queries.storms.likeliest(storm.id, title)
    idea = StormIdea(
        storm_id=storm.id,
        participant_id=who.id,
        title=title,
        pain=pain,
        mark=mark,
        alike_id=alike_id,
        alike_case_id=alike_case_id,
        created_at=now(),
    )
    session.add(idea)
    session.flush()
    guest = {"guest": who.guest_name} if who.user_id is None else {}
    record(person_of(who), "storm.idea_added", ("storm", storm.id), idea_id=idea.id, title=title, **guest)
    return idea


def _sent_before(who: StormParticipant, storm: Storm, mark: str | None) -> StormIdea | None:
    if mark is None:
        return None
    query = select(StormIdea).where(
        StormIdea.storm_id == storm.id, StormIdea.participant_id == who.id, StormIdea.mark == mark
    )
    return session.scalar(query)


def _refuse_too_many(who: StormParticipant, storm: Storm) -> None:
    count = select(func.count()).select_from(StormIdea)
    if (session.scalar(count.where(StormIdea.participant_id == who.id)) or 0) >= MOST_OF_ONE:
        raise Refusal("storm.enough_of_you", most=MOST_OF_ONE)
    if (session.scalar(count.where(StormIdea.storm_id == storm.id)) or 0) >= MOST_IDEAS:
        raise Refusal("storm.full", most=MOST_IDEAS)


def set_theme(actor: User, storm: Storm, idea_ids: Sequence[int], theme: str) -> list[StormIdea]:
    """Put ideas under a heading; under none with an empty one."""
    ideas = _sorting(actor, storm, idea_ids)
    faults = Faults()
    theme = faults.line("theme", theme, 80)
    faults.end()
    moved = [each for each in ideas if each.theme != theme]
    for each in moved:
        each.theme = theme
    session.flush()
    if moved:
        record(actor, "storm.ideas_grouped", ("storm", storm.id), theme=theme, idea_ids=[each.id for each in moved])
    return ideas


def merge_ideas(actor: User, storm: Storm, idea_ids: Sequence[int], into_id: int) -> StormIdea:
    """Let ideas count for one of them; each keeps author and dots, and can be taken out again."""
    ideas = _sorting(actor, storm, idea_ids)
    survivor = or_none(lambda: idea_of(storm, into_id))
    if survivor is None or survivor in ideas:
        raise Invalid(merged_into_id="value.unknown_id")
    for each in ideas:
        within = update(StormIdea).where(StormIdea.merged_into_id == each.id).values(merged_into_id=survivor.id)
        session.execute(within, execution_options={"synchronize_session": "fetch"})
        each.merged_into_id = survivor.id
    session.flush()
    merged = [each.id for each in ideas]
    record(actor, "storm.ideas_merged", ("storm", storm.id), into_id=survivor.id, title=survivor.title, idea_ids=merged)
    return survivor


def part_idea(actor: User, storm: Storm, idea: StormIdea) -> StormIdea:
    """Take an idea out of the one it was merged into."""
    _may_sort(actor, storm)
    if idea.storm_id != storm.id:
        raise Missing
    session.refresh(idea)
    if idea.merged_into_id is not None:
        idea.merged_into_id = None
        session.flush()
        record(actor, "storm.idea_parted", ("storm", storm.id), idea_id=idea.id, title=idea.title)
    return idea


def _may_sort(actor: User, storm: Storm) -> None:
    require(actor, "storm.manage")
    held(storm)
    if storm.stage not in SORTED_IN:
        raise Refusal("storm.not_now", stage=storm.stage)


def _sorting(actor: User, storm: Storm, idea_ids: Sequence[int]) -> list[StormIdea]:
    """The ideas named, all of this storm and standing, the storm locked."""
    _may_sort(actor, storm)
    if not idea_ids:
        raise Invalid(idea_ids="value.required")
    try:
        return [idea_of(storm, each) for each in sorted(set(idea_ids))]
    except Missing:
        raise Invalid(idea_ids="value.unknown_id") from None
