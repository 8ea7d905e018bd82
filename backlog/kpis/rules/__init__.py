"""The arithmetic of KPIs: limits, run rules, comparison, and whether a change is real. Floats; no clock, no database."""

from backlog.kpis.rules.baseline import baseline_warnings, is_stable, outliers
from backlog.kpis.rules.effect import (
    WARNINGS,
    Baseline,
    Current,
    Direction,
    Effect,
    Point,
    Signal,
    Verdict,
    declared,
    effect,
    is_still_there,
    measured,
)
from backlog.kpis.rules.neighbours import correlation, effective_size
from backlog.kpis.rules.runs import RULES, WHEELER_RULES, detect
from backlog.kpis.rules.season import has_season
from backlog.kpis.rules.student import f_upper, incomplete_beta, t_beyond, t_two_sided
from backlog.kpis.rules.welch import Interval, Sample, Welch, compare, sample, welch
from backlog.kpis.rules.words import Kind, Said, change_in_words, change_percent, target_share
from backlog.kpis.rules.xmr import Limits, mean, moving_ranges, outside, xmr_limits

__all__ = [
    "RULES",
    "WARNINGS",
    "WHEELER_RULES",
    "Baseline",
    "Current",
    "Direction",
    "Effect",
    "Interval",
    "Kind",
    "Limits",
    "Point",
    "Said",
    "Sample",
    "Signal",
    "Verdict",
    "Welch",
    "baseline_warnings",
    "change_in_words",
    "change_percent",
    "compare",
    "correlation",
    "declared",
    "detect",
    "effect",
    "effective_size",
    "f_upper",
    "has_season",
    "incomplete_beta",
    "is_stable",
    "is_still_there",
    "mean",
    "measured",
    "moving_ranges",
    "outliers",
    "outside",
    "sample",
    "t_beyond",
    "t_two_sided",
    "target_share",
    "welch",
    "xmr_limits",
]
