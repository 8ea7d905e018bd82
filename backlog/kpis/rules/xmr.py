"""The XmR chart: natural limits of a series from its moving ranges."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

WHEELER = 2.66  # 3 / 1.128, as rounded by D. J. Wheeler, Understanding Variation
ON_THE_LINE = 1e-12  # relative: what binary floats may add to a point exactly on a line


@dataclass(frozen=True, slots=True)
class Limits:
    """Mean, mean moving range and natural limits, in the unit of the series; no limits from one point."""

    n: int
    mean: float
    mean_moving_range: float | None
    lower: float | None
    upper: float | None


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; exactly the value where all are equal."""
    first = values[0]
    return first if all(v == first for v in values) else fsum(values) / len(values)


def centred(values: Sequence[float]) -> list[float]:
    """Distances from the mean."""
    centre = mean(values)
    return [v - centre for v in values]


def moving_ranges(values: Sequence[float]) -> list[float]:
    """Distances of neighbours in time."""
    return [abs(b - a) for a, b in pairwise(values)]


def xmr_limits(values: Sequence[float]) -> Limits:
    """Mean ± 2.66 · mean moving range, never clamped at 0 (Wheeler; NIST e-Handbook 6.3.2.2).

    >>> limits = xmr_limits([10, 14])
    >>> round(limits.lower, 6), round(limits.upper, 6)
    (1.36, 22.64)
    """
    if not values:
        raise ValueError("limits need at least one value")
    centre = mean(values)
    ranges = moving_ranges(values)
    if not ranges:
        return Limits(len(values), centre, None, None, None)
    width = fsum(ranges) / len(ranges)
    return Limits(len(values), centre, width, centre - WHEELER * width, centre + WHEELER * width)


def is_above(value: float, line: float) -> bool:
    """Strictly above a line; a point on the line is not beyond it."""
    return value - line > ON_THE_LINE * max(abs(value), abs(line))


def is_below(value: float, line: float) -> bool:
    """Strictly below a line; a point on the line is not beyond it."""
    return is_above(line, value)


def outside(values: Sequence[float], limits: Limits) -> list[int]:
    """Indexes of the points strictly beyond the limits; none where there are no limits."""
    if limits.lower is None or limits.upper is None:
        return []
    return [i for i, v in enumerate(values) if is_below(v, limits.lower) or is_above(v, limits.upper)]
