"""Student's t and Fisher's F through the regularised incomplete beta function (floats, about 14 digits)."""

from functools import lru_cache
from math import exp, lgamma, log, log1p, pi, sqrt
from statistics import NormalDist

TINY = 1e-300
STEPS = 500


def incomplete_beta(a: float, b: float, x: float) -> float:
    """I_x(a, b) for a, b > 0 and 0 <= x <= 1, by Lentz's continued fraction (Abramowitz & Stegun 26.5.8).

    >>> round(incomplete_beta(2.0, 3.0, 0.5), 12)
    0.6875
    """
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1.0 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function."""
    c, d = 1.0, 1.0 / _kept(1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        for term in (even, odd):  # what lies too near to 0 is kept away from it, without a call each time
            below, c = 1.0 + term * d, 1.0 + term / c
            d = 1.0 / (below if below > TINY or below < -TINY else TINY)
            c = c if c > TINY or c < -TINY else TINY
            value *= c * d
        if abs(c * d - 1.0) < 1e-16:
            break
    return value


def _kept(value: float) -> float:
    """The value, kept away from a division by zero."""
    return value if abs(value) > TINY else TINY


def t_two_sided(t: float, df: float) -> float:
    """P(|T| >= |t|) with df > 0 degrees of freedom.

    >>> round(t_two_sided(2.0, 10.0), 8)
    0.07338803
    """
    return incomplete_beta(df / 2.0, 0.5, df / (df + t * t))


def f_upper(f: float, df_between: float, df_within: float) -> float:
    """P(F >= f), the upper tail of Fisher's F.

    >>> round(f_upper(4.0, 1.0, 10.0), 8)
    0.07338803
    """
    if f <= 0.0:
        return 1.0
    return incomplete_beta(df_within / 2.0, df_between / 2.0, df_within / (df_within + df_between * f))


@lru_cache(maxsize=4096)
def t_beyond(level: float, df: float) -> float:
    """The t > 0 with P(|T| <= t) = level: half the width of a two-sided interval, in standard errors.

    >>> round(t_beyond(0.95, 10.0), 6)
    2.228139
    """
    if not 0.0 < level < 1.0 or df <= 0.0:
        raise ValueError("an interval needs a level between 0 and 1 and degrees of freedom")
    outside = 1.0 - level
    low, high = 0.0, NormalDist().inv_cdf(0.5 + level / 2.0)
    while t_two_sided(high, df) > outside:
        low, high = high, high * 2.0
    t = high
    for _ in range(200):
        tail = t_two_sided(t, df)
        low, high = (t, high) if tail > outside else (low, t)
        step = (tail - outside) / (2.0 * _density(t, df))
        closer = t + step if low < t + step < high else (low + high) / 2.0
        if abs(closer - t) <= 1e-15 * abs(closer):
            break
        t = closer
    return t


def _density(t: float, df: float) -> float:
    """The probability density of Student's t."""
    half = (df + 1.0) / 2.0
    return exp(lgamma(half) - lgamma(df / 2.0) - half * log1p(t * t / df)) / sqrt(df * pi)
