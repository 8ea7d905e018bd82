"""Welch's comparison of two means, and how it widens where neighbouring points are correlated."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from backlog.kpis.rules.student import t_beyond, t_two_sided
from backlog.kpis.rules.xmr import mean

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sample:
    """What a comparison needs of a series: size, mean, standard deviation (None from one point)."""

    n: float
    mean: float
    sd: float | None


@dataclass(frozen=True, slots=True)
class Welch:
    """After minus before, in the unit of the series; None where the spread is unknown or nothing spreads."""

    difference: float
    se: float | None
    t: float | None
    df: float | None
    p_two_sided: float | None

    def interval(self, level: float) -> Interval | None:
        """The two-sided confidence interval of the difference, level as a share (0.95)."""
        if self.se is None or self.df is None:
            return None
        half = t_beyond(level, self.df) * self.se
        return self.difference - half, self.difference + half


def sample(values: Sequence[float]) -> Sample:
    """Size, mean and standard deviation (n − 1) of at least one value."""
    centre = mean(values)
    if len(values) < 2:
        return Sample(len(values), centre, None)
    return Sample(len(values), centre, sqrt(fsum((v - centre) ** 2 for v in values) / (len(values) - 1)))


def compare(before: Sample, after: Sample) -> Welch:
    """Welch 1947, with the Welch-Satterthwaite degrees of freedom; sizes may be effective ones above 1."""
    difference = after.mean - before.mean
    if before.sd is None or after.sd is None:
        return Welch(difference, None, None, None, None)
    one, two = before.sd**2 / before.n, after.sd**2 / after.n
    if one + two == 0.0:
        return Welch(difference, None, None, None, None)
    se = sqrt(one + two)
    df = (one + two) ** 2 / (one**2 / (before.n - 1) + two**2 / (after.n - 1))
    return Welch(difference, se, difference / se, df, t_two_sided(difference / se, df))


def welch(before: Sequence[float], after: Sequence[float], level: float = 0.95) -> tuple[Welch, Interval | None]:
    """The comparison of two plain series, and its interval at a level given as a share.

    >>> result, interval = welch([4, 5, 4, 6], [7, 8, 7, 9])
    >>> round(result.difference, 6), [round(end, 4) for end in interval]
    (3.0, [1.3434, 4.6566])
    """
    result = compare(sample(before), sample(after))
    return result, result.interval(level)
