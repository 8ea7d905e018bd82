"""Why a use case stands where it stands: its standing, its inputs' weight, its neighbours, what would move it. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from math import fsum

from backlog.usecases.queries.choice import USUAL_QUESTION_WEEKS, Asking, asking
from backlog.usecases.queries.ranking import Ranked
from backlog.usecases.rules.ranking import Row, Standing, figures_of
from backlog.usecases.rules.scores import VALUE_KINDS, Model, needed_figures, years_of_value
from backlog.usecases.rules.smallest_change import Change, smallest_change
from backlog.usecases.rules.tornado import Bar, tornado
from backlog.usecases.rules.values import delay_cost, expected


@dataclass(frozen=True)
class Term:
    """One number of the formula: yuan, a share, years, person-weeks or a mark; sums end with a total."""

    name: str
    value: float
    unit: str
    is_total: bool = False


@dataclass(frozen=True)
class Explained:
    """A rank explained; `above` and `below` are its computed neighbours, `change` moves it past the one it is `upward` of.

    `change_is_hidden` where that neighbour's figures are hidden from the actor: the change would tell them.
    """

    row: Row
    terms: list[Term]
    bars: list[Bar]
    above: Standing | None
    below: Standing | None
    upward: bool
    change: Change | None
    change_is_hidden: bool
    asking: Asking | None
    delay: float
    loss: float


def explain(
    ranked: Ranked, use_case_id: int, hidden: Collection[int] = (), question_weeks: float = USUAL_QUESTION_WEEKS
) -> Explained | None:
    """The explanation of a rank; None for what isn't ranked. `hidden`: whose figures the actor may not see."""
    row = next((each for each in ranked.ranking.rows if each.use_case_id == use_case_id), None)
    if row is None:
        return None
    found, candidate, place = ranked.ranking.standings, ranked.candidates[use_case_id], row.computed_rank
    above = found[place - 2] if place > 1 else None
    below = found[place] if place < len(found) else None
    rival = above or below
    is_hidden = rival is not None and rival.candidate.use_case_id in hidden
    is_open = rival is not None and not is_hidden
    people = [expected(each) for each in candidate.opinions]
    return Explained(
        row=row,
        terms=terms(found[place - 1], ranked.model, ranked.horizon_months),
        bars=tornado(candidate, ranked.model, ranked.horizon_months, found),
        above=above,
        below=below,
        upward=above is not None,
        change=smallest_change(candidate, ranked.model, ranked.horizon_months, rival) if rival and is_open else None,
        change_is_hidden=is_hidden,
        asking=asking(ranked, use_case_id, question_weeks, hidden),
        delay=delay_cost(people),
        loss=fsum(each.loss(ranked.horizon_months) for each in people) / len(people),
    )


def terms(own: Standing, model: Model, horizon_months: int) -> list[Term]:
    """The formula with the numbers in it: means of people's means, products formed for each person and then averaged."""
    if model.kind not in VALUE_KINDS or own.worth is None:
        figures = needed_figures(own.candidate.opinions, figures_of(model))
        return [*(Term(name, value, "mark") for name, value in figures.items()), Term("score", own.score, "mark", True)]
    years = [years_of_value(each.months_to_value, horizon_months) for each in own.people]

    def mean(values: list[float]) -> float:
        return fsum(values) / len(values)

    both = list(zip(own.people, years, strict=True))
    found = [
        Term("annual_benefit", mean([each.annual_benefit for each in own.people]), "yuan"),
        Term("success_probability", mean([each.success_probability for each in own.people]), "share"),
        Term("years_of_value", mean(years), "years"),
        Term("benefit", mean([e.success_probability * e.annual_benefit * y for e, y in both]), "yuan", True),
        Term("one_off_cost", mean([each.one_off_cost for each in own.people]), "yuan"),
        Term("running_cost", mean([e.annual_running_cost * y for e, y in both]), "yuan"),
        Term("net", own.worth.net, "yuan", True),
    ]
    if model.kind == "value_per_capacity":
        found += [
            Term("effort_weeks", own.worth.effort_weeks, "person_weeks"),
            Term("score", own.score, "yuan", True),
        ]
    return found
