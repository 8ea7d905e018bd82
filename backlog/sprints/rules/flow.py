"""How work flows: cycle time, age, throughput, cumulative flow, percentiles (Kanban Guide 2020; Vacanti 2015; Little 1961).

A history is the moments at which an item entered a column, with that column's category, in time order.
Whole days are counted on the calendar of the project's zone: the same two moments may be one day or two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

CATEGORIES = ("todo", "doing", "done")
Transition = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class CycleTime:
    """From first start to last finish: elapsed hours, and days counting the first and the last."""

    started_at: datetime
    finished_at: datetime
    elapsed_hours: float
    days_inclusive: int


def _day(moment: datetime, zone: tzinfo) -> date:
    """The calendar day of an aware moment in that zone."""
    return moment.astimezone(zone).date()


def finished_at(history: Sequence[Transition]) -> datetime | None:
    """When the item became done for good; None while it is not done."""
    if not history or history[-1][1] != "done":
        return None
    entered = history[-1][0]
    for at, category in reversed(history):
        if category != "done":
            break
        entered = at
    return entered


def started_at(history: Sequence[Transition]) -> datetime | None:
    """The first entry into a doing column; of an item that went straight to done, its finish."""
    return next((at for at, category in history if category == "doing"), finished_at(history))


def cycle_time(history: Sequence[Transition], zone: tzinfo) -> CycleTime | None:
    """Finish − start, and finish date − start date + 1; None for what is not done."""
    start, finish = started_at(history), finished_at(history)
    if start is None or finish is None:
        return None
    start = min(start, finish)  # a clock set back must not make a negative duration
    hours = (finish - start).total_seconds() / 3600.0
    return CycleTime(start, finish, hours, (_day(finish, zone) - _day(start, zone)).days + 1)


def wip_age_days(history: Sequence[Transition], now: datetime, zone: tzinfo) -> int | None:
    """Today − start date + 1 of what is started and not done; None otherwise."""
    start = started_at(history)
    if start is None or finished_at(history) is not None:
        return None
    return max(0, (_day(now, zone) - _day(start, zone)).days) + 1


def percentile(values: Sequence[float], percent: int) -> float | None:
    """The smallest value with at least that many per cent of the values at or below it; never interpolated.

    >>> percentile([1, 2, 2, 3, 3, 4, 5, 8, 13, 21], 85)
    13
    """
    if not 0 < percent <= 100:
        raise ValueError("a percentile lies above 0 and up to 100")
    ordered = sorted(values)
    return ordered[-(-percent * len(ordered) // 100) - 1] if ordered else None


@dataclass(frozen=True, slots=True)
class Flow:
    """Averages of a window: days in the system, items a day, items at a time (the last is the product of the others)."""

    average_cycle_time: float
    throughput_per_day: float
    average_wip: float


def littles_law(stays: Sequence[tuple[float, float]], window_days: float) -> Flow | None:
    """Average WIP = throughput × average time in the system, of stays (day in, day out) within the window."""
    if not stays or window_days <= 0:
        return None
    time = sum(out - into for into, out in stays)
    return Flow(time / len(stays), len(stays) / window_days, time / window_days)


def cumulative_flow(
    histories: Sequence[Sequence[Transition]], days: Sequence[date], zone: tzinfo
) -> list[dict[str, int]]:
    """For each day, how many items stood in each category at its end."""
    dated = [[(_day(at, zone), category) for at, category in history] for history in histories]
    rows = []
    for day in days:
        counts = dict.fromkeys(CATEGORIES, 0)
        for history in dated:
            past = [category for on, category in history if on <= day]
            if past:
                counts[past[-1]] += 1
        rows.append(counts)
    return rows
