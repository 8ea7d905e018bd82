"""A sprint's days: start, end (exclusive), and which of them people work."""

from collections.abc import Collection
from datetime import date, timedelta


def ends_on(starts_on: date, weeks: int) -> date:
    """The day after the sprint's last: start + 7 or 14 days (R4: one or two weeks).

    >>> ends_on(date(2026, 3, 2), 2)
    datetime.date(2026, 3, 16)
    """
    if weeks not in {1, 2}:
        raise ValueError("a sprint lasts one or two weeks")
    return starts_on + timedelta(days=7 * weeks)


def days_between(starts_on: date, end: date) -> list[date]:
    """Every day from the start up to, not with, the end."""
    return [starts_on + timedelta(days=i) for i in range((end - starts_on).days)]


def is_working_day(day: date, holidays: Collection[date] = (), make_up_days: Collection[date] = ()) -> bool:
    """Monday to Friday but for public holidays, and make-up days whatever their weekday."""
    return day in make_up_days or (day.weekday() < 5 and day not in holidays)


def days_left(capacity_days: float, working: int, days_off: float) -> float:
    """Somebody's days in a sprint: of the capacity no more than there are working days, less the days off.

    >>> days_left(8, 10, 2), days_left(8, 7, 0), days_left(1, 10, 3)
    (6, 7, 0)
    """
    return max(0, min(capacity_days, working) - days_off)


def working_days(
    starts_on: date, end: date, holidays: Collection[date] = (), make_up_days: Collection[date] = ()
) -> list[date]:
    """The working days from the start up to, not with, the end."""
    return [day for day in days_between(starts_on, end) if is_working_day(day, holidays, make_up_days)]
