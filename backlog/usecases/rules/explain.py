"""Why this rank: the inputs, the formula with its numbers, and the smallest single change that moves it one place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from backlog.usecases.rules.estimates import likely
from backlog.usecases.rules.ranking import Candidate, Standing, figures_of, standings
from backlog.usecases.rules.scores import (
    BOUNDED,
    DEFAULT_HORIZON,
    HALFWAY,
    VALUE_KINDS,
    Model,
    needed_figures,
    score_of_marks,
    years_of_value,
)
from backlog.usecases.rules.three_points import LEAST_EFFORT_WEEKS
from backlog.usecases.rules.values import Expected, worth

WHOLE_MARKS = ("impact", "feasibility", "measurability", "ease")
HALVINGS = 60
FURTHEST = 10.0  # times the present figure: what lies beyond is no small change

Numbers = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Who estimated what when: an opinion's figures as the formula uses them (expectations, years, net in yuan)."""

    estimator_id: int | None
    made_on: date
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of the group, from and to, that moves a use case one place up or down.

    `share` tells how big the change is: of the figure itself, or of its scale where it has one.
    """

    field: str
    direction: str
    before: float
    after: float
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A computed rank explained in numbers; sentences are made at the edge. `smallest` is None where nothing moves it."""

    use_case_id: int
    kind: str
    horizon_months: int
    computed_rank: int
    score: float
    people: tuple[Person, ...]
    formula: Numbers
    changes: tuple[Change, ...]
    smallest: Change | None


Moved = Callable[[str, float], Standing | None]


def explain(
    candidates: Iterable[Candidate],
    use_case_id: int,
    model: Model | None = None,
    horizon_months: int = DEFAULT_HORIZON,
) -> Explanation | None:
    """Why a use case has its computed rank; None where it has none."""
    model = model or Model()
    found, _ = standings(candidates, model, horizon_months)
    place = next((at for at, each in enumerate(found) if each.candidate.use_case_id == use_case_id), None)
    if place is None:
        return None
    changes = tuple(sorted(_changes(found, place, model, horizon_months), key=lambda each: (each.share, each.field)))
    return Explanation(
        use_case_id,
        model.kind,
        horizon_months,
        place + 1,
        found[place].score,
        _people(found[place], model, horizon_months),
        _formula(found[place], model),
        changes,
        changes[0] if changes else None,
    )


def _people(standing: Standing, model: Model, horizon_months: int) -> tuple[Person, ...]:
    opinions = standing.candidate.opinions
    if not standing.people:
        names = figures_of(model)
        given = [[(name, likely(opinion, name)) for name in names] for opinion in opinions]
        figures = [tuple((name, value) for name, value in each if value is not None) for each in given]
        return tuple(Person(o.estimator_id, o.made_on, f) for o, f in zip(opinions, figures, strict=True))
    return tuple(
        Person(opinion.estimator_id, opinion.made_on, _numbers(person, horizon_months))
        for opinion, person in zip(opinions, standing.people, strict=True)
    )


def _numbers(person: Expected, horizon_months: int) -> Numbers:
    """One person's expectations, the years of value f within the horizon, and the net value they give."""
    own = tuple((field.name, float(getattr(person, field.name))) for field in fields(Expected))
    years = years_of_value(person.months_to_value, horizon_months)
    return (*own, ("years_of_value", years), ("net", person.net(horizon_months)))


def _formula(standing: Standing, model: Model) -> Numbers:
    """What the group's score is made of; `loss` is what is spent in vain if the idea fails."""
    if standing.worth is None:
        figures = needed_figures(standing.candidate.opinions, figures_of(model))
        return (*figures.items(), ("score", standing.score))
    value = standing.worth
    return (("net", value.net), ("effort_weeks", value.effort_weeks), ("loss", value.loss), ("score", value.score))


def _changes(found: Sequence[Standing], place: int, model: Model, horizon_months: int) -> list[Change]:
    """For each figure the smallest change that passes the neighbour above, or falls behind the one below."""
    standing = found[place]
    is_value = model.kind in VALUE_KINDS
    present = _means(standing.people) if is_value else needed_figures(standing.candidate.opinions, figures_of(model))
    moved = _moved_value(standing, model, horizon_months) if is_value else _moved_marks(standing, model, present)
    changes: list[Change] = []
    for name, before in present.items():
        if place > 0:
            changes += _smallest(name, "up", before, _passes(moved, found[place - 1], up=True))
        if place + 1 < len(found):
            changes += _smallest(name, "down", before, _passes(moved, found[place + 1], up=False))
    return changes


def _passes(moved: Moved, neighbour: Standing, up: bool) -> Callable[[str, float], bool]:
    """Whether a shift of one figure brings a standing before its neighbour above, or behind the one below."""

    def passes(name: str, shift: float) -> bool:
        standing = moved(name, shift)
        if standing is None:
            return False
        return standing.key < neighbour.key if up else standing.key > neighbour.key

    return passes


def _means(people: Sequence[Expected]) -> dict[str, float]:
    return {f.name: sum(getattr(each, f.name) for each in people) / len(people) for f in fields(Expected)}


def _moved_value(standing: Standing, model: Model, horizon_months: int) -> Moved:
    """The standing when one expectation of everybody is shifted by the same amount."""

    def moved(name: str, shift: float) -> Standing:
        people = [replace(each, **{name: _within(name, getattr(each, name) + shift)}) for each in standing.people]
        value = worth(people, model.kind, horizon_months)
        return replace(standing, score=value.score, order=value.order)

    return moved


def _moved_marks(standing: Standing, model: Model, present: Mapping[str, float]) -> Moved:
    """The standing when one of the group's medians is shifted."""

    def moved(name: str, shift: float) -> Standing | None:
        score = score_of_marks(model, {**present, name: _within(name, present[name] + shift)})
        return None if score is None else replace(standing, score=score, order=score)

    return moved


def _smallest(name: str, direction: str, before: float, is_moved: Callable[[str, float], bool]) -> list[Change]:
    """The smallest change of one figure, to either side, that does it; nothing where none within reason does."""
    found: list[Change] = []
    least, most = _bounds(name, before)
    for reach in (most - before, least - before):
        shift = _first_mark(name, reach, is_moved) if name in WHOLE_MARKS else _first(name, reach, is_moved)
        if shift is not None:
            after = _within(name, before + shift)
            found.append(Change(name, direction, before, after, _share(name, before, after)))
    return sorted(found, key=lambda each: each.share)[:1]


def _first_mark(name: str, reach: float, is_moved: Callable[[str, float], bool]) -> float | None:
    """The fewest whole marks towards an end of the scale that do it."""
    step = 1.0 if reach > 0 else -1.0
    return next((step * marks for marks in range(1, int(abs(reach)) + 1) if is_moved(name, step * marks)), None)


def _first(name: str, reach: float, is_moved: Callable[[str, float], bool]) -> float | None:
    """The shortest way towards a bound that does it, by halving."""
    if reach == 0.0 or not is_moved(name, reach):
        return None
    short, enough = 0.0, reach
    for _ in range(HALVINGS):
        middle = (short + enough) / 2.0
        short, enough = (short, middle) if is_moved(name, middle) else (middle, enough)
    return enough


def _bounds(name: str, before: float) -> tuple[float, float]:
    if name in BOUNDED:
        return BOUNDED[name]
    return _least(name), FURTHEST * max(before, HALFWAY[name])


def _least(name: str) -> float:
    return LEAST_EFFORT_WEEKS if name in {"effort_weeks", "job_size"} else 0.0


def _within(name: str, value: float) -> float:
    if name in BOUNDED:
        least, most = BOUNDED[name]
        return min(max(value, least), most)
    return max(value, _least(name))


def _share(name: str, before: float, after: float) -> float:
    if name in BOUNDED:
        return abs(after - before) / (BOUNDED[name][1] - BOUNDED[name][0])
    return abs(after - before) / before if before else FURTHEST
