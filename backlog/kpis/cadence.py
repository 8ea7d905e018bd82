"""When the next measurement is due, by a KPI's cadence, and which periods are missing. Days; no clock."""

import calendar
from datetime import date, timedelta
from typing import Literal

Cadence = Literal["daily", "weekly", "monthly"]
SATURDAY = 5
MOST_APART = {"daily": 1, "weekly": 10, "monthly": 45}  # days between neighbours with none missing


def next_after(day: date, cadence: str) -> date:
    """The day the next value belongs to: the next working day, a week on, or the same day a month on.

    >>> next_after(date(2026, 11, 20), "daily")
    datetime.date(2026, 11, 23)
    """
    if cadence == "weekly":
        return day + timedelta(days=7)
    if cadence == "monthly":
        year, month = divmod(day.year * 12 + day.month, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    following = day + timedelta(days=1)
    while following.weekday() >= SATURDAY:
        following += timedelta(days=1)
    return following


def is_overdue(last: date, cadence: str, today: date) -> bool:
    """Whether a measurement is missing: a period belongs to its first day and may be written down during the next.

    >>> is_overdue(date(2026, 11, 2), "weekly", date(2026, 11, 16))
    False
    >>> is_overdue(date(2026, 11, 2), "weekly", date(2026, 11, 17))
    True
    """
    return today > next_after(next_after(last, cadence), cadence)


def is_gap(before: date, after: date, cadence: str) -> bool:
    """Whether a period is missing between two neighbouring measurements.

    >>> is_gap(date(2026, 11, 2), date(2026, 11, 16), "weekly")
    True
    """
    if cadence == "daily":
        return after > next_after(before, "daily")
    return (after - before).days > MOST_APART[cadence]
