"""What fits into the person-weeks at hand: the best choice, beside what the order of the ranking would fill. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from backlog.usecases.queries.ranking import Ranked
from backlog.usecases.rules.choice import Choice, Option, Outside, best_choice, filled_in_order, outside
from backlog.usecases.rules.information import Knowing, rest_of, worth_of_knowing
from backlog.usecases.rules.ranking import standings
from backlog.usecases.rules.scores import VALUE_KINDS, Model

MOST_RIVALS = 150  # the best by worth per week: a use case further down decides nothing about another's place


@dataclass(frozen=True)
class Fitting:
    """The options by rank, the person-weeks, the best choice, what the ranking's order fills, and what stays out."""

    options: list[Option]
    capacity_weeks: float
    best: Choice
    by_rank: Choice
    outside: list[Outside]


def fitting(ranked: Ranked, capacity_weeks: float | None = None) -> Fitting:
    """What fits into some person-weeks, or into the quarter's."""
    weeks = ranked.capacity_weeks if capacity_weeks is None else capacity_weeks
    options = options_of(ranked)
    best = best_choice(options, weeks)
    return Fitting(options, weeks, best, filled_in_order(options, weeks), outside(options, best, weeks))


def options_of(ranked: Ranked) -> list[Option]:
    """The ranked use cases as options, in the order of the ranking, by what a value model expects of them."""
    model = ranked.model if ranked.model.kind in VALUE_KINDS else Model()
    found, _ = standings(ranked.candidates.values(), model, ranked.horizon_months)
    place = {row.use_case_id: row.rank for row in ranked.ranking.rows}
    options = [
        Option(each.candidate.use_case_id, each.worth.net, each.worth.effort_weeks)
        for each in found
        if each.worth is not None
    ]
    return sorted(options, key=lambda each: place.get(each.use_case_id, len(place) + each.use_case_id))


def worth_knowing(ranked: Ranked, use_case_id: int) -> list[Knowing]:
    """What knowing each input of a use case better would gain for the quarter's choice, the greatest first."""
    options = options_of(ranked)
    if use_case_id not in {each.use_case_id for each in options}:
        return []
    rivals = [each for each in options if each.use_case_id != use_case_id and each.net > 0]
    best: Sequence[Option] = sorted(rivals, key=lambda each: -each.net / each.weeks)[:MOST_RIVALS]
    rest = rest_of(best, use_case_id, ranked.capacity_weeks)
    return worth_of_knowing(ranked.candidates[use_case_id].opinions, rest, ranked.horizon_months)
