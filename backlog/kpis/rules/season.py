"""Does a series come back on itself? Waves of any length, and levels that go with the weekday or the month."""

from array import array
from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import date
from functools import lru_cache
from math import cos, fsum, pi, sin
from math import pow as fpow

from backlog.kpis.rules.movement import AS_GOOD, NOTHING, squares
from backlog.kpis.rules.student import f_upper
from backlog.kpis.rules.xmr import centred, mean

SEASONAL = "seasonal"
SEASON_CHANCE = 0.005
MOST_POINTS = 240  # a longer series is averaged over neighbours first, and the fastest wave looked for
MOST_TURNS = 60  # is a 60th of it: a long series is judged as quickly as a short one
WAVES_PER_TURN = 1.8


def has_season(leftover: Sequence[float], dates: Sequence[date] = ()) -> bool:
    """Whether a series, freed of trend and shift, shows a season; one date a value where dates are given."""
    weekdays = [(day.weekday(), day.isocalendar()[:2]) for day in dates]
    months = [(day.month, day.year) for day in dates]
    return has_wave(leftover) or levels_differ(leftover, weekdays) or levels_differ(leftover, months)


def has_wave(leftover: Sequence[float]) -> bool:
    """Whether some sine wave, of at least one turn over the series, explains more than waves explain of noise.

    One wave's share R² has P(R² > x) = (1 − x)^((n − 3)/2) in noise (Fisher 1929, Lomb 1976); how many
    independent waves the grid of half turns holds was found by simulation.
    """
    points = _thinned(leftover)
    n, total, most = len(points), squares(points), _most_turns(len(points))
    if most < 1.0 or total == 0.0:
        return False
    share = min(1.0, _best_wave(points) / total)
    chance = WAVES_PER_TURN * most * fpow(1.0 - share, (n - 3) / 2.0)
    return chance < SEASON_CHANCE


def is_rather_wave(values: Sequence[float], leftover: Sequence[float]) -> bool:
    """Whether a wave explains a series clearly better than the trend or shift that left this much of it."""
    flat = centred(_thinned(values))
    return AS_GOOD * (squares(flat) - _best_wave(flat)) < squares(_thinned(leftover))


def _thinned(values: Sequence[float]) -> list[float]:
    """The series, or the means of neighbours where it is longer than slow waves need."""
    block = -(-len(values) // MOST_POINTS)
    return [mean(values[i : i + block]) for i in range(0, len(values) - block + 1, block)]


def _most_turns(n: int) -> float:
    """The turns of the fastest wave that n points can show."""
    return float(min(MOST_TURNS, (n - 1) // 2))


def _best_wave(values: Sequence[float]) -> float:
    """The largest sum of squares that a wave explains, over a grid of half turns from one turn on."""
    return max(_explained(values, half / 2.0) for half in range(2, int(2 * _most_turns(len(values))) + 1))


def _explained(values: Sequence[float], turns: float) -> float:
    """The sum of squares that the best sine wave with so many turns over the series explains."""
    across, upright, aa, uu, au = _wave(len(values), turns)
    av, uv = _products(across, values), _products(upright, values)
    return (av * av * uu - 2.0 * av * uv * au + uv * uv * aa) / max(aa * uu - au * au, NOTHING)


@lru_cache(maxsize=2 * MOST_TURNS)
def _wave(n: int, turns: float) -> tuple[Sequence[float], Sequence[float], float, float, float]:
    """A wave's cosine and sine over n points, centred, and the sums of their squares and products."""
    angles = [2.0 * pi * turns * i / n for i in range(n)]
    across, upright = centred([cos(angle) for angle in angles]), centred([sin(angle) for angle in angles])
    return array("d", across), array("d", upright), squares(across), squares(upright), _products(across, upright)


def _products(one: Sequence[float], two: Sequence[float]) -> float:
    """The sum of products, pair by pair."""
    return sum(a * b for a, b in zip(one, two, strict=True))


def levels_differ(values: Sequence[float], keys: Sequence[tuple[Hashable, Hashable]]) -> bool:
    """Analysis of variance over groups (weekday) that were each seen in at least two rounds (weeks).

    A key is (group, round); with one group, or a group seen in one round only, nothing can be said.
    """
    groups: dict[Hashable, list[float]] = defaultdict(list)
    rounds: dict[Hashable, set[Hashable]] = defaultdict(set)
    for (group, turn), value in zip(keys, values, strict=False):
        groups[group].append(value)
        rounds[group].add(turn)
    if len(groups) < 2 or min(len(seen) for seen in rounds.values()) < 2:
        return False
    centre = mean(values)
    levels = {group: mean(members) for group, members in groups.items()}
    within = fsum((v - levels[group]) ** 2 for group, members in groups.items() for v in members)
    between = fsum(len(members) * (levels[group] - centre) ** 2 for group, members in groups.items())
    if between <= NOTHING * (within + between):
        return False
    free, left = len(groups) - 1, len(values) - len(groups)
    ratio = between / free / max(within / left, NOTHING * between)
    return f_upper(ratio, free, left) < SEASON_CHANCE
