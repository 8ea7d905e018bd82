"""Why a use case stands where it stands: the inputs, the formula with its numbers, the neighbours, the smallest change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from flask import url_for
from flask_babel import gettext

from backlog.usecases import labels, queries
from backlog.usecases.models import UseCase
from backlog.usecases.pages.places import Scale, Span
from backlog.usecases.rules.ranking import Row, Standing, figures_of, standing_of, standings
from backlog.usecases.rules.scores import VALUE_KINDS, needed_figures, years_of_value
from backlog.usecases.rules.smallest_change import Change, smallest_change
from backlog.usecases.rules.values import Expected
from backlog.web.formats import money, number, share


@dataclass(frozen=True)
class Step:
    """One line of the formula."""

    label: str
    value: str
    total: bool = False


@dataclass(frozen=True)
class Neighbour:
    """Who stands above or below."""

    rank: int
    title: str
    url: str
    value: str


@dataclass(frozen=True)
class Why:
    """The explanation of a rank."""

    rank: int
    computed: int
    pinned: bool
    model_label: str
    steps: list[Step]
    blind: bool
    people: int
    ranks: Span | None
    rank_low: int | None
    rank_high: int | None
    top5: str
    lost: str
    neighbours: list[Neighbour]
    change: str


def why(use_case: UseCase, ranked: queries.Ranked, blind: bool) -> Why | None:
    """The explanation, or None for what isn't ranked; nothing of the estimates while they are hidden."""
    row = next((each for each in ranked.ranking.rows if each.use_case_id == use_case.id), None)
    if row is None:
        return None
    candidate = ranked.candidates[use_case.id]
    found, _ = standings(ranked.candidates.values(), ranked.model, ranked.horizon_months)
    own = standing_of(candidate, ranked.model, ranked.horizon_months)
    lost = own.worth.loss if own is not None and own.worth is not None else None
    return Why(
        rank=row.rank,
        computed=row.computed_rank,
        pinned=row.pinned,
        model_label=str(labels.KINDS[ranked.model.kind]),
        steps=[] if blind or own is None else _steps(own, ranked),
        blind=blind,
        people=len(candidate.opinions),
        ranks=_ranks(row, len(found)),
        rank_low=row.rank_p10,
        rank_high=row.rank_p90,
        top5="" if row.top5_probability is None else share(row.top5_probability),
        lost="" if blind or lost is None else money(lost),
        neighbours=_neighbours(row, found, ranked),
        change="" if blind else _change(row, found, ranked),
    )


def _ranks(row: Row, count: int) -> Span | None:
    if row.rank_p10 is None or row.rank_p90 is None:
        return None
    scale = Scale(1, max(count, 2))
    label = gettext("rank %(low)s to %(high)s in 80 %% of the draws", low=row.rank_p10, high=row.rank_p90)
    return Span(scale.place(row.rank_p10), scale.place(row.computed_rank), scale.place(row.rank_p90), label)


def _steps(own: Standing, ranked: queries.Ranked) -> list[Step]:
    if ranked.model.kind in VALUE_KINDS and own.worth is not None:
        return _value_steps(own, ranked)
    figures = needed_figures(own.candidate.opinions, figures_of(ranked.model))
    steps = [Step(str(labels.FIGURES[name]), number(value, 2)) for name, value in figures.items()]
    return [
        *steps,
        Step(str(labels.KIND_HELP[ranked.model.kind]), ""),
        Step(gettext("Score"), number(own.score, 2), total=True),
    ]


def _value_steps(own: Standing, ranked: queries.Ranked) -> list[Step]:
    """Means of people's means; products are formed for each person and then averaged."""
    people, horizon = own.people, ranked.horizon_months

    def mean(of: Callable[[Expected], float]) -> float:
        return fmean(of(each) for each in people)

    years = mean(lambda each: years_of_value(each.months_to_value, horizon))
    gained = mean(lambda e: e.success_probability * e.annual_benefit * years_of_value(e.months_to_value, horizon))
    running = mean(lambda e: e.annual_running_cost * years_of_value(e.months_to_value, horizon))
    net, effort = gained - mean(lambda e: e.one_off_cost) - running, mean(lambda e: e.effort_weeks)
    steps = [
        Step(gettext("Expected annual benefit"), money(mean(lambda e: e.annual_benefit))),
        Step(gettext("× probability of success"), share(mean(lambda e: e.success_probability))),
        Step(gettext("× years of value in %(months)s months", months=horizon), number(years, 2)),
        Step(gettext("= benefit"), money(gained), total=True),
        Step(gettext("− one-off cost"), money(mean(lambda e: e.one_off_cost))),
        Step(gettext("− running cost in those years"), money(running)),
        Step(gettext("= net value"), money(net), total=True),
    ]
    if ranked.model.kind == "value_per_capacity":
        steps += [
            Step(gettext("÷ person-weeks"), number(effort, 1)),
            Step(gettext("= per person-week"), money(net / effort), total=True),
        ]
    return steps


def _score_text(standing: Standing, ranked: queries.Ranked) -> str:
    return money(standing.score) if ranked.model.kind in VALUE_KINDS else number(standing.score, 2)


def _neighbours(row: Row, found: Sequence[Standing], ranked: queries.Ranked) -> list[Neighbour]:
    """Those computed one place above and below."""
    names = queries.names_for(ranked)
    near = [place for place in (row.computed_rank - 1, row.computed_rank + 1) if 1 <= place <= len(found)]
    shown = []
    for place in near:
        name = names[found[place - 1].candidate.use_case_id]
        url = url_for("use_cases.show", code=name["code"])
        shown.append(Neighbour(place, name["title"], url, _score_text(found[place - 1], ranked)))
    return shown


def _change(row: Row, found: Sequence[Standing], ranked: queries.Ranked) -> str:
    """The smallest single change that moves it one place up, or, of the first, one place down."""
    place = row.computed_rank
    if len(found) < 2:
        return ""
    up = place > 1
    neighbour = found[place - 2] if up else found[place]
    candidate = ranked.candidates[row.use_case_id]
    change = smallest_change(candidate, ranked.model, ranked.horizon_months, neighbour)
    if change is None:
        said = (
            gettext("No single figure, even ten times as good, would move it up.")
            if up
            else gettext("No single figure would cost it its place.")
        )
        return str(said)
    before, after = _figure(change, change.before), _figure(change, change.after)
    words = {"figure": str(labels.FIGURES[change.figure]), "before": before, "after": after}
    if up:
        return str(gettext("One place up: %(figure)s from %(before)s to %(after)s.", **words))
    return str(gettext("One place down: %(figure)s from %(before)s to %(after)s.", **words))


def _figure(change: Change, value: float) -> str:
    if change.figure in {"annual_benefit", "one_off_cost", "annual_running_cost"}:
        return money(value)
    return share(value) if change.figure in {"success_probability", "confidence"} else number(value, 2)
