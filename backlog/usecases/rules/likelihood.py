"""Figures that hardly anybody means: a slip of a unit or of a zero, to be asked about before it is saved."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from backlog.usecases.rules.estimates import MONEY

MUCH_MONEY = Decimal(1_000_000_000)  # yuan: one use case worth or costing more than 10 亿 a year
MANY_WEEKS = 1_000.0  # person-weeks: twenty people for a year; a lighthouse lasts three months
MANY_MONTHS = 60.0  # five years until anything is gained
WIDE = 1_000  # so many times the low value: one of the two was typed in another unit


def unlikely(columns: Mapping[str, Any]) -> list[str]:
    """The figures of an estimate's columns to ask about, in the order of the form.

    >>> points = {f"{name}_{part}": Decimal(1) for name in MONEY for part in ("low", "likely", "high")}
    >>> effort = {"effort_weeks_low": 0.1, "effort_weeks_likely": 2.0, "effort_weeks_high": 500.0}
    >>> unlikely({**points, **effort, "annual_benefit_high": Decimal("2e9"), "months_to_value": 6})
    ['annual_benefit', 'effort_weeks']
    """
    found = [name for name in MONEY if columns[f"{name}_high"] > MUCH_MONEY or _is_wide(columns, name)]
    if columns["effort_weeks_high"] > MANY_WEEKS or _is_wide(columns, "effort_weeks"):
        found.append("effort_weeks")
    if columns["months_to_value"] > MANY_MONTHS:
        found.append("months_to_value")
    return found


def _is_wide(columns: Mapping[str, Any], name: str) -> bool:
    low, high = columns[f"{name}_low"], columns[f"{name}_high"]
    return bool(low > 0 and high >= WIDE * low)
