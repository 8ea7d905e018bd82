"""Low, likely and high (10th, 50th and 90th percentile) as a distribution that always exists.

On normal probability paper a straight line on either side of the likely value, through all three percentiles, never
below a floor: two half-normals joined at the median. Its mean is near Swanson's 30-40-30 rule.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import isfinite, sqrt

from backlog.usecases.rules.normal import Z90, normal_below, normal_density, normal_quantile

Number = Decimal | float

LEAST_EFFORT_WEEKS = 0.1

_FAR = -40.0  # standard deviations: a floor further away is never met
_CENTRE = normal_density(0.0)


@dataclass(frozen=True, slots=True)
class ThreePoints:
    """10th, 50th and 90th percentile, in the unit of what is estimated (R3: 0 <= low <= likely <= high)."""

    low: Number
    likely: Number
    high: Number

    def quantile(self, u: float) -> float:
        """The value that is not exceeded with probability u, 0 < u < 1.

        >>> round(ThreePoints(7, 9, 9).quantile(0.25), 6)
        7.947386
        """
        z = normal_quantile(u)
        return max(0.0, float(self.likely) + z * (self.rise if z > 0 else self.fall))

    @property
    def rise(self) -> float:
        """What one standard normal step above the likely value adds."""
        return (float(self.high) - float(self.likely)) / Z90

    @property
    def fall(self) -> float:
        """What one standard normal step below the likely value takes away."""
        return (float(self.likely) - float(self.low)) / Z90

    def mean(self, floor: float = 0.0) -> float:
        """The expected value of max(floor, X), in closed form; `floor` at most the likely value.

        >>> round(ThreePoints(5, 20, 200).mean(), 4)
        71.5734
        """
        return float(self.likely) + self._moments(floor)[0]

    def standard_deviation(self, floor: float = 0.0) -> float:
        """The standard deviation of max(floor, X), in closed form."""
        first, second = self._moments(floor)
        return sqrt(max(0.0, second - first * first))

    def _moments(self, floor: float) -> tuple[float, float]:
        """First and second moment about the likely value: what lies on the floor, then each side of the median."""
        rise, fall = self.rise, self.fall
        drop = min(floor - float(self.likely), 0.0)
        z = max(drop / fall, _FAR) if fall > 0.0 else _FAR
        on_floor, height = normal_below(z), normal_density(z)
        share = 0.5 - on_floor
        kept = drop if on_floor > 0.0 else 0.0
        first = rise * _CENTRE + fall * (height - _CENTRE) + kept * on_floor
        second = rise * rise * 0.5 + fall * fall * (share + z * height) + kept * kept * on_floor
        return first, second


def r3_problems(low: Number, likely: Number, high: Number, least: Number = 0) -> list[tuple[str, str]]:
    """What contradicts R3 as (point, code): not_a_number, too_small (below `least`), low_above_likely, likely_above_high.

    >>> r3_problems(3, 2, 1)
    [('low', 'low_above_likely'), ('likely', 'likely_above_high')]
    >>> r3_problems(0, 1, 2, least=0.1)
    [('low', 'too_small')]
    """
    points = {"low": low, "likely": likely, "high": high}
    if broken := [(name, "not_a_number") for name, value in points.items() if not is_finite(value)]:
        return broken
    problems = [(name, "too_small") for name, value in points.items() if value < least]
    if low > likely:
        problems.append(("low", "low_above_likely"))
    if likely > high:
        problems.append(("likely", "likely_above_high"))
    return problems


def is_r3(points: ThreePoints, least: Number = 0) -> bool:
    """Whether R3 holds: least <= low <= likely <= high, all finite."""
    return not r3_problems(points.low, points.likely, points.high, least)


def is_finite(value: Number) -> bool:
    """Neither infinite nor not a number."""
    return value.is_finite() if isinstance(value, Decimal) else isfinite(value)
