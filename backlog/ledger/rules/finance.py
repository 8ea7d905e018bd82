"""Return, payback and present value. Money is Decimal yuan throughout; nothing here is a float."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from itertools import accumulate, pairwise

from backlog.kernel.money import FEN

PERCENT = Decimal("0.01")
PRECISION = 40
LOWEST_RATE = Decimal("-0.999999")
HIGHEST_RATE = Decimal(1_000_000)


def financial_roi(benefit: Decimal, cost: Decimal) -> Decimal | None:
    """Net benefit over total cost, in per cent; None where nothing was spent (R12).

    >>> financial_roi(Decimal("200000"), Decimal("80000"))
    Decimal('150.0')
    """
    return (benefit - cost) / cost * 100 if cost > 0 else None


def to_two_places(value: Decimal) -> Decimal:
    """Per cent with two decimals, or yuan with whole fen; halves away from zero."""
    return value.quantize(FEN, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Payback:
    """The first month whose cumulative net is at least 0 after a cost, and the first later month it dips below again."""

    month: int
    dips_in: int | None


def payback(benefits: Sequence[Decimal], costs: Sequence[Decimal]) -> Payback | None:
    """Payback on the monthly grid; None without a cost, or where it is not reached.

    >>> payback([Decimal(0), Decimal(60), Decimal(60)], [Decimal(100), Decimal(0), Decimal(0)])
    Payback(month=2, dips_in=None)
    """
    net = list(accumulate(b - c for b, c in zip(benefits, costs, strict=True)))
    spent = list(accumulate(costs))
    month = next((m for m, total in enumerate(net) if total >= 0 and spent[m] > 0), None)
    if month is None:
        return None
    return Payback(month, next((m for m in range(month, len(net)) if net[m] < 0), None))


def npv(monthly: Sequence[Decimal], yearly_rate: Decimal) -> Decimal:
    """Σ flowₘ ÷ (1 + r)^(m/12) in yuan to the fen, the first month undiscounted; r is an effective yearly rate."""
    return to_two_places(present_value([(Decimal(m) / 12, flow) for m, flow in enumerate(monthly)], yearly_rate))


def present_value(flows: Sequence[tuple[Decimal, Decimal]], yearly_rate: Decimal) -> Decimal:
    """The value today of (years from now, amount), unrounded.

    >>> present_value([(Decimal(0), Decimal(-100)), (Decimal(1), Decimal(110))], Decimal("0.1"))
    Decimal('0')
    """
    if yearly_rate <= -1:
        raise ValueError("a rate of -100 % or less discounts nothing")
    with localcontext() as context:
        context.prec = PRECISION
        total = sum((flow / _growth(yearly_rate, years) for years, flow in flows if flow), Decimal(0))
    return +total


@lru_cache(maxsize=512)
def _growth(yearly_rate: Decimal, years: Decimal) -> Decimal:
    """What one yuan has become after so many years; every statement asks for the same months."""
    with localcontext() as context:
        context.prec = PRECISION
        return (1 + yearly_rate) ** years


def irr(flows: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    """The one yearly rate at which the flows, in time order, are worth nothing.

    None where their sign never changes (no rate) or changes more than once (there may be several: Lorie & Savage 1955).
    """
    signs = [flow > 0 for _, flow in flows if flow]
    if sum(a != b for a, b in pairwise(signs)) != 1:
        return None
    low, high = LOWEST_RATE, HIGHEST_RATE
    falls = not signs[0]
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if (present_value(flows, middle) > 0) == falls else (low, middle)
    return low


def payback_years(yearly: Sequence[Decimal], yearly_rate: Decimal = Decimal(0)) -> Decimal | None:
    """Years until the sum, discounted where a rate is given, is 0 again, even within a year; None where never.

    >>> payback_years([Decimal(-100), Decimal(80), Decimal(40)])
    Decimal('1.5')
    """
    total = Decimal(0)
    for year, flow in enumerate(yearly):
        value = present_value([(Decimal(year), flow)], yearly_rate)
        if year and total < 0 <= total + value:
            return year - 1 + -total / value
        total += value
    return None
