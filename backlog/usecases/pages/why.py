"""Why a use case stands where it stands: the inputs, the formula with its numbers, what matters most, what to ask."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from backlog.people.queries import names_of
from backlog.usecases import labels, queries
from backlog.usecases.models import UseCase
from backlog.usecases.pages.places import Scale, Span, scale_over
from backlog.usecases.queries.why import Explained, Term
from backlog.usecases.rules.estimates import Opinion, likely
from backlog.usecases.rules.ranking import Row, Standing
from backlog.usecases.rules.scores import VALUE_KINDS
from backlog.usecases.rules.smallest_change import Change
from backlog.usecases.rules.tornado import Bar
from backlog.web.formats import day, money, number, person_weeks, share


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
class Swing:
    """How far one input alone moves score and rank."""

    label: str
    span: Span
    ranks: str


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
    who: list[tuple[str, str]]
    ranks: Span | None
    rank_low: int | None
    rank_high: int | None
    top5: str
    lost: str
    delay: str
    swings: list[Swing]
    neighbours: list[Neighbour]
    change: str
    question: str


def why(use_case: UseCase, ranked: queries.Ranked, hidden: Collection[int]) -> Why | None:
    """The explanation, or None for what isn't ranked; nothing of the estimates while they are hidden."""
    told = queries.explain(ranked, use_case.id, hidden)
    if told is None:
        return None
    row, blind, opinions = told.row, use_case.id in hidden, ranked.candidates[use_case.id].opinions
    return Why(
        rank=row.rank,
        computed=row.computed_rank,
        pinned=row.pinned,
        model_label=str(labels.KINDS[ranked.model.kind]),
        steps=[] if blind else _steps(told.terms, ranked),
        blind=blind,
        people=len(opinions),
        who=[] if blind else _who(opinions),
        ranks=_ranks(row, len(ranked.ranking.rows)),
        rank_low=row.rank_p10,
        rank_high=row.rank_p90,
        top5="" if row.top5_probability is None else share(row.top5_probability),
        lost="" if blind else money(told.loss),
        delay="" if blind else money(told.delay),
        swings=[] if blind else _swings(told.bars, row, ranked),
        neighbours=_neighbours(told, ranked, hidden),
        change="" if blind else _change(told),
        question="" if blind or told.asking is None else question_text(told.asking),
    )


def _who(opinions: Sequence[Opinion]) -> list[tuple[str, str]]:
    """Who estimated what when: name and day, likely benefit and effort."""
    names = names_of(each.estimator_id or 0 for each in opinions)
    words = []
    for each in opinions:
        told = gettext(
            "%(benefit)s a year, %(effort)s",
            benefit=money(likely(each, "annual_benefit")),
            effort=person_weeks(likely(each, "effort_weeks") or 0.0),
        )
        words.append((f"{names.get(each.estimator_id or 0, '')} · {day(each.made_on)}", str(told)))
    return words


def _ranks(row: Row, count: int) -> Span | None:
    if row.rank_p10 is None or row.rank_p90 is None:
        return None
    scale = Scale(1, max(count, 2))
    label = gettext("rank %(low)s to %(high)s in 80 %% of the draws", low=row.rank_p10, high=row.rank_p90)
    return Span(scale.place(row.rank_p10), scale.place(row.computed_rank), scale.place(row.rank_p90), label)


def _steps(terms: Sequence[Term], ranked: queries.Ranked) -> list[Step]:
    steps = [Step(_label(each, ranked.horizon_months), _value(each), each.is_total) for each in terms]
    if ranked.model.kind in VALUE_KINDS:
        return steps
    return [*steps[:-1], Step(str(labels.KIND_HELP[ranked.model.kind]), ""), steps[-1]]


def _label(term: Term, horizon_months: int) -> str:
    if term.unit == "mark":
        return str(labels.FIGURES.get(term.name) or gettext("Score"))
    words = {
        "annual_benefit": gettext("Expected annual benefit"),
        "success_probability": gettext("× probability of success"),
        "years_of_value": gettext("× years of value in %(months)s months", months=horizon_months),
        "benefit": gettext("= benefit"),
        "one_off_cost": gettext("− one-off cost"),
        "running_cost": gettext("− running cost in those years"),
        "net": gettext("= net value"),
        "effort_weeks": gettext("÷ person-weeks"),
        "score": gettext("= per person-week"),
    }
    return str(words[term.name])


def _value(term: Term) -> str:
    if term.unit == "yuan":
        return money(term.value)
    return share(term.value) if term.unit == "share" else number(term.value, 1 if term.unit == "person_weeks" else 2)


def _swings(bars: Sequence[Bar], row: Row, ranked: queries.Ranked) -> list[Swing]:
    """The inputs given as three points, from low to high, on one scale."""
    scale = scale_over([row.mean, *(end for bar in bars for end in (bar.at_low, bar.at_high))])
    found = []
    for bar in bars:
        low, high = sorted((bar.at_low, bar.at_high))
        figure = str(labels.FIGURES[bar.figure])
        words = {"figure": figure, "low": _score_text(bar.at_low, ranked), "high": _score_text(bar.at_high, ranked)}
        label = gettext("%(figure)s: %(low)s at its low estimate, %(high)s at its high one", **words)
        span = Span(scale.place(low), scale.place(row.mean), scale.place(high), label)
        ranks = sorted((bar.rank_at_low, bar.rank_at_high))
        found.append(Swing(figure, span, f"{ranks[0]} – {ranks[1]}" if ranks[0] < ranks[1] else str(ranks[0])))
    return found


def _score_text(score: float, ranked: queries.Ranked) -> str:
    return money(score) if ranked.model.kind in VALUE_KINDS else number(score, 2)


def _neighbours(told: Explained, ranked: queries.Ranked, hidden: Collection[int]) -> list[Neighbour]:
    """Those computed one place above and below."""
    names = queries.names_for(ranked)
    near: list[tuple[int, Standing | None]] = [
        (told.row.computed_rank - 1, told.above),
        (told.row.computed_rank + 1, told.below),
    ]
    shown = []
    for place, each in near:
        if each is None:
            continue
        one = each.candidate.use_case_id
        value = "" if one in hidden else _score_text(each.score, ranked)
        shown.append(Neighbour(place, names[one]["title"], url_for("use_cases.show", code=names[one]["code"]), value))
    return shown


def _change(told: Explained) -> str:
    """The smallest single change that moves it one place up, or, of the first, one place down."""
    if told.above is None and told.below is None:
        return ""
    if told.change_is_hidden:
        return str(gettext("Not told: its neighbour's figures stay hidden until you estimate it."))
    if told.change is None:
        said = (
            gettext("No single figure, even ten times as good, would move it up.")
            if told.upward
            else gettext("No single figure would cost it its place.")
        )
        return str(said)
    before, after = _figure(told.change, told.change.before), _figure(told.change, told.change.after)
    words = {"figure": str(labels.FIGURES[told.change.figure]), "before": before, "after": after}
    if told.upward:
        return str(gettext("One place up: %(figure)s from %(before)s to %(after)s.", **words))
    return str(gettext("One place down: %(figure)s from %(before)s to %(after)s.", **words))


def _figure(change: Change, value: float) -> str:
    if change.figure in {"annual_benefit", "one_off_cost", "annual_running_cost"}:
        return money(value)
    return share(value) if change.figure in {"success_probability", "confidence"} else number(value, 2)


def question_text(asking: queries.Asking) -> str:
    """What the best question is worth, in words."""
    first = asking.knowing[0]
    words = {
        "figure": str(labels.FIGURES[first.figure]),
        "gain": money(first.gain),
        "cost": money(asking.cost),
        "effort": person_weeks(asking.weeks),
        "worth": money(asking.worth),
    }
    if asking.best is not None and asking.cost < 1:
        said = gettext(
            "Asking about “%(figure)s” could be worth %(worth)s: knowing it would gain the quarter's choice as much, and "
            "the %(effort)s that asking takes are not missing elsewhere.",
            **words,
        )
    elif asking.best is not None:
        said = gettext(
            "Asking about “%(figure)s” could be worth %(worth)s: knowing it would gain the quarter's choice up to "
            "%(gain)s, and %(effort)s on the question would bring %(cost)s elsewhere.",
            **words,
        )
    elif money(first.gain) == money(0.0):
        said = gettext("No question is worth asking: whatever the answer, the quarter's choice stays the same.")
    else:
        said = gettext(
            "No question is worth its cost: the best one, about “%(figure)s”, would gain up to %(gain)s, and "
            "%(effort)s on it would bring %(cost)s elsewhere.",
            **words,
        )
    return str(said)
