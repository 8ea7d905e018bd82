"""What a storm's page draws: the same for an account and for a guest, but for where its forms go."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from backlog.people.queries import names_of
from backlog.usecases import queries
from backlog.usecases.forms.storms import IdeaForm
from backlog.usecases.models import Storm, StormParticipant
from backlog.usecases.queries.storms import IdeaView, Room, RoundView
from backlog.usecases.rules import storms as rules
from backlog.usecases.storm_words import STAGES
from backlog.web.formats import moment

MOST_TICKED = 8


@dataclass(frozen=True)
class Ways:
    """Where a page's forms go; `idea_url` takes an act and an idea's number."""

    home: str
    news: str
    ideas: str
    marks: str
    idea_url: Callable[[str, int], str]


@dataclass(frozen=True)
class Step:
    """One stage of the way: passed, now, or to come."""

    name: str
    label: str
    state: str
    told: str


@dataclass
class StormPage:
    """Everything of it."""

    room: Room
    ways: Ways
    seat: StormParticipant | None
    me: str
    leads: bool
    guest: bool
    facilitator: str
    steps: list[Step]
    before: str
    after: str
    since: int
    form: IdeaForm | None = None
    said: list[str] = field(default_factory=list)

    @property
    def storm(self) -> Storm:
        """The storm."""
        return self.room.storm

    @property
    def stage(self) -> str:
        """Where it stands."""
        return self.storm.stage

    @property
    def stage_label(self) -> str:
        """The same, in words."""
        return str(STAGES[self.stage])

    @property
    def before_label(self) -> str:
        """The stage one can go back to; '' for none."""
        return str(STAGES[self.before]) if self.before else ""

    @property
    def after_label(self) -> str:
        """The next stage; '' for none."""
        return str(STAGES[self.after]) if self.after else ""

    @property
    def ends_at(self) -> Any:
        """When it should be over."""
        return moment(self.storm.starts_at + timedelta(minutes=self.storm.duration_minutes))

    @property
    def _is_open(self) -> bool:
        return self.storm.archived_at is None

    @property
    def takes_ideas(self) -> bool:
        """Whether this person may put ideas in now."""
        return self._is_open and (self.stage == "collecting" or (self.stage == "prepared" and not self.guest))

    @property
    def may_sort(self) -> bool:
        """Whether this person groups ideas now."""
        return self._is_open and self.leads and self.stage in {"collecting", "grouping"}

    def may_change(self, view: IdeaView) -> bool:
        """Whether this person puts an idea right now, or withdraws it: who wrote it, and whoever leads."""
        is_own = self.seat is not None and view.author.id == self.seat.id
        return (
            self._is_open
            and self.stage in rules.CHANGED_IN
            and (self.leads or is_own)
            and not (self.guest and self.stage == "prepared")
        )

    @property
    def withdrawn(self) -> list[IdeaView]:
        """Withdrawn ideas that this person may bring back."""
        return [each for each in self.room.withdrawn if self.may_change(each)]

    @property
    def may_open_round(self) -> bool:
        """Whether this person chooses what the next round asks about."""
        return self._is_open and self.leads and self.stage == "estimating" and not self.open_round

    @property
    def bar(self) -> str:
        """Which bar of acts stands under the ticked ideas."""
        return "sort" if self.may_sort else "round" if self.may_open_round else ""

    @property
    def open_round(self) -> RoundView | None:
        """The round that waits for marks."""
        latest = self.room.latest
        return latest if latest is not None and latest.is_open and self.stage == "estimating" else None

    @property
    def shown_rounds(self) -> list[RoundView]:
        """Rounds whose marks are shown, the newest first."""
        return [each for each in reversed(self.room.rounds) if not each.is_open]

    @property
    def ordered(self) -> list[IdeaView]:
        """Ideas in the order that helps now: the newest first, by heading, or by votes."""
        ideas = self.room.ideas
        if self.stage in {"estimating", "closed"}:
            place = {one: at for at, one in enumerate(rules.by_dots([e.id for e in ideas], self._dots))}
            return sorted(ideas, key=lambda each: place[each.id])
        if self.stage in {"grouping", "voting"}:
            themes = {each: at for at, each in enumerate(self.room.themes)}
            return sorted(ideas, key=lambda each: (themes.get(each.row.theme, len(themes)), each.id))
        return ideas[::-1]

    @property
    def ticked(self) -> set[int]:
        """What the next round asks about unless one chooses otherwise: what people voted for."""
        best = [each.id for each in self.ordered if each.dots]
        return set(best[:MOST_TICKED])

    @property
    def _dots(self) -> dict[int, int]:
        return {each.id: each.dots or 0 for each in self.room.ideas}

    @property
    def _withdrawn(self) -> list[int]:
        return [each.id for each in self.withdrawn]

    def key(self, part: str) -> str:
        """What tells one state of a part from another."""
        return hashlib.blake2s(repr(self._states(part)).encode(), digest_size=6).hexdigest()

    def _states(self, part: str) -> Any:
        room, latest = self.room, self.room.latest
        if part == "act":
            return (self.stage, self.takes_ideas, latest and (latest.row.number, latest.is_open, latest.has_answered))
        if part == "rounds":
            told = [(each.row.number, each.is_open, each.answered) for each in room.rounds]
            return (self.stage, self.leads, told, len(room.present))
        if part == "head":
            people = [(each.name, each.guest, each.joined) for each in room.people]
            return (self.stage, self.storm.version, people, len(room.ideas), room.dots_given, room.voters)
        return (
            self.stage,
            room.dots_left,
            room.votes_shown,
            [_told(each) for each in room.ideas],
            self._withdrawn,
            self.leads,
        )


def _told(view: IdeaView) -> Any:
    row = view.row
    members = [(each.id, each.row.title) for each in view.members]
    return (row.id, row.title, row.pain, row.theme, view.dots, view.own_dots, members, view.code)


def storm_page(storm: Storm, seat: StormParticipant | None, ways: Ways, me: str, *, leads: bool, guest: bool) -> Any:
    """The page of one person."""
    steps = queries.storms.steps_of(storm.id)
    names = names_of([*(each.by_id for each in steps), storm.facilitator_id])
    at = rules.STAGES.index(storm.stage)
    latest = {each.stage: each for each in steps}
    told = {stage: f"{names.get(each.by_id, '')} {moment(each.at).striptags()}" for stage, each in latest.items()}
    before, after = rules.neighbours(storm.stage)
    return StormPage(
        room=queries.storms.room_of(storm, seat),
        ways=ways,
        seat=seat,
        me=me,
        leads=leads,
        guest=guest,
        facilitator=names.get(storm.facilitator_id, ""),
        steps=[
            Step(stage, str(label), _state(place, at), told.get(stage, "") if place <= at and not guest else "")
            for place, (stage, label) in enumerate(STAGES.items())
        ],
        before=before,
        after=after,
        since=queries.storms.newest_fact(storm.id),
    )


def _state(place: int, at: int) -> str:
    return "now" if place == at else "passed" if place < at else "ahead"


def news(storm: Storm, draw: Callable[[], StormPage], template: str = "storms/_parts.html") -> Response:
    """What is new since a fact: the parts as they are now, or 204 for nothing."""
    newest = queries.storms.newest_fact(storm.id)
    if request.args.get("since", "") == str(newest):
        answer: Response = make_response("", 204)
    else:
        answer = make_response(render_template(template, page=draw()))
    answer.headers["X-Since"] = str(newest)
    return answer


def mark_of(form: IdeaForm) -> str | None:
    """The mark under which an idea is kept once, however often it is sent."""
    sent = request.form.getlist("once")
    if not sent or not sent[-1]:
        return None
    told = repr((sent[-1], form.title.data, form.pain.data))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def read_marks(room: Room) -> list[dict[str, int]]:
    """The marks a person chose for the open round; what is half chosen is not a mark."""
    latest = room.latest
    found = []
    for each in latest.ideas if latest is not None else ():
        values = {name: request.form.get(f"{name}-{each.idea.id}", "") for name in rules.MARKS}
        if all(value in {"1", "2", "3", "4", "5"} for value in values.values()):
            found.append({"idea_id": each.idea.id, **{name: int(value) for name, value in values.items()}})
    return found
