"""Which inputs matter most: each from its low to its high estimate, all others left as they are, the widest swing first."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from backlog.usecases.rules.estimates import NEEDS, Opinion
from backlog.usecases.rules.ranking import Candidate, Standing, standing_of
from backlog.usecases.rules.scores import Model
from backlog.usecases.rules.three_points import ThreePoints


@dataclass(frozen=True, slots=True)
class Bar:
    """One input: its score and computed rank with everybody's low and everybody's high figure in its place."""

    figure: str
    at_low: float
    at_high: float
    rank_at_low: int
    rank_at_high: int

    @property
    def swing(self) -> float:
        """How far apart the two scores lie."""
        return abs(self.at_high - self.at_low)


def tornado(candidate: Candidate, model: Model, horizon_months: int, found: Sequence[Standing]) -> list[Bar]:
    """The bars of the inputs given as three points, the widest first; `found` are the standings, best first."""
    others = [each.key for each in found if each.candidate.use_case_id != candidate.use_case_id]
    bars = []
    for name in NEEDS.get(model.kind, ()):
        if not all(isinstance(getattr(each, name), ThreePoints) for each in candidate.opinions):
            continue
        ends = [standing_of(_at(candidate, name, end), model, horizon_months) for end in ("low", "high")]
        if low_high := [each for each in ends if each is not None]:
            low, high = low_high[0], low_high[-1]
            ranks = [bisect_left(others, each.key) + 1 for each in (low, high)]
            bars.append(Bar(name, low.score, high.score, *ranks))
    return sorted(bars, key=lambda each: (-each.swing, each.figure))


def _at(candidate: Candidate, name: str, end: str) -> Candidate:
    """The candidate with one input certain, at one end of each person's own estimate."""
    opinions = tuple(_with(each, name, end) for each in candidate.opinions)
    return replace(candidate, opinions=opinions)


def _with(opinion: Opinion, name: str, end: str) -> Opinion:
    value = getattr(getattr(opinion, name), end)
    changes: dict[str, Any] = {name: ThreePoints(value, value, value)}
    return replace(opinion, **changes)
