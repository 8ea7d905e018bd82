"""The standard normal distribution, from basic arithmetic alone where draws depend on it: the same bits on every machine."""

from functools import lru_cache
from math import erfc, exp, frexp, pi, sqrt

Z90 = 1.2815515655446004  # the 90th percentile
LEAST_U = 1e-300  # below it no draw falls

_LN2 = 0.6931471805599453
_LOG_TERMS = 20
_ROOT_HALF = 0.7071067811865476
_FAR = 40.0  # standard deviations: beyond, a normal tail is 0 in floats

# Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37(3), 1988: numerators and denominators, highest power first.
_CENTRE = (
    (
        2.5090809287301226727e3,
        3.3430575583588128105e4,
        6.7265770927008700853e4,
        4.5921953931549871457e4,
        1.3731693765509461125e4,
        1.9715909503065514427e3,
        1.3314166789178437745e2,
        3.3871328727963666080e0,
    ),
    (
        5.2264952788528545610e3,
        2.8729085735721942674e4,
        3.9307895800092710610e4,
        2.1213794301586595867e4,
        5.3941960214247511077e3,
        6.8718700749205790830e2,
        4.2313330701600911252e1,
        1.0,
    ),
)
_TAIL = (
    (
        7.74545014278341407640e-4,
        2.27238449892691845833e-2,
        2.41780725177450611770e-1,
        1.27045825245236838258e0,
        3.64784832476320460504e0,
        5.76949722146069140550e0,
        4.63033784615654529590e0,
        1.42343711074968357734e0,
    ),
    (
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        1.51986665636164571966e-2,
        1.48103976427480074590e-1,
        6.89767334985100004550e-1,
        1.67638483018380384940e0,
        2.05319162663775882187e0,
        1.0,
    ),
)
_FAR_TAIL = (
    (
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        1.24266094738807843860e-3,
        2.65321895265761230930e-2,
        2.96560571828504891230e-1,
        1.78482653991729133580e0,
        5.46378491116411436990e0,
        6.65790464350110377720e0,
    ),
    (
        2.04426310338993978564e-15,
        1.42151175831644588870e-7,
        1.84631831751005468180e-5,
        7.86869131145613259100e-4,
        1.48753612908506148525e-2,
        1.36929880922735805310e-1,
        5.99832206555887937690e-1,
        1.0,
    ),
)


def normal_quantile(u: float) -> float:
    """z with P(Z <= z) = u for 0 < u < 1, to about 15 digits.

    >>> round(normal_quantile(0.9), 12)
    1.281551565545
    >>> normal_quantile(0.25) == -normal_quantile(0.75)
    True
    """
    centred = u - 0.5
    if abs(centred) <= 0.425:
        return centred * _ratio(_CENTRE, 0.180625 - centred * centred)
    tail = max(min(u, 1.0 - u), LEAST_U)
    far = sqrt(-_log(tail))
    z = _ratio(_TAIL, far - 1.6) if far <= 5.0 else _ratio(_FAR_TAIL, far - 5.0)
    return z if centred > 0 else -z


def normal_density(z: float) -> float:
    """Height of the bell at z."""
    return exp(-0.5 * z * z) / sqrt(2.0 * pi) if abs(z) < _FAR else 0.0


def normal_below(z: float) -> float:
    """P(Z <= z)."""
    return 0.5 * erfc(-z / sqrt(2.0))


@lru_cache(maxsize=64)
def strata(count: int) -> tuple[float, ...]:
    """z at the middles of `count` strata of equal probability, rising."""
    return tuple(normal_quantile((index + 0.5) / count) for index in range(count))


def _ratio(coefficients: tuple[tuple[float, ...], tuple[float, ...]], x: float) -> float:
    """One polynomial over another, by Horner's rule."""
    upper, lower = coefficients
    above, below = upper[0], lower[0]
    for a, b in zip(upper[1:], lower[1:], strict=True):
        above, below = above * x + a, below * x + b
    return above / below


def _log(x: float) -> float:
    """Natural logarithm by the series of atanh: unlike a library's, the same on every machine."""
    part, power = frexp(x)
    if part < _ROOT_HALF:
        part, power = part * 2.0, power - 1
    t = (part - 1.0) / (part + 1.0)
    total = 0.0
    for k in range(_LOG_TERMS, -1, -1):
        total = total * t * t + 1.0 / (2 * k + 1)
    return 2.0 * t * total + power * _LN2
