"""Values that scatter around a level: always the same ones, and their mean is the level itself."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

FRIDAY = 4


def scattered(count: int, level: float, spread: float, digits: int, seed: int | str) -> list[float]:
    """So many values about a level, rounded; their mean is the level (to a last digit shared among them).

    >>> scattered(4, 8.0, 0.5, 1, 1)
    [8.4, 8.5, 7.9, 7.2]
    """
    noise = Random(seed)  # noqa: S311  (scatter of a sample, no secret)
    raw = [noise.gauss(0.0, 1.0) for _ in range(count)]
    centre = sum(raw) / count if count else 0.0
    unit = 10**digits
    steps = [round((level + spread * (each - centre)) * unit) for each in raw]
    missing = round(level * unit * count) - sum(steps)
    for place in range(abs(missing)):
        steps[place % count] += 1 if missing > 0 else -1
    return [each / unit for each in steps]


def weekly(first: date, until: date) -> list[date]:
    """Every seventh day from the first up to, not with, the last."""
    return [first + timedelta(days=i) for i in range(0, (until - first).days, 7)]


def working_days_before(day: date, count: int) -> list[date]:
    """The last working days before a day."""
    found: list[date] = []
    while len(found) < count:
        day -= timedelta(days=1)
        if day.weekday() <= FRIDAY:
            found.append(day)
    return found[::-1]


def working_days(first: date, until: date) -> list[date]:
    """The working days from the first up to, not with, the last."""
    days = [first + timedelta(days=i) for i in range((until - first).days)]
    return [day for day in days if day.weekday() <= FRIDAY]


def chunks(days: Sequence[date], size: int) -> list[slice]:
    """The places of days that are written down together."""
    return [slice(at, min(at + size, len(days))) for at in range(0, len(days), size)]
