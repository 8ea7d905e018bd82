"""Which neighbours in a ranking cannot be told apart."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from backlog.usecases.rules.ranking import Row


class Ranked(Protocol):
    """Anything with an 80 % rank interval, or without one."""

    @property
    def rank_p10(self) -> float | None: ...
    @property
    def rank_p90(self) -> float | None: ...


WIDELY = 0.5  # of the narrower interval's ranks


def overlaps(one: Ranked, other: Ranked) -> bool:
    """Whether two 80 % rank intervals overlap widely: they share more than half of the narrower one's ranks.

    Ranks 3-8 and 5-9 share four of five: not distinguishable. Ranks 1-2 and 2-4 share one of two: they are.
    Without intervals nothing is said.
    """
    if one.rank_p10 is None or one.rank_p90 is None or other.rank_p10 is None or other.rank_p90 is None:
        return False
    shared = min(one.rank_p90, other.rank_p90) - max(one.rank_p10, other.rank_p10) + 1
    narrower = min(one.rank_p90 - one.rank_p10, other.rank_p90 - other.rank_p10) + 1
    return shared > WIDELY * narrower


def indistinct(rows: Sequence[Row]) -> dict[int, int]:
    """Use cases whose interval widely overlaps that of the one above in the computed order, each with that one."""
    order = sorted(rows, key=lambda row: row.computed_rank)
    return {lower.use_case_id: upper.use_case_id for upper, lower in pairwise(order) if overlaps(upper, lower)}


def not_distinguishable(rows: Sequence[Row]) -> frozenset[int]:
    """Ids of the use cases whose interval widely overlaps that of a neighbour in the computed order."""
    pairs = indistinct(rows)
    return frozenset(pairs) | frozenset(pairs.values())
