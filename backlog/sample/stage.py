"""The stage on which the sample is played: who and what there is by name, and each act at its own moment."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from importlib.resources import files
from typing import Any

from backlog.board.models import Item
from backlog.kernel import clock
from backlog.kpis.models import Kpi
from backlog.lighthouse.models import Project
from backlog.people.models import Squad, User
from backlog.sprints.models import Sprint
from backlog.usecases.models import NorthStar, Storm, UseCase

Row = dict[str, Any]
MARKS = {"zh": "示例数据", "en": "sample data"}  # beside every assumed figure


@dataclass(frozen=True)
class Act:
    """Something that somebody did at a moment."""

    at: datetime
    do: Callable[[], object]


@dataclass
class Stage:
    """What was made so far, by the names of the data files; use cases by number. `today` is D0."""

    locale: str
    today: date
    people: dict[str, User] = field(default_factory=dict)
    squads: dict[str, Squad] = field(default_factory=dict)
    stars: dict[str, NorthStar] = field(default_factory=dict)
    cases: dict[int, UseCase] = field(default_factory=dict)
    storms: dict[str, Storm] = field(default_factory=dict)
    kpis: dict[str, Kpi] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    sprints: dict[int, Sprint] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """What tells an assumed figure from a real one."""
        return MARKS[self.locale]

    def day(self, offset: int) -> date:
        """The day so many days after D0."""
        return self.today + timedelta(days=offset)

    def moment(self, day: date | int, hour: float = 9) -> datetime:
        """An hour of a day (or of an offset from D0) in the sample's time zone."""
        on = self.day(day) if isinstance(day, int) else day
        start = datetime.combine(on, time(), tzinfo=clock.zone_of(clock.DEFAULT_ZONE))
        return start + timedelta(hours=hour)

    def act(self, day: date | int, hour: float, verb: Callable[..., object], *what: Any) -> Act:
        """Let `verb(stage, *what)` be done at that hour."""
        return Act(self.moment(day, hour), partial(verb, self, *what))

    def read(self, name: str) -> Row:
        """A data file, its texts in the language of this stage."""
        found: Row = self._told(tomllib.loads(files("backlog.sample").joinpath(f"data/{name}.toml").read_text("utf-8")))
        return found

    def _told(self, value: Any) -> Any:
        """A value with each pair of texts replaced by the one in this language."""
        if isinstance(value, list):
            return [self._told(each) for each in value]
        if not isinstance(value, dict):
            return value
        if value.keys() == {"zh", "en"}:
            return value[self.locale]
        return {name: self._told(each) for name, each in value.items()}


def play(acts: list[Act]) -> None:
    """Do everything in the order of time."""
    for act in sorted(acts, key=lambda each: each.at):
        with clock.at(act.at):
            act.do()
