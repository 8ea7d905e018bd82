"""Storms, who sits in, their ideas and rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from backlog.journal.models import Fact
from backlog.kernel.database import session
from backlog.kernel.listing import Listing, holds
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Missing
from backlog.people.models import User
from backlog.people.policy import Scope
from backlog.usecases.models import (
    Storm,
    StormDot,
    StormIdea,
    StormParticipant,
    StormRound,
    StormRoundIdea,
    StormStep,
    UseCase,
)
from backlog.usecases.queries.alike import alike, pairs
from backlog.usecases.rules import storms as rules

ALIKE = 0.5  # shared character pairs; above that of the backlog, since one compares a few dozen in one room
STORMS = Listing(
    filters={"stage": Storm.stage, "facilitator_id": Storm.facilitator_id},
    texts=(Storm.title, Storm.goal),
    sorts={
        "id": Storm.id,
        "title": Storm.title,
        "starts_at": Storm.starts_at,
        "created_at": Storm.created_at,
    },
    default="-id",
    conditions={"participant_id": lambda one: Storm.id.in_(_inviting(one))},
    archived=Storm.archived_at,
)
IDEAS = Listing(
    filters={
        "merged_into_id": StormIdea.merged_into_id,
        "alike_id": StormIdea.alike_id,
        "alike_use_case_id": StormIdea.alike_case_id,
        "use_case_id": StormIdea.use_case_id,
    },
    texts=(StormIdea.title, StormIdea.pain, StormIdea.theme),
    sorts={"id": StormIdea.id},
    archived=StormIdea.archived_at,
)
ROUNDS = Listing(
    filters={}, texts=(), sorts={"id": StormRound.id}, elsewhere=lambda words: StormRound.id.in_(_asking(words))
)


def _asking(words: str) -> Select[Any]:
    """The rounds that ask about ideas whose titles hold the words."""
    asked = select(StormRoundIdea.round_id).join(StormIdea, StormIdea.id == StormRoundIdea.idea_id)
    return asked.where(holds((StormIdea.title,), words))


def _inviting(user_id: int) -> Select[Any]:
    """The storms to which an account is invited."""
    return select(StormParticipant.storm_id).where(
        StormParticipant.user_id == user_id, StormParticipant.invited_at.is_not(None)
    )


def page_of_storms(_actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of storms, newest first unless said."""
    return STORMS.page(select(Storm), filters, after, size)


def page_of_ideas(storm: Storm, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of a storm's ideas, in the order in which they came."""
    return IDEAS.page(select(StormIdea).where(StormIdea.storm_id == storm.id), filters, after, size)


def page_of_rounds(storm: Storm, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of a storm's rounds, first to last."""
    return ROUNDS.page(select(StormRound).where(StormRound.storm_id == storm.id), filters, after, size)


def get_storm(_actor: User, storm_id: int) -> Storm:
    """A storm by id; Missing if there is none."""
    found = session.get(Storm, storm_id)
    if found is None:
        raise Missing
    return found


def get_idea(storm: Storm, idea_id: int) -> StormIdea:
    """An idea of this storm; of another there is none."""
    found = session.get(StormIdea, idea_id)
    if found is None or found.storm_id != storm.id:
        raise Missing
    return found


def find_own_idea(seat: StormParticipant, idea_id: int) -> StormIdea | None:
    """An idea of somebody who sits in."""
    return session.scalar(select(StormIdea).where(StormIdea.id == idea_id, StormIdea.participant_id == seat.id))


def scope_of_idea(idea: StormIdea) -> Scope:
    """Whose idea it is; a guest's is nobody's with an account."""
    return Scope(author_id=session.get_one(StormParticipant, idea.participant_id).user_id)


def get_round(storm: Storm, number: int) -> StormRound:
    """A round of this storm by its number."""
    query = select(StormRound).where(StormRound.storm_id == storm.id, StormRound.number == number)
    found = session.scalar(query)
    if found is None:
        raise Missing
    return found


def visible_storms(_actor: Any, ids: list[int]) -> set[int]:
    """Storms are open to everybody signed in."""
    return set(session.scalars(select(Storm.id).where(Storm.id.in_(ids))))


def find_seat(storm_id: int, user_id: int) -> StormParticipant | None:
    """The seat of an account, invited or taken."""
    query = select(StormParticipant).where(StormParticipant.storm_id == storm_id, StormParticipant.user_id == user_id)
    return session.scalar(query)


def counts_of(storm_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By storm, its ideas and how many of them became use cases."""
    columns = select(StormIdea.storm_id, func.count(), func.count(StormIdea.use_case_id))
    columns = columns.where(StormIdea.archived_at.is_(None))
    query = columns.where(StormIdea.storm_id.in_(storm_ids)).group_by(StormIdea.storm_id)
    return {row[0]: (row[1], row[2]) for row in session.execute(query)}


def participants_of(storm_id: int) -> list[StormParticipant]:
    """Everybody invited or there, in the order in which they came."""
    query = select(StormParticipant).where(StormParticipant.storm_id == storm_id)
    return list(session.scalars(query.order_by(StormParticipant.id)))


def invited_ids(storm_id: int) -> list[int]:
    """The accounts invited."""
    query = select(StormParticipant.user_id).where(
        StormParticipant.storm_id == storm_id, StormParticipant.invited_at.is_not(None)
    )
    return sorted(each for each in session.scalars(query) if each is not None)


def invited_of(storm_ids: Sequence[int]) -> dict[int, list[int]]:
    """The accounts invited, by storm."""
    query = select(StormParticipant.storm_id, StormParticipant.user_id).where(
        StormParticipant.storm_id.in_(storm_ids),
        StormParticipant.invited_at.is_not(None),
        StormParticipant.user_id.is_not(None),
    )
    found: dict[int, list[int]] = {}
    for storm_id, user_id in session.execute(query.order_by(StormParticipant.user_id)):
        found.setdefault(storm_id, []).append(int(user_id or 0))
    return found


def steps_of(storm_id: int) -> list[StormStep]:
    """Who took the storm to which stage, first to last."""
    return list(session.scalars(select(StormStep).where(StormStep.storm_id == storm_id).order_by(StormStep.id)))


def newest_fact(storm_id: int) -> int:
    """What to ask news from; facts of one storm are recorded one after another, under its lock."""
    query = select(func.max(Fact.id)).where(Fact.subject_type == "storm", Fact.subject_id == storm_id)
    return session.scalar(query) or 0


def has_dots(storm_id: int) -> bool:
    """Whether somebody voted."""
    return session.scalar(select(StormDot.id).where(StormDot.storm_id == storm_id).limit(1)) is not None


def standing(storm_id: int) -> list[StormIdea]:
    """The ideas not merged into others, those with the most dots first."""
    query = select(StormIdea).where(StormIdea.storm_id == storm_id, StormIdea.archived_at.is_(None))
    query = query.order_by(StormIdea.id)
    ideas = {each.id: each for each in session.scalars(query)}
    counted = select(StormDot.idea_id, func.count()).where(StormDot.storm_id == storm_id).group_by(StormDot.idea_id)
    dots = {row[0]: row[1] for row in session.execute(counted)}
    merged = {each.id: each.merged_into_id for each in ideas.values() if each.merged_into_id is not None}
    left = [each for each in ideas if each not in merged]
    return [ideas[each] for each in rules.by_dots(left, rules.tally(dots, merged))]


def likeliest(storm_id: int, title: str) -> tuple[int | None, int | None]:
    """The idea and the use case whose titles are most like a title; None where none is like it."""
    wanted = pairs(title)
    columns = select(StormIdea.id, StormIdea.title).where(StormIdea.storm_id == storm_id)
    columns = columns.where(StormIdea.archived_at.is_(None)).order_by(StormIdea.id)
    best, score = None, ALIKE
    for row in session.execute(columns) if wanted else ():
        others = pairs(row.title)
        likeness = 2 * len(wanted & others) / (len(wanted) + len(others))
        if likeness > score or (likeness >= ALIKE and best is None):
            best, score = row.id, likeness
    cases = alike(title)
    return best, cases[0].id if cases else None


def open_round_of(storm_id: int) -> StormRound | None:
    """The round whose marks are not shown yet."""
    query = select(StormRound).where(StormRound.storm_id == storm_id, StormRound.revealed_at.is_(None))
    return session.scalar(query.order_by(StormRound.number.desc()).limit(1))


def waiting_for(actor: User) -> list[Storm]:
    """The storms that run now and mean this person: its facilitator, who was invited, or all where nobody was."""
    own = select(StormParticipant.storm_id).where(StormParticipant.user_id == actor.id)
    invited = select(StormParticipant.storm_id).where(StormParticipant.invited_at.is_not(None))
    meant = or_(Storm.facilitator_id == actor.id, Storm.id.in_(own), Storm.id.not_in(invited))
    query = select(Storm).where(Storm.stage.in_(rules.RUNNING), Storm.archived_at.is_(None), meant)
    return list(session.scalars(query.order_by(Storm.id)))


def living_storms(ids: list[int]) -> set[int]:
    """Those of the storms that are not archived."""
    return set(session.scalars(select(Storm.id).where(Storm.id.in_(ids), Storm.archived_at.is_(None))))


@dataclass(frozen=True)
class Origin:
    """Who stands behind a use case, and the storm it came from; `guest` names who had the idea without an account."""

    proposer: str
    owner: str
    storm: Storm | None
    guest: str


def origin_of(use_case: UseCase) -> Origin:
    """Proposer, owner and storm of a use case, in one query."""
    proposer, owner = aliased(User), aliased(User)
    query = (
        select(proposer.name, owner.name, Storm, StormParticipant.guest_name)
        .select_from(UseCase)
        .join(proposer, proposer.id == UseCase.proposer_id)
        .outerjoin(owner, owner.id == UseCase.business_owner_id)
        .outerjoin(StormIdea, StormIdea.use_case_id == UseCase.id)
        .outerjoin(StormParticipant, StormParticipant.id == StormIdea.participant_id)
        .outerjoin(Storm, Storm.id == StormIdea.storm_id)
        .where(UseCase.id == use_case.id)
    )
    row = session.execute(query).first()
    assert row is not None  # noqa: S101 (it was loaded a moment ago)
    return Origin(row[0], row[1] or "", row[2], row[3] or "")
