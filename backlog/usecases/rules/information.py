"""What a better estimate is worth: the expected value of perfect information about one input, for the choice under capacity.

Raiffa and Schlaifer, Applied Statistical Decision Theory (1961), ch. 4: the mean of the best choice made knowing the
input, less the best choice made now. The other use cases and the other inputs stay at their means, and the others
always make the best of what is left.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from math import fsum
from operator import itemgetter

from backlog.usecases.rules.choice import Option, Shared, best_choice, frontier
from backlog.usecases.rules.estimates import Opinion
from backlog.usecases.rules.normal import strata
from backlog.usecases.rules.scores import years_of_value
from backlog.usecases.rules.three_points import LEAST_EFFORT_WEEKS, ThreePoints
from backlog.usecases.rules.values import Worth, expected, worth

INPUTS = ("annual_benefit", "one_off_cost", "annual_running_cost", "effort_weeks")
STRATA = 201
Steps = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Knowing:
    """What knowing one input of a use case would gain for the choice, in yuan within the horizon."""

    figure: str
    gain: float


@dataclass(frozen=True, slots=True)
class Rest:
    """The best that the other use cases are worth at each effort: rising steps (person-weeks, yuan), shared costs paid.

    `beside` counts only what is paid for where the use case is chosen: every shared cost that it needs.
    """

    steps: Steps
    capacity_weeks: float
    beside: Steps | None = None

    def margin(self, net: float, weeks: float) -> float:
        """What choosing a use case of this worth and effort adds to the best choice without it; may be below 0.

        One that needs more than all person-weeks there are would use them up and give nothing yet.
        """
        without = _within(self.steps, self.capacity_weeks) or 0.0
        left = _within(self.steps if self.beside is None else self.beside, self.capacity_weeks - weeks)
        return (0.0 if left is None else net + left) - without


def rest_of(options: Sequence[Option], use_case_id: int, capacity_weeks: float, shared: Iterable[Shared] = ()) -> Rest:
    """What the other use cases make of the capacity, for every set of shared costs that may be paid."""
    needs = frozenset[int]().union(*(each.needs for each in options if each.use_case_id == use_case_id))
    others = [each for each in options if each.use_case_id != use_case_id]
    known = [each for each in shared if each.id in needs or any(each.id in one.needs for one in others)]
    steps, beside = [], []
    for paid in chain.from_iterable(combinations(known, count) for count in range(len(known) + 1)):
        ids, room = {each.id for each in paid}, capacity_weeks - fsum(each.weeks for each in paid)
        if room < 0:
            continue
        price, weeks = fsum(each.cost for each in paid), capacity_weeks - room
        found = [(weeks + at, worth - price) for at, worth in frontier([o for o in others if o.needs <= ids], room)]
        steps += found
        beside += found if needs <= ids else []
    return Rest(_rising(steps), capacity_weeks, _rising(beside) if needs else None)


def cost_of_asking(
    options: Sequence[Option], weeks: float, capacity_weeks: float, shared: Sequence[Shared] = ()
) -> float:
    """What some person-weeks spent on a question cost: what the best choice is worth less without them, in yuan."""
    left = best_choice(options, max(0.0, capacity_weeks - weeks), shared).net
    return best_choice(options, capacity_weeks, shared).net - left


def _rising(steps: Iterable[tuple[float, float]]) -> Steps:
    """The steps that no other equals or betters at no more effort."""
    kept: list[tuple[float, float]] = []
    for step in sorted(steps, key=lambda each: (each[0], -each[1])):
        if not kept or step[1] > kept[-1][1]:
            kept.append(step)
    return kept


def _within(steps: Steps, weeks: float) -> float | None:
    """The best within some person-weeks; None where nothing fits."""
    at = bisect_right(steps, weeks + 1e-9, key=itemgetter(0)) - 1
    return steps[at][1] if at >= 0 else None


def worth_of_knowing(opinions: Sequence[Opinion], rest: Rest, horizon_months: int) -> list[Knowing]:
    """The gain from knowing each input, the greatest first; costs of asking are not yet taken off.

    Today one chooses it or leaves it, by the mean of what it adds; knowing the input, one chooses it only where it adds.
    """
    own = worth([expected(each) for each in opinions], "expected_value", horizon_months)
    found = [Knowing(name, _gain(_margins(name, opinions, own, rest, horizon_months))) for name in INPUTS]
    return sorted(found, key=lambda each: (-each.gain, INPUTS.index(each.figure)))


def _gain(margins: Sequence[float]) -> float:
    knowing = fsum(max(0.0, each) for each in margins) / len(margins)
    return max(0.0, knowing - max(0.0, fsum(margins) / len(margins)))


def _margins(name: str, opinions: Sequence[Opinion], own: Worth, rest: Rest, horizon_months: int) -> list[float]:
    """What the use case adds at each value the input may turn out to have, an equal share from each person's estimate."""
    values = [value for each in opinions for value in _spread(getattr(each, name), name)]
    if name == "effort_weeks":
        return [rest.margin(own.net, value) for value in values]
    mean, slope = fsum(values) / len(values), _slope(name, opinions, horizon_months)
    return [rest.margin(own.net + slope * (value - mean), own.effort_weeks) for value in values]


def _spread(points: ThreePoints, name: str) -> list[float]:
    """The values at the middles of strata of equal probability, never below the input's floor."""
    floor = LEAST_EFFORT_WEEKS if name == "effort_weeks" else 0.0
    rise, fall, likely = points.rise, points.fall, float(points.likely)
    return [max(floor, likely + z * (rise if z > 0 else fall)) for z in strata(STRATA)]


def _slope(name: str, opinions: Sequence[Opinion], horizon_months: int) -> float:
    """What one yuan more of an input adds to the net value: the mean over people."""
    slopes: dict[str, Callable[[Opinion, float], float]] = {
        "annual_benefit": lambda each, years: float(each.success_probability) * years,
        "one_off_cost": lambda _each, _years: -1.0,
        "annual_running_cost": lambda _each, years: -years,
    }
    years = [years_of_value(float(each.months_to_value), horizon_months) for each in opinions]
    return fsum(slopes[name](each, year) for each, year in zip(opinions, years, strict=True)) / len(opinions)
