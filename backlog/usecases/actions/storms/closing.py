"""Close a storm into the backlog: chosen ideas become use cases, and its result stays as it stood."""

from collections.abc import Sequence

from sqlalchemy import select

from backlog.journal.actions import record
from backlog.kernel.clock import now
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Missing, expect_version
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.storms.prepare import refuse_closed
from backlog.usecases.actions.storms.seats import held, idea_of
from backlog.usecases.actions.storms.steps import go
from backlog.usecases.actions.use_cases import LONGEST_TAG, propose
from backlog.usecases.models import Storm, StormDot, StormIdea, StormParticipant, StormResult, UseCase, Vote

MOST_PAIN = 20_000


def close(actor: User, storm: Storm, idea_ids: Sequence[int] | None = None, version: int | None = None) -> StormResult:
    """Make use cases of the ideas chosen (of all that stand, where none are named), and write the result down."""
    require(actor, "storm.manage")
    held(storm)
    expect_version(storm, version)
    refuse_closed(storm)
    chosen = _chosen(storm, idea_ids)
    for idea in chosen:
        _become(actor, storm, idea)
    go(actor, storm, "closed")
    made = StormResult(
        storm_id=storm.id, content=queries.storms.summary(storm, actor), made_by_id=actor.id, made_at=now()
    )
    session.add(made)
    session.flush()
    codes = [each["use_case"] for each in made.content["ideas"] if each["use_case"]]
    record(actor, "storm.closed", ("storm", storm.id), title=storm.title, use_cases=codes)
    return made


def _chosen(storm: Storm, idea_ids: Sequence[int] | None) -> list[StormIdea]:
    """The ideas in the order named, or in that of their dots: the first gets the first code."""
    if idea_ids is None:
        return queries.storms.standing(storm.id)
    try:
        return [idea_of(storm, each) for each in dict.fromkeys(idea_ids)]
    except Missing:
        raise Invalid(idea_ids="value.unknown_id") from None


def _become(actor: User, storm: Storm, idea: StormIdea) -> UseCase:
    """The use case of an idea: its author proposes it where there is an account, else whoever closes the storm."""
    members = [idea, *session.scalars(select(StormIdea).where(StormIdea.merged_into_id == idea.id))]
    author = session.get_one(StormParticipant, idea.participant_id)
    told = [f"{each.title}\n{each.pain}".strip() if each is not idea else each.pain for each in members]
    made = propose(
        actor,
        title=idea.title,
        pain="\n\n".join(filter(None, told))[:MOST_PAIN],
        department=storm.departments[0] if len(storm.departments) == 1 else "",
        tags=[storm.title[:LONGEST_TAG].strip()],
        proposer_id=author.user_id or actor.id,
        watched=author.user_id is not None,
    )
    idea.use_case_id = made.id
    _carry_votes(members, made)
    return made


def _carry_votes(members: Sequence[StormIdea], made: UseCase) -> None:
    """Whoever put a dot on it, with an account, votes for the use case: one vote a person."""
    query = select(StormParticipant.user_id).join(StormDot, StormDot.participant_id == StormParticipant.id)
    of_them = query.where(StormDot.idea_id.in_([each.id for each in members]), StormParticipant.user_id.is_not(None))
    session.add_all([Vote(use_case_id=made.id, user_id=each, at=now()) for each in session.scalars(of_them.distinct())])
    session.flush()
