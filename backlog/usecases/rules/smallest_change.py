"""The smallest single change of an estimate that would move a use case past its neighbour."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from math import exp, inf, log
from statistics import fmean

from backlog.usecases.rules.estimates import NEEDS, Opinion, group_median, likely
from backlog.usecases.rules.ranking import SAME, Candidate, Standing, figures_of, standing_of
from backlog.usecases.rules.scores import BOUNDED, VALUE_KINDS, Model
from backlog.usecases.rules.three_points import LEAST_EFFORT_WEEKS, Number, ThreePoints
from backlog.usecases.rules.values import Expected, expected

FARTHEST = 10.0  # a change to more than ten times, or less than a tenth, is no small one
STEPS = 40
EXPECTED = frozenset(field.name for field in fields(Expected))


@dataclass(frozen=True, slots=True)
class Change:
    """One figure, in its own unit, before and after; everybody's estimate of it times one factor."""

    figure: str
    before: float
    after: float
    factor: float


def smallest_change(candidate: Candidate, model: Model, horizon_months: int, neighbour: Standing) -> Change | None:
    """What it takes to pass a neighbour, of all single figures the one that changes by the least factor; None if none does.

    A neighbour that stands above is passed upward, one below downward.
    """
    own = standing_of(candidate, model, horizon_months)
    if own is None:
        return None
    goal = round(neighbour.order, SAME)
    upward = neighbour.key < own.key
    names = NEEDS[model.kind] if model.kind in VALUE_KINDS else figures_of(model)
    found = []
    for name in names:
        passes = partial(_passes, candidate, model, horizon_months, name, goal, upward)
        factors = (_least_factor(passes, end) for end in (FARTHEST, 1 / FARTHEST))
        found += [_change(candidate.opinions, model, name, each) for each in factors if each is not None]
    return min((each for each in found if each.before != each.after), key=_size, default=None)


def _size(change: Change) -> float:
    """How much a figure changes: the logarithm of what it is multiplied with."""
    return abs(log(change.after / change.before)) if change.after > 0 and change.before > 0 else inf


def _passes(
    candidate: Candidate, model: Model, horizon_months: int, name: str, goal: float, upward: bool, factor: float
) -> bool:
    scaled = replace(candidate, opinions=tuple(_scaled(each, name, factor) for each in candidate.opinions))
    standing = standing_of(scaled, model, horizon_months)
    if standing is None:
        return False
    order = round(standing.order, SAME)
    return order > goal if upward else order < goal


def _least_factor(passes: Callable[[float], bool], end: float) -> float | None:
    """The factor nearest to 1 on the way to `end` from which on it passes; None if it never does."""
    if not passes(end):
        return None
    near, far = 0.0, log(end)
    for _ in range(STEPS):
        middle = (near + far) / 2
        near, far = (near, middle) if passes(exp(middle)) else (middle, far)
    return exp(far)


def _scaled(opinion: Opinion, name: str, factor: float) -> Opinion:
    """An opinion with one figure times a factor, within that figure's bounds."""
    value = getattr(opinion, name)
    if value is None:
        return opinion
    changes: Mapping[str, ThreePoints | float]
    if isinstance(value, ThreePoints):
        least = LEAST_EFFORT_WEEKS if name == "effort_weeks" else 0.0
        points = [max(least, float(each) * factor) for each in (value.low, value.likely, value.high)]
        changes = {name: ThreePoints(*points)}
    else:
        changes = {name: _bounded(name, value, factor)}
    return replace(opinion, **changes)  # type: ignore[arg-type]


def _bounded(name: str, value: Number, factor: float) -> float:
    least, most = BOUNDED.get(name, (0.0, float("inf")))
    return min(max(float(value) * factor, least), most)


def _change(opinions: Sequence[Opinion], model: Model, name: str, factor: float) -> Change:
    after = [_scaled(each, name, factor) for each in opinions]
    return Change(name, _figure(opinions, model, name), _figure(after, model, name), factor)


def _figure(opinions: Sequence[Opinion], model: Model, name: str) -> float:
    """The group's figure as the model reads it: the mean of people's means, or the median."""
    if model.kind in VALUE_KINDS and name in EXPECTED:
        return fmean(float(getattr(expected(each), name)) for each in opinions)
    return likely(group_median(opinions), name) or 0.0
