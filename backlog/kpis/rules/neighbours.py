"""Neighbouring points that resemble each other count for less: the effective size of a series.

A first-order autoregressive reading: n points whose neighbours correlate by φ tell as much about the mean as
n · (1 − φ) / (1 + φ) independent ones (G. V. Bayley, J. M. Hammersley 1946). It only ever widens an interval.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import fsum, sqrt

from backlog.kpis.rules.welch import Sample, sample
from backlog.kpis.rules.xmr import centred

NOTICED = 1.645  # standard errors (1 / √n) of the correlation of pure noise: below it, points count in full
FEWEST = 8  # points in a series: fewer say nothing about neighbours
MOST = 0.9
LEAST_SIZE = 2.0


def correlation(*series: Sequence[float]) -> float:
    """Correlation of neighbours within the series, each about its own mean, 0 where it is not noticeable.

    Short series hide correlation (expected value φ − (1 + 4φ)/n, Marriott & Pope 1954); that is put back.
    """
    long = [values for values in series if len(values) >= FEWEST]
    apart = [centred(values) for values in long]
    squares = fsum(d * d for ds in apart for d in ds)
    if squares == 0.0:
        return 0.0
    raw = fsum(a * b for ds in apart for a, b in pairwise(ds)) / squares
    points = sum(len(values) for values in long)
    length = points / len(long)
    found = min(MOST, (raw + 1.0 / length) / max(0.5, 1.0 - 4.0 / length))
    return found if found > NOTICED / sqrt(points) else 0.0


def effective_size(values: Sequence[float], phi: float | None = None) -> float:
    """How many independent points the series is worth: at most its length, at least 2 (a shorter one its length).

    >>> effective_size([1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0])
    8
    >>> effective_size([1.0] * 10 + [5.0] * 10) < 5
    True
    """
    n = len(values)
    resembling = correlation(values) if phi is None else phi
    return max(min(LEAST_SIZE, n), n * (1.0 - resembling) / (1.0 + resembling)) if resembling > 0.0 else n


def widened(values: Sequence[float], phi: float) -> Sample:
    """The sample with its effective size, and the spread that correlation hid from it."""
    plain = sample(values)
    size = effective_size(values, phi)
    if plain.sd is None or size >= plain.n:
        return plain
    return replace(plain, n=size, sd=plain.sd * sqrt((plain.n - 1.0) / (plain.n - plain.n / size)))
