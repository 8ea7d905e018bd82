"""What fits into the person-weeks at hand: the best choice, beside what the order of the ranking would fill. Reads only."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from backlog.usecases.queries.enabling import Enabling, enabling
from backlog.usecases.queries.ranking import Ranked
from backlog.usecases.rules.choice import (
    Choice,
    Next,
    Option,
    Outside,
    best_choice,
    filled_in_order,
    next_choice,
    outside,
)
from backlog.usecases.rules.information import Knowing, cost_of_asking, rest_of, worth_of_knowing
from backlog.usecases.rules.ranking import Standing, standings
from backlog.usecases.rules.scores import VALUE_KINDS, Model

MOST_RIVALS = 60  # the best by worth per week: what stands further down decides nothing about another's place
MOST_SHARED = 5  # shared costs tried both ways for a question; others stay as the best choice has them
MOST_ASKED = 40  # use cases for which a question is weighed: those whose place in the choice is least certain
USUAL_QUESTION_WEEKS = 1.0
MOST_CHOICE_WEEKS = 10_000


@dataclass(frozen=True)
class Fitting:
    """The options by rank, the person-weeks, the best choice, what the ranking's order fills, what stays out, what is next."""

    options: list[Option]
    capacity_weeks: float
    best: Choice
    by_rank: Choice
    outside: list[Outside]
    next: Next | None
    enabling: Enabling

    def at(self, weeks: float) -> Choice:
        """The best choice within other person-weeks."""
        return best_choice(self.options, weeks, self.enabling.costs)


@dataclass(frozen=True)
class Asking:
    """What questions about a use case are worth: person-weeks one takes, what these bring elsewhere, and each input's gain."""

    use_case_id: int
    weeks: float
    cost: float
    knowing: list[Knowing]

    @property
    def best(self) -> Knowing | None:
        """The input most worth asking about, if its gain is more than the question costs."""
        first = self.knowing[0] if self.knowing else None
        return first if first is not None and first.gain > self.cost else None

    @property
    def worth(self) -> float:
        """The gain of the best question, less what it costs; 0 where none is worth it."""
        return self.best.gain - self.cost if self.best else 0.0


def fitting(ranked: Ranked, capacity_weeks: float | None = None, without: Collection[int] = ()) -> Fitting:
    """What fits into some person-weeks, or into the quarter's; `without` those whose figures are hidden."""
    weeks, shared = ranked.capacity_weeks if capacity_weeks is None else capacity_weeks, enabling()
    options = [each for each in options_of(ranked, shared) if each.use_case_id not in without]
    best = best_choice(options, weeks, shared.costs)
    left = outside(options, best, weeks, shared.costs)
    order = filled_in_order(options, weeks, shared.costs)
    return Fitting(options, weeks, best, order, left, next_choice(options, best, weeks, left, shared.costs), shared)


def filled(ranked: Ranked) -> Choice:
    """How far the quarter's person-weeks reach down the ranking, shared costs paid once: where the line of the list lies.

    What the model does not rank lies below every line.
    """
    shared, placed = enabling(), {row.use_case_id for row in ranked.ranking.rows}
    options = [each for each in options_of(ranked, shared) if each.use_case_id in placed]
    return filled_in_order(options, ranked.capacity_weeks, shared.costs)


def options_of(ranked: Ranked, shared: Enabling) -> list[Option]:
    """The ranked use cases as options, in the order of the ranking, by what a value model expects of them."""
    found = ranked.ranking.standings
    if ranked.model.kind not in VALUE_KINDS:
        found = tuple(standings(ranked.candidates.values(), Model(), ranked.horizon_months)[0])
    place = {row.use_case_id: row.rank for row in ranked.ranking.rows}
    return sorted(_options(found, shared), key=lambda each: place.get(each.use_case_id, len(place) + each.use_case_id))


def _options(found: Iterable[Standing], shared: Enabling) -> list[Option]:
    return [
        Option(one, each.worth.net, each.worth.effort_weeks, shared.needs.get(one, frozenset()))
        for each in found
        if each.worth is not None
        for one in [each.candidate.use_case_id]
    ]


def chosen_ids(found: Iterable[Standing], capacity_weeks: float, without: Collection[int] = ()) -> frozenset[int]:
    """The best choice within some person-weeks of what is expected, and nothing about what stays out."""
    shared = enabling()
    options = [each for each in _options(found, shared) if each.use_case_id not in without]
    return frozenset(best_choice(options, capacity_weeks, shared.costs).use_case_ids)


def asking(
    ranked: Ranked, use_case_id: int, weeks: float = USUAL_QUESTION_WEEKS, without: Collection[int] = ()
) -> Asking | None:
    """What knowing each input of a use case better would gain for the quarter's choice; None for what has no figures."""
    shared = enabling()
    options = [each for each in options_of(ranked, shared) if each.use_case_id not in without]
    if use_case_id not in {each.use_case_id for each in options}:
        return None
    cost = cost_of_asking(options, weeks, ranked.capacity_weeks, shared.costs)
    return _asking(ranked, use_case_id, options, shared, weeks, cost)


def questions(ranked: Ranked, weeks: float = USUAL_QUESTION_WEEKS, without: Collection[int] = ()) -> list[Asking]:
    """The questions worth their cost, the most worth first: what to ask next."""
    shared = enabling()
    options = [each for each in options_of(ranked, shared) if each.use_case_id not in without]
    cost = cost_of_asking(options, weeks, ranked.capacity_weeks, shared.costs)
    best = best_choice(options, ranked.capacity_weeks, shared.costs)
    near = sorted(options, key=lambda each: (each.use_case_id not in best.use_case_ids, -each.net / each.weeks))
    found = [_asking(ranked, each.use_case_id, options, shared, weeks, cost) for each in near[:MOST_ASKED]]
    return sorted((each for each in found if each.worth > 0), key=lambda each: (-each.worth, each.use_case_id))


def _asking(
    ranked: Ranked, use_case_id: int, options: Sequence[Option], shared: Enabling, weeks: float, cost: float
) -> Asking:
    """Weigh the questions about one use case against its nearest rivals."""
    rivals = [each for each in options if each.use_case_id != use_case_id and each.net > 0]
    near = sorted(rivals, key=lambda each: -each.net / each.weeks)[:MOST_RIVALS]
    own = next(each for each in options if each.use_case_id == use_case_id)
    kept = sorted(shared.costs, key=lambda each: (each.id not in own.needs, each.id))[:MOST_SHARED]
    known = frozenset(each.id for each in kept)
    both = [replace(each, needs=each.needs & known) for each in (own, *near)]
    rest = rest_of(both, use_case_id, ranked.capacity_weeks, kept)
    knowing = worth_of_knowing(ranked.candidates[use_case_id].opinions, rest, ranked.horizon_months)
    return Asking(use_case_id, weeks, cost, knowing)
