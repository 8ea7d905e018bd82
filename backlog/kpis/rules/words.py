"""How a change is told: percentage points before per cent, the way to the target, better or worse."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["count", "share", "duration", "amount", "rate", "yes_no"]


@dataclass(frozen=True, slots=True)
class Said:
    """One way of telling a change, with its amount."""

    how: Literal["percentage_points", "per_cent", "unit"]
    amount: float


def change_percent(before: float, after: float) -> float | None:
    """The change in per cent of the level before; from 0 there is none.

    >>> round(change_percent(15.0, 58.0))
    287
    """
    return None if before == 0.0 else (after - before) / abs(before) * 100.0


def target_share(before: float, after: float, target: float | None) -> float | None:
    """The share of the way from the baseline to the target, 1 at the target; None where there is no way to go.

    >>> round(target_share(8.0, 5.6, 4.0), 6)
    0.6
    """
    return None if target is None or target == before else (after - before) / (target - before)


def change_in_words(kind: Kind, before: float, after: float) -> tuple[Said, ...]:
    """What to say of a change, in order: a share's in percentage points first, then in per cent.

    >>> [(said.how, round(said.amount)) for said in change_in_words("share", 15.0, 58.0)]
    [('percentage_points', 43), ('per_cent', 287)]
    """
    first = Said("percentage_points" if kind == "share" else "unit", after - before)
    percent = change_percent(before, after)
    return (first,) if percent is None else (first, Said("per_cent", percent))
