"""Was the baseline standing still? What it must be warned of before anything is measured against it.

The three tests of movement (trend, shift, season) together call about 5 % of series of pure noise moving;
the figures were found by simulation with fixed seeds (tests/kpis/test_false_alarms.py holds them).
"""

from collections.abc import Sequence
from datetime import date
from statistics import median

from backlog.kpis.rules.movement import SHIFT, TREND, movement
from backlog.kpis.rules.neighbours import correlation
from backlog.kpis.rules.season import SEASONAL, has_season, is_rather_wave
from backlog.kpis.rules.xmr import outside, xmr_limits

OUTLIER, SHORT, AUTOCORRELATED = "baseline_outlier", "baseline_short", "autocorrelated"
MOVING = frozenset({TREND, SHIFT, SEASONAL})  # nothing is credited on such a baseline

FEWEST = 8  # points: fewer are no measured baseline
FIRM = 12  # points: with fewer a slow movement would hardly be seen
FAR_OUT = 5.0  # modified z-score (Iglewicz & Hoaglin 1993, who suggest 3.5)


def baseline_warnings(values: Sequence[float], dates: Sequence[date] = ()) -> tuple[str, ...]:
    """What is wrong with a baseline in time order; dates (one a value) are needed to see weekdays and months.

    >>> baseline_warnings([12.0, 11.6, 11.1, 10.8, 10.2, 9.9, 9.4, 9.1, 8.5, 8.2, 7.6, 7.3])
    ('baseline_trend',)
    """
    found = [SHORT] if len(values) < FIRM else []
    if len(values) < FEWEST:
        return tuple(found)
    moving = movement(values)
    found += moving.found
    if has_season(moving.leftover, dates) or (moving.found and is_rather_wave(values, moving.leftover)):
        found.append(SEASONAL)
    if outliers(moving.leftover):
        found.append(OUTLIER)
    if is_stable(found) and correlation(values) > 0.0:
        found.append(AUTOCORRELATED)
    return tuple(found)


def is_stable(warnings: Sequence[str]) -> bool:
    """Whether a change may be credited on a baseline with these warnings."""
    return not MOVING & set(warnings)


def outliers(values: Sequence[float]) -> list[int]:
    """Indexes of points so far from the median that they are no part of the same noise."""
    centre = median(values)
    spread = median(abs(v - centre) for v in values) / 0.6745
    if spread == 0.0:
        return outside(values, xmr_limits(values))
    return [i for i, v in enumerate(values) if abs(v - centre) > FAR_OUT * spread]
