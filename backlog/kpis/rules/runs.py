"""Run rules: patterns that chance alone seldom draws on a chart with a centre line and limits.

Nelson 1-8 (Journal of Quality Technology 16(4), 1984), Western Electric 4 (Statistical Quality Control
Handbook, 1956) and Wheeler's three of four. An index names the point that completes the pattern.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from backlog.kpis.rules.xmr import is_above, is_below

BEYOND_LIMITS = "nelson1_beyond_3sigma"
EIGHT_SAME_SIDE = "western_electric4_eight_same_side"
THREE_OF_FOUR = "wheeler_three_of_four_nearer_limit"
WHEELER_RULES = (BEYOND_LIMITS, EIGHT_SAME_SIDE, THREE_OF_FOUR)  # those an XmR chart uses

Zone = int  # -1 below, +1 above, 0 between


def _zone(value: float, centre: float, distance: float) -> Zone:
    """Which of two lines at equal distance from the centre a value is strictly beyond."""
    return 1 if is_above(value, centre + distance) else -1 if is_below(value, centre - distance) else 0


def _same_side(zones: Sequence[Zone], length: int) -> list[int]:
    """Ends of stretches of that many points beyond the line on one side."""
    return [i for i in _ends(zones, length) if zones[i] and len(set(zones[i - length + 1 : i + 1])) == 1]


def _k_of_n(zones: Sequence[Zone], k: int, n: int) -> list[int]:
    """Points beyond the line that are the k-th such, on one side, among the last n."""
    return [i for i in range(len(zones)) if zones[i] and zones[max(0, i - n + 1) : i + 1].count(zones[i]) >= k]


def _ends(values: Sequence[object], length: int) -> range:
    """Indexes that have that many points up to and with themselves."""
    return range(length - 1, len(values))


def _monotone(values: Sequence[float], length: int) -> list[int]:
    """Ends of steadily rising or falling stretches; equal neighbours break them."""
    found = []
    for i in _ends(values, length):
        steps = [_zone(b, a, 0.0) for a, b in pairwise(values[i - length + 1 : i + 1])]
        if abs(sum(steps)) == length - 1:
            found.append(i)
    return found


def _alternating(values: Sequence[float], length: int) -> list[int]:
    """Ends of stretches that go up and down by turns."""
    found = []
    for i in _ends(values, length):
        steps = [_zone(b, a, 0.0) for a, b in pairwise(values[i - length + 1 : i + 1])]
        if all(a * b == -1 for a, b in pairwise(steps)):
            found.append(i)
    return found


def _within(values: Sequence[float], centre: float, sigma: float, length: int) -> list[int]:
    """Ends of stretches strictly inside one sigma."""
    inside = [is_below(v, centre + sigma) and is_above(v, centre - sigma) for v in values]
    return [i for i in _ends(values, length) if all(inside[i - length + 1 : i + 1])]


def _avoids_centre(zones: Sequence[Zone], length: int) -> list[int]:
    """Ends of stretches beyond one sigma, with points on both sides."""
    return [i for i in _ends(zones, length) if set(zones[i - length + 1 : i + 1]) == {-1, 1}]


Rule = Callable[[Sequence[float], float, float], list[int]]


def _beyond(distance: float, then: Callable[[Sequence[Zone]], list[int]]) -> Rule:
    """A rule about points beyond so many sigma."""
    return lambda values, centre, sigma: then([_zone(v, centre, distance * sigma) for v in values])


RULES: dict[str, Rule] = {
    BEYOND_LIMITS: _beyond(3.0, lambda zones: _same_side(zones, 1)),
    "nelson2_nine_same_side": _beyond(0.0, lambda zones: _same_side(zones, 9)),
    "nelson3_six_monotone": lambda values, centre, sigma: _monotone(values, 6),
    "nelson4_fourteen_alternating": lambda values, centre, sigma: _alternating(values, 14),
    "nelson5_two_of_three_beyond_2sigma": _beyond(2.0, lambda zones: _k_of_n(zones, 2, 3)),
    "nelson6_four_of_five_beyond_1sigma": _beyond(1.0, lambda zones: _k_of_n(zones, 4, 5)),
    "nelson7_fifteen_within_1sigma": lambda values, centre, sigma: _within(values, centre, sigma, 15),
    "nelson8_eight_outside_1sigma_both_sides": _beyond(1.0, lambda zones: _avoids_centre(zones, 8)),
    EIGHT_SAME_SIDE: _beyond(0.0, lambda zones: _same_side(zones, 8)),
    THREE_OF_FOUR: _beyond(1.5, lambda zones: _k_of_n(zones, 3, 4)),
}


def detect(
    values: Sequence[float], centre: float, sigma: float, rules: Sequence[str] = tuple(RULES)
) -> dict[str, list[int]]:
    """Which rules fire, and at which points (0-based); a rule that does not fire is absent.

    >>> detect([0.2, -0.4, 0.6, 3.2, -0.3], centre=0.0, sigma=1.0)
    {'nelson1_beyond_3sigma': [3]}
    """
    fired = {name: RULES[name](values, centre, sigma) for name in rules}
    return {name: indexes for name, indexes in fired.items() if indexes}
