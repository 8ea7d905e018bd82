"""A sprint's points: commitment, scope, done, burndown and velocity. An item counts when its Definition of Done held."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from backlog.sprints.rules.timebox import days_between, is_working_day

VELOCITY_SPRINTS = 3


@dataclass(frozen=True, slots=True)
class Span:
    """From a day until before another; open where it still lasts."""

    from_on: date
    until_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it held at the end of that day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass(frozen=True, slots=True)
class ScopeItem:
    """An item's time in a sprint (in and out on a day), and the spans in which it was done."""

    points: float
    scope: Span
    done: tuple[Span, ...] = ()
    committed: bool = True
    at_start: float | None = None

    @property
    def promised(self) -> float:
        """Its points when the sprint began; estimated anew since, the difference is a change of scope."""
        return self.points if self.at_start is None else self.at_start

    def is_in_scope(self, day: date) -> bool:
        """Whether it belonged to the sprint at the end of that day."""
        return self.scope.covers(day)

    def is_done(self, day: date) -> bool:
        """Whether it belonged to the sprint and was done at the end of that day."""
        return self.is_in_scope(day) and any(span.covers(day) for span in self.done)


@dataclass(frozen=True, slots=True)
class Day:
    """One row of a burndown, at the end of the day; None for days to come."""

    date: date
    remaining_points: float | None
    scope_points: float | None
    ideal_points: float


@dataclass(frozen=True, slots=True)
class Points:
    """A sprint's figures at the end of a day."""

    committed: float
    added: float
    removed: float
    scope: float
    done: float


def points_on(items: Sequence[ScopeItem], day: date) -> Points:
    """Committed + added − removed = scope, and how much of it is done, at the end of that day."""
    known = [item for item in items if item.committed or item.scope.from_on <= day]
    gone = [item for item in known if not item.is_in_scope(day)]
    anew = [item.points - item.promised for item in known if item.committed and item.is_in_scope(day)]
    return Points(
        committed=sum(item.promised for item in known if item.committed),
        added=sum(item.points for item in known if not item.committed) + sum(each for each in anew if each > 0),
        removed=sum(item.promised if item.committed else item.points for item in gone)
        - sum(each for each in anew if each < 0),
        scope=sum(item.points for item in known if item.is_in_scope(day)),
        done=sum(item.points for item in known if item.is_done(day)),
    )


def burndown(
    starts_on: date,
    end: date,
    items: Sequence[ScopeItem],
    as_of: date,
    holidays: Collection[date] = (),
    make_up_days: Collection[date] = (),
) -> list[Day]:
    """One row a day of the sprint (the end is not part of it); days after as_of have only their ideal."""
    days = days_between(starts_on, end)
    committed = sum(item.promised for item in items if item.committed)
    ideals = ideal_line(committed, [is_working_day(day, holidays, make_up_days) for day in days])
    rows = []
    for day, ideal in zip(days, ideals, strict=True):
        if day > as_of:
            rows.append(Day(day, None, None, ideal))
            continue
        now = points_on(items, day)
        rows.append(Day(day, now.scope - now.done, now.scope, ideal))
    return rows


def ideal_line(committed: float, works: Sequence[bool]) -> list[float]:
    """From the commitment on the first working day evenly to nothing on the last; level on free days.

    >>> ideal_line(30.0, [True, True, False, True])
    [30.0, 15.0, 15.0, 0.0]
    """
    steps = sum(works) - 1
    if steps < 1:
        works, steps = [True] * len(works), max(1, len(works) - 1)
    worked = 0
    line = []
    for works_today in works:
        worked += works_today
        line.append(committed * (steps - max(0, worked - 1)) / steps)
    return line


def velocity(done_points: Sequence[float]) -> float | None:
    """The mean of the last three closed sprints' done points, oldest first; None before the first."""
    last = done_points[-VELOCITY_SPRINTS:]
    return sum(last) / len(last) if last else None
