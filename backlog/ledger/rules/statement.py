"""The financial statement of a project: estimated, measured, verified and projected side by side, each to the fen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Literal

from backlog.ledger.rules.attribution import claimed
from backlog.ledger.rules.finance import financial_roi, npv, payback, to_two_places
from backlog.ledger.rules.months import NOTHING, Recurrence, flows, month_index

Column = Literal["estimated", "measured", "verified", "projected"]
Figure = Literal["benefits", "costs", "capacity", "funding"]
Why = Literal["no_entries", "no_cost", "not_reached"]
COLUMNS: tuple[Column, ...] = ("estimated", "measured", "verified", "projected")
WINDOWS = (12, 24, 36)
DEFAULT_RATE = Decimal("0.08")
LONGEST = 120  # months after the start in which a promised benefit is looked for


@dataclass(frozen=True, slots=True)
class Row:
    """One financial entry of the ledger; yuan. A verified benefit has a verified amount, in full or reduced.

    Where only a part of it is claimed, `shares` are all that were given of it, in per cent, and `place` is the one meant.
    """

    id: int
    kind: Literal["cost", "benefit", "funding"]
    basis: Literal["estimated", "measured"]
    amount: Decimal
    from_on: date
    until_on: date | None = None
    recurrence: Recurrence = "once"
    realisation: Literal["cash", "avoided", "capacity"] | None = None
    verified_amount: Decimal | None = None
    reverses_id: int | None = None
    shares: tuple[Decimal, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a column's chart; yuan."""

    month: int
    benefits: Decimal
    costs: Decimal
    cumulative_net: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """What one entry brought into a figure; yuan."""

    entry_id: int
    figure: Figure
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """One column; yuan, per cent with two decimals, months from 0. Capacity and funding stand beside, never in it."""

    benefits: Decimal
    costs: Decimal
    net: Decimal
    roi_percent: Decimal | None
    payback_month: int | None
    payback_dips_in: int | None
    npv: Decimal
    capacity: Decimal
    funding: Decimal
    parts: tuple[Part, ...]
    months: tuple[Month, ...]

    @property
    def entry_ids(self) -> tuple[int, ...]:
        """The entries that benefits and costs are made of."""
        return tuple(part.entry_id for part in self.parts if part.figure in {"benefits", "costs"})


@dataclass(frozen=True, slots=True)
class Undefined:
    """A figure that is not defined (`measured.roi_percent`), and why: no_entries, no_cost or not_reached."""

    figure: str
    why: Why


@dataclass(frozen=True, slots=True)
class Statement:
    """The four columns, what is not defined, and when the estimated entries first promise a benefit."""

    starts_on: date
    as_of: date
    months: int | None
    rate: Decimal
    estimated: Figures
    measured: Figures
    verified: Figures
    projected: Figures
    undefined: tuple[Undefined, ...]
    benefit_expected_in: int | None

    def column(self, name: Column) -> Figures:
        """The figures of that name."""
        found: Figures = getattr(self, name)
        return found


def statement(
    rows: Iterable[Row],
    starts_on: date,
    *,
    as_of: date,
    today: date,
    months: int | None = None,
    rate: Decimal = DEFAULT_RATE,
) -> Statement:
    """The financial part of the hybrid ROI over a window of months, or to date (None), at a yearly rate as a share.

    Measured and verified end with the month of `as_of`, `today` at the latest. Recorded costs count whole in both.
    Projected takes what was measured and goes on at that level to the window's end.
    """
    day = min(as_of, today)
    now = month_index(starts_on, day)
    end = now if months is None else months - 1
    kept = standing(rows)
    estimated = [row for row in kept if row.basis == "estimated"]
    measured = [row for row in kept if row.basis == "measured"]
    begun = [row for row in measured if month_index(starts_on, row.from_on) <= now]
    figures: dict[Column, Figures] = {
        "estimated": total(estimated, starts_on, end, rate),
        "measured": total(measured, starts_on, min(now, end), rate),
        "verified": total(as_verified(measured), starts_on, min(now, end), rate),
        "projected": total(begun, starts_on, end, rate),
    }
    undefined = tuple(u for name in COLUMNS for u in _undefined(name, figures[name]))
    expected = total(estimated, starts_on, LONGEST, rate)
    first = next((m.month for m in expected.months if m.benefits > 0), None)
    return Statement(starts_on, day, months, rate, **figures, undefined=undefined, benefit_expected_in=first)


def standing(rows: Iterable[Row]) -> list[Row]:
    """The rows without those taken back and the reversals that took them back, which sum to nothing."""
    every = list(rows)
    ids = {row.id for row in every}
    pairs = {row.reverses_id for row in every} & ids
    return [row for row in every if row.id not in pairs and row.reverses_id not in pairs]


def as_verified(rows: Iterable[Row]) -> list[Row]:
    """What counts as verified: benefits with their verified amount, costs and funding whole."""
    found = []
    for row in rows:
        if row.kind != "benefit":
            found.append(row)
        elif row.verified_amount is not None:
            found.append(replace(row, amount=row.verified_amount))
    return found


def _figure_of(row: Row) -> Figure:
    """Which figure an entry belongs to: freed hours are capacity, a subsidy is funding."""
    if row.kind == "benefit":
        return "capacity" if row.realisation == "capacity" else "benefits"
    return "costs" if row.kind == "cost" else "funding"


def total(rows: Sequence[Row], starts_on: date, end: int, rate: Decimal) -> Figures:
    """The figures of these rows up to the month `end` (inclusive; before the start nothing but what was recorded)."""
    parts: list[Part] = []
    grid = {name: [NOTHING] * (max(0, end) + 1) for name in ("benefits", "costs")}
    for row in rows:
        monthly = _monthly(row, starts_on, end)
        if not monthly:
            continue
        figure = _figure_of(row)
        parts.append(Part(row.id, figure, sum(monthly.values(), NOTHING)))
        for month, amount in monthly.items() if figure in grid else ():
            grid[figure][month] += amount
    return _figures(parts, grid["benefits"], grid["costs"], rate)


def _monthly(row: Row, starts_on: date, end: int) -> dict[int, Decimal]:
    """What a row puts into each month up to `end`."""
    last = None if row.until_on is None else month_index(starts_on, row.until_on)
    monthly = flows(row.amount, row.recurrence, month_index(starts_on, row.from_on), last, end)
    return claimed(monthly, row.shares, row.place) if row.shares else monthly


def _figures(parts: Sequence[Part], benefits: Sequence[Decimal], costs: Sequence[Decimal], rate: Decimal) -> Figures:
    """One column, of its parts and its two rows of months."""
    sums = {
        name: sum((p.amount for p in parts if p.figure == name), NOTHING)
        for name in ("benefits", "costs", "capacity", "funding")
    }
    net = [b - c for b, c in zip(benefits, costs, strict=True)]
    roi = financial_roi(sums["benefits"], sums["costs"])
    back = payback(benefits, costs)
    rows = enumerate(zip(benefits, costs, accumulate(net), strict=True))
    return Figures(
        benefits=sums["benefits"],
        costs=sums["costs"],
        net=sums["benefits"] - sums["costs"],
        roi_percent=None if roi is None else to_two_places(roi),
        payback_month=back.month if back else None,
        payback_dips_in=back.dips_in if back else None,
        npv=npv(net, rate),
        capacity=sums["capacity"],
        funding=sums["funding"],
        parts=tuple(parts),
        months=tuple(Month(m, b, c, so_far) for m, (b, c, so_far) in rows),
    )


def _undefined(name: Column, figures: Figures) -> list[Undefined]:
    """Which of a column's figures are not defined, and why (R12: never infinite, never 0)."""
    found = []
    without: Why = "no_cost" if figures.entry_ids else "no_entries"
    if figures.roi_percent is None:
        found.append(Undefined(f"{name}.roi_percent", without))
    if figures.payback_month is None:
        found.append(Undefined(f"{name}.payback_month", "not_reached" if figures.costs > 0 else without))
    return found
