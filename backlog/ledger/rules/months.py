"""The monthly grid: month 0 is the month of the project's start, and what an entry puts into each month."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from backlog.kernel.money import FEN

Recurrence = Literal["once", "monthly", "yearly"]
NOTHING = Decimal("0.00")


def month_index(starts_on: date, day: date) -> int:
    """How many calendar months a day lies after the month of the start (before it: negative).

    >>> month_index(date(2026, 11, 30), date(2027, 1, 1))
    2
    """
    return (day.year - starts_on.year) * 12 + day.month - starts_on.month


def cumulated(amount: Decimal, recurrence: Recurrence, months: int) -> Decimal:
    """What an amount in yuan has come to after so many of its months.

    A yearly amount comes in twelfths, to the fen, so that any twelve months in a row are the amount exactly. Half a
    fen goes away from zero, so that a reversal cancels exactly.

    >>> [str(cumulated(Decimal("100.00"), "yearly", n)) for n in (1, 2, 3, 12)]
    ['8.33', '16.67', '25.00', '100.00']
    """
    if recurrence == "once":
        return amount
    if recurrence == "monthly":
        return amount * months
    return (amount * months / 12).quantize(FEN, ROUND_HALF_UP)


def flows(amount: Decimal, recurrence: Recurrence, first: int, last: int | None, end: int) -> dict[int, Decimal]:
    """What an amount in yuan puts into each month, from `first` to `last` (None: without end), at most to `end`.

    All three are inclusive. What was spent before the project's start is whole in month 0.

    >>> flows(Decimal("2500.00"), "monthly", first=2, last=None, end=3)
    {2: Decimal('2500.00'), 3: Decimal('2500.00')}
    """
    stop = min(end, first if recurrence == "once" else end if last is None else last)
    grid: dict[int, Decimal] = {}
    before = NOTHING
    for month in range(max(0, first), max(0, stop) + 1) if first <= stop else ():
        so_far = cumulated(amount, recurrence, min(month, stop) - first + 1)
        grid[month], before = so_far - before, so_far
    return grid
