"""Did the KPI change, and may the change be believed? The verdict never claims more than the data shows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import sqrt
from typing import Literal

from backlog.kpis.rules.baseline import AUTOCORRELATED, OUTLIER, SHORT, baseline_warnings, is_stable, outliers
from backlog.kpis.rules.movement import SHIFT, TREND, movement, went_on
from backlog.kpis.rules.neighbours import correlation, widened
from backlog.kpis.rules.runs import WHEELER_RULES, detect
from backlog.kpis.rules.season import SEASONAL
from backlog.kpis.rules.student import t_beyond
from backlog.kpis.rules.welch import Interval, Sample, compare, sample
from backlog.kpis.rules.words import change_percent, target_share
from backlog.kpis.rules.xmr import mean, xmr_limits

FEWEST = 8  # points after the baseline's end, and in a measured baseline
OUTLIER_AFTER, FADED, NO_SERIES = "outlier_after", "faded", "no_series"
WARNINGS = (TREND, SHIFT, OUTLIER, SHORT, SEASONAL, AUTOCORRELATED, OUTLIER_AFTER, FADED, NO_SERIES)


class Verdict(StrEnum):
    """What the data says about a change."""

    IMPROVED = "improved"
    WORSE = "worse"
    NO_EVIDENCE = "no_evidence"
    TOO_FEW = "too_few"


Direction = Literal["increase", "decrease"]


@dataclass(frozen=True, slots=True)
class Point:
    """One live measurement."""

    observed_on: date
    value: float


@dataclass(frozen=True, slots=True)
class Baseline:
    """An agreed baseline version: the points it was measured from (none where it was declared) and its figures."""

    kind: Literal["measured", "declared"]
    mean: float
    points: tuple[Point, ...] = ()
    n: int | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Current:
    """The points since the baseline."""

    n: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class Signal:
    """A run rule that a point completed."""

    observed_on: date
    rule: str


@dataclass(frozen=True, slots=True)
class Effect:
    """Change in the KPI's unit, after − before; intervals None where there is no series to judge by."""

    verdict: Verdict
    preliminary: bool
    at_a_price: bool
    baseline: Baseline
    current: Current
    change: float | None
    change_percent: float | None
    interval_80: Interval | None
    interval_95: Interval | None
    target_share: float | None
    signals: tuple[Signal, ...]
    warnings: tuple[str, ...]


def measured(points: Sequence[Point]) -> Baseline:
    """The baseline that a window of measurements gives: mean, n and natural limits."""
    limits = xmr_limits([p.value for p in points])
    return Baseline("measured", limits.mean, tuple(points), limits.n, limits.lower, limits.upper)


def declared(figure: float) -> Baseline:
    """A baseline without a series: a figure that somebody vouches for."""
    return Baseline("declared", figure)


def effect(
    baseline: Baseline,
    after: Sequence[Point],
    direction: Direction,
    *,
    target: float | None = None,
    evaluate_on: date | None = None,
    as_of: date,
    guardrails: Collection[str] = (),
) -> Effect:
    """The effect of whatever happened between an agreed baseline and the points after its end, in time order.

    `evaluate_on` is the day agreed at the gate, `as_of` the day of asking, `guardrails` the verdicts on what
    must not get worse meanwhile.
    """
    before = [p.value for p in baseline.points]
    now = [p.value for p in after]
    narrow, wide, warnings = _compared(baseline, now)
    verdict, late = _verdict(baseline, now, direction, wide, warnings)
    current = mean(now) if now else None
    return Effect(
        verdict=verdict,
        preliminary=verdict in {Verdict.IMPROVED, Verdict.WORSE} and evaluate_on is not None and as_of < evaluate_on,
        at_a_price=verdict is Verdict.IMPROVED and Verdict.WORSE in guardrails,
        baseline=baseline,
        current=Current(len(now), current),
        change=None if current is None else current - baseline.mean,
        change_percent=None if current is None else change_percent(baseline.mean, current),
        interval_80=narrow,
        interval_95=wide,
        target_share=None if current is None else target_share(baseline.mean, current, target),
        signals=_signals(baseline, after) if before else (),
        warnings=warnings + late,
    )


def _compared(baseline: Baseline, now: Sequence[float]) -> tuple[Interval | None, Interval | None, tuple[str, ...]]:
    """The 80 % and 95 % intervals of the change, and what either series must be warned of."""
    before = [p.value for p in baseline.points]
    if len(before) < 2:
        return None, None, (NO_SERIES,)
    warnings = [w for w in baseline_warnings(before, [p.observed_on for p in baseline.points]) if w != AUTOCORRELATED]
    phi = correlation(before, movement(now).leftover if len(now) >= FEWEST else now)
    if phi > 0.0:
        warnings.append(AUTOCORRELATED)
    if len(now) >= FEWEST and outliers(now):
        warnings.append(OUTLIER_AFTER)
    if not now:
        return None, None, tuple(warnings)
    result = compare(*_spread(before, now, phi))
    return result.interval(0.80), result.interval(0.95), tuple(warnings)


def _spread(before: Sequence[float], now: Sequence[float], phi: float) -> tuple[Sample, Sample]:
    """Both samples; where neither spreads, with the spread that rounding to the last recorded digit hides."""
    one, two = widened(before, phi), widened(now, phi)
    if one.sd == 0.0 and two.sd == 0.0:
        hidden = _last_digit([*before, *now]) / sqrt(12.0)
        return Sample(one.n, one.mean, hidden), Sample(two.n, two.mean, hidden)
    return one, two


def _last_digit(values: Sequence[float]) -> float:
    """The unit of the finest decimal place in use, at most 1."""
    places = [Decimal(repr(v)).normalize().as_tuple().exponent for v in values]
    return 10.0 ** min(0, *(p for p in places if isinstance(p, int)))


def _verdict(
    baseline: Baseline, now: Sequence[float], direction: Direction, wide: Interval | None, warnings: Sequence[str]
) -> tuple[Verdict, tuple[str, ...]]:
    """The verdict, and the warning that a change faded or had begun before."""
    if len(now) < FEWEST or (baseline.points and len(baseline.points) < FEWEST):
        return Verdict.TOO_FEW, ()
    if wide is None or not is_stable(warnings):
        return Verdict.NO_EVIDENCE, ()
    before, rising = [p.value for p in baseline.points], wide[0] > 0.0
    if wide[0] <= 0.0 <= wide[1]:
        return Verdict.NO_EVIDENCE, (FADED,) if has_gone(before, now) else ()
    if went_on(before, now):
        return Verdict.NO_EVIDENCE, (TREND,)
    if not is_still_there(before, now, rising):
        return Verdict.NO_EVIDENCE, (FADED,)
    return (Verdict.IMPROVED if rising == (direction == "increase") else Verdict.WORSE), ()


def _quarter(now: Sequence[float]) -> int:
    """How many points the newest quarter has, at least one."""
    return -(-len(now) // 4)


def has_gone(before: Sequence[float], now: Sequence[float]) -> bool:
    """Whether there was a change, clear of 0 in all but the newest quarter, that this quarter does not show."""
    clear = compare(sample(before), sample(now[: -_quarter(now)])).interval(0.95)
    if clear is None or clear[0] <= 0.0 <= clear[1]:
        return False
    return not is_still_there(before, now, clear[0] > 0.0)


def is_still_there(before: Sequence[float], now: Sequence[float], rising: bool) -> bool:
    """Whether the newest quarter of the points stands on that side of the baseline by more than chance.

    Their mean has to differ from the baseline's, on that side, by the half width of an 80 % interval made of
    the baseline's own spread: a change that is quite gone would pass in one case of ten only.
    """
    newest = now[-_quarter(now) :]
    level = sample(before)
    distance = (mean(newest) - level.mean) * (1.0 if rising else -1.0)
    spread = (level.sd or 0.0) * sqrt(1.0 / len(newest) + 1.0 / level.n)
    return distance > t_beyond(0.80, level.n - 1) * spread


def _signals(baseline: Baseline, after: Sequence[Point]) -> tuple[Signal, ...]:
    """The run rules of an XmR chart that points after the baseline completed, by day."""
    if baseline.upper is None:
        return ()
    points = [*baseline.points, *after]
    sigma = (baseline.upper - baseline.mean) / 3.0
    fired = detect([p.value for p in points], baseline.mean, sigma, WHEELER_RULES)
    first = len(baseline.points)
    found = [(i, rule) for rule, indexes in fired.items() for i in indexes if i >= first]
    return tuple(Signal(points[i].observed_on, rule) for i, rule in sorted(found))
