"""Who may claim which share (R11): each above 0, together at most 100 %; money split to the fen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from backlog.kernel.money import from_fen, to_fen

WHOLE = Decimal(100)


def left_percent(shares: Iterable[Decimal]) -> Decimal:
    """What nobody claims yet, in per cent.

    >>> left_percent([Decimal("45"), Decimal("30"), Decimal("15")])
    Decimal('10')
    """
    return WHOLE - sum(shares, Decimal(0))


def may_claim(others: Iterable[Decimal], share: Decimal) -> bool:
    """Whether a share is above 0 and fits beside the others' shares of the same effect or entry."""
    return 0 < share <= left_percent(others)


@dataclass(frozen=True, slots=True)
class Split:
    """An amount in yuan, share by share, and what is left unattributed; together they are the amount."""

    parts: tuple[Decimal, ...]
    left: Decimal


def split(amount: Decimal, shares: Sequence[Decimal]) -> Split:
    """Split yuan to the fen by largest remainder (Hamilton), ties to the earlier share; shares in per cent.

    >>> split(Decimal("0.01"), [Decimal(50), Decimal(50)])
    Split(parts=(Decimal('0.01'), Decimal('0.00')), left=Decimal('0.00'))
    """
    left = left_percent(shares)
    if left < 0 or any(share <= 0 for share in shares):
        raise ValueError("shares are above 0 and sum to at most 100 per cent")
    fen = to_fen(amount)
    parts = _largest_remainder(abs(fen), [Fraction(share) / 100 for share in (*shares, left)])
    signed = [from_fen(part if fen >= 0 else -part) for part in parts]
    return Split(tuple(signed[:-1]), signed[-1])


def claimed(monthly: Mapping[int, Decimal], shares: Sequence[Decimal], place: int) -> dict[int, Decimal]:
    """The part of one of the shares month by month, so that up to any month all parts and what is left are the whole.

    >>> claimed({0: Decimal("0.01"), 1: Decimal("0.01")}, [Decimal(50), Decimal(50)], 1)
    {0: Decimal('0.00'), 1: Decimal('0.01')}
    """
    so_far = before = Decimal("0.00")
    grid: dict[int, Decimal] = {}
    for month, amount in monthly.items():
        so_far += amount
        part = split(so_far, shares).parts[place]
        grid[month], before = part - before, part
    return grid


def _largest_remainder(fen: int, quotas: Sequence[Fraction]) -> list[int]:
    """Whole fen for quotas that sum to 1."""
    exact = [fen * quota for quota in quotas]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: fen - sum(parts)]:
        parts[i] += 1
    return parts
