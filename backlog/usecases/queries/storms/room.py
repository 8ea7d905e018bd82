"""A storm as one person may see it: hidden votes and blind marks are not in it at all."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from backlog.kernel.database import session
from backlog.kernel.refusal import Missing
from backlog.people.queries import names_of
from backlog.usecases.models import (
    Storm,
    StormDot,
    StormIdea,
    StormMark,
    StormParticipant,
    StormRound,
    StormRoundIdea,
    UseCase,
)
from backlog.usecases.queries.storms.storms import participants_of
from backlog.usecases.rules import storms as rules

COUNTED = ("estimating", "closed")


@dataclass(frozen=True)
class Person:
    """Somebody who sits in, or was invited."""

    id: int
    user_id: int | None
    name: str
    guest: bool
    joined: bool
    invited: bool


@dataclass
class IdeaView:
    """An idea, whose it is, and what may be seen of its votes: None where they are hidden."""

    row: StormIdea
    author: Person
    dots: int | None
    own_dots: int
    members: list["IdeaView"] = field(default_factory=list)
    alike: StormIdea | None = None
    code: str = ""

    @property
    def id(self) -> int:
        """Its number."""
        return self.row.id


@dataclass(frozen=True)
class MarksView:
    """What a round came to for one idea; None where nobody marked it, or it is not shown yet."""

    idea: StormIdea
    impact: rules.Spread | None
    feasibility: rules.Spread | None
    own: StormMark | None
    given: list[tuple[str, int, int]]

    @property
    def is_wide(self) -> bool:
        """Whether people should talk about it."""
        return any(each is not None and each.is_wide for each in (self.impact, self.feasibility))


@dataclass(frozen=True)
class RoundView:
    """A round: how many answered, and once shown, all their marks."""

    row: StormRound
    answered: int
    has_answered: bool
    ideas: list[MarksView]

    @property
    def is_open(self) -> bool:
        """Whether people still mark."""
        return self.row.revealed_at is None


@dataclass
class Room:
    """Everything of a storm that one person may see."""

    storm: Storm
    people: list[Person]
    ideas: list[IdeaView]
    rounds: list[RoundView]
    votes_shown: bool
    dots_left: int
    dots_given: int
    voters: int
    withdrawn: list[IdeaView]

    @property
    def present(self) -> list[Person]:
        """Those who took their seat."""
        return [each for each in self.people if each.joined]

    @property
    def themes(self) -> list[str]:
        """Headings in use, in the order of their first idea."""
        return list(dict.fromkeys(each.row.theme for each in self.ideas if each.row.theme))

    @property
    def latest(self) -> RoundView | None:
        """The newest round."""
        return self.rounds[-1] if self.rounds else None


def room_of(storm: Storm, seat: StormParticipant | None) -> Room:
    """The room as this seat sees it; without one, as a visitor does."""
    people = _people(storm)
    rows = list(session.scalars(select(StormIdea).where(StormIdea.storm_id == storm.id).order_by(StormIdea.id)))
    merged = {each.id: each.merged_into_id for each in rows if each.merged_into_id is not None}
    dots = select(StormDot.idea_id, StormDot.participant_id, func.count()).where(StormDot.storm_id == storm.id)
    counted = list(session.execute(dots.group_by(StormDot.idea_id, StormDot.participant_id)))
    totals, own = Counter[int](), Counter[int]()
    for idea_id, participant_id, count in counted:
        totals[idea_id] += count
        own[idea_id] += count if seat is not None and participant_id == seat.id else 0
    shown = storm.stage in COUNTED or not storm.votes_hidden
    known = {each.id: each for each in people}
    everything = _ideas(rows, merged, known, rules.tally(totals, merged) if shown else None, rules.tally(own, merged))
    return Room(
        storm=storm,
        people=people,
        ideas=[each for each in everything if each.row.archived_at is None],
        withdrawn=[each for each in everything if each.row.archived_at is not None],
        rounds=_rounds(storm, seat, {each.id: each for each in rows}, known),
        votes_shown=shown,
        dots_left=max(0, storm.votes_per_person - own.total()),
        dots_given=totals.total(),
        voters=len({row[1] for row in counted}),
    )


def _people(storm: Storm) -> list[Person]:
    rows = participants_of(storm.id)
    names = names_of(each.user_id for each in rows)
    return [
        Person(
            each.id,
            each.user_id,
            each.guest_name if each.user_id is None else names.get(each.user_id, ""),
            each.user_id is None,
            each.joined_at is not None,
            each.invited_at is not None,
        )
        for each in rows
    ]


def _ideas(
    rows: list[StormIdea],
    merged: dict[int, int],
    people: dict[int, Person],
    totals: Counter[int] | None,
    own: Counter[int],
) -> list[IdeaView]:
    by_id = {each.id: each for each in rows}
    case_ids = {each.use_case_id for each in rows if each.use_case_id is not None}
    query = select(UseCase.id, UseCase.number).where(UseCase.id.in_(case_ids))
    codes = {row[0]: f"UC-{row[1]}" for row in session.execute(query)} if case_ids else {}
    views = {
        each.id: IdeaView(
            row=each,
            author=people[each.participant_id],
            dots=None if totals is None else totals[each.id],
            own_dots=own[each.id],
            alike=_in_force(by_id.get(each.alike_id or 0)),
            code=codes.get(each.use_case_id or 0, ""),
        )
        for each in rows
    }
    for idea_id, into in merged.items():
        views[into].members.append(views[idea_id])
    return [view for idea_id, view in views.items() if idea_id not in merged]


def _in_force(idea: StormIdea | None) -> StormIdea | None:
    return idea if idea is not None and idea.archived_at is None else None


def _rounds(
    storm: Storm, seat: StormParticipant | None, ideas: dict[int, StormIdea], people: dict[int, Person]
) -> list[RoundView]:
    found = list(session.scalars(select(StormRound).where(StormRound.storm_id == storm.id).order_by(StormRound.number)))
    if not found:
        return []
    ids = [each.id for each in found]
    asked: dict[int, list[int]] = {}
    for row in session.scalars(
        select(StormRoundIdea).where(StormRoundIdea.round_id.in_(ids)).order_by(StormRoundIdea.idea_id)
    ):
        asked.setdefault(row.round_id, []).append(row.idea_id)
    query = select(StormMark).where(StormMark.round_id.in_(ids)).order_by(StormMark.participant_id)
    marks: dict[int, list[StormMark]] = {}
    for mark in session.scalars(query):
        marks.setdefault(mark.round_id, []).append(mark)
    own = 0 if seat is None else seat.id
    return [
        _round(each, [ideas[idea] for idea in asked.get(each.id, [])], marks.get(each.id, []), own, people)
        for each in found
    ]


def _round(
    row: StormRound, ideas: list[StormIdea], marks: list[StormMark], own: int, people: dict[int, Person]
) -> RoundView:
    answered = {each.participant_id for each in marks}
    views = []
    for idea in ideas:
        of_it = [each for each in marks if each.idea_id == idea.id]
        shown = of_it if row.revealed_at is not None else []
        views.append(
            MarksView(
                idea=idea,
                impact=rules.spread([each.impact for each in shown]),
                feasibility=rules.spread([each.feasibility for each in shown]),
                own=next((each for each in of_it if each.participant_id == own), None),
                given=[(people[each.participant_id].name, each.impact, each.feasibility) for each in shown],
            )
        )
    return RoundView(row, len(answered), own in answered, views)


def latest_round(room: Room) -> RoundView:
    """The newest round; there is nothing to answer without one."""
    if room.latest is None:
        raise Missing
    return room.latest


def plain(marks: rules.Spread | None) -> dict[str, Any] | None:
    """A spread as plain values."""
    return (
        None if marks is None else {"count": marks.count, "low": marks.low, "median": marks.middle, "high": marks.high}
    )
