"""The two drawings of the map: bubbles with their frontier, and what person-weeks buy."""

from math import ceil, floor
from typing import Literal

from flask import url_for
from flask_babel import gettext

from backlog.usecases import labels, queries
from backlog.usecases.queries.choice import Fitting
from backlog.usecases.rules.choice import Option
from backlog.usecases.rules.estimates import Opinion, group_median
from backlog.usecases.rules.ranking import Row
from backlog.usecases.rules.values import expected
from backlog.web.drawing.marks import Drawing
from backlog.web.drawing.scatter import Bubble, Chart, scatter_chart
from backlog.web.drawing.steps import Words, steps_chart
from backlog.web.formats import money, money_axis, number, person_weeks, share

By = Literal["feasibility", "probability"]
Names = dict[int, dict[str, str]]
POINTS = 32  # of the curve of what person-weeks buy, beside where it bends
FEW_SHARED = 5  # with more shared costs each point takes longer
MOST_BUBBLES = 300


def drawn(ranked: queries.Ranked, fits: Fitting, names: Names, by: By) -> Drawing:
    """Each use case where its feasibility and its net value put it, as large as its effort."""
    rows = {row.use_case_id: row for row in ranked.ranking.rows}
    options = sorted(fits.options, key=lambda each: each.use_case_id not in fits.best.use_case_ids)[:MOST_BUBBLES]
    bubbles = [_bubble(each, rows, ranked, fits, names, by) for each in options]
    unit, size = money_axis()
    chart = Chart(
        caption=gettext("On the amber line nothing else is both worth more and more certain.")
        if by == "probability"
        else gettext("On the amber line nothing else is both worth more and more feasible."),
        label=gettext("Use cases by net value and feasibility"),
        axes=(
            f"↑ {gettext('Net value, %(months)s months', months=ranked.horizon_months)} ({unit})",
            f"{labels.FIGURES['success_probability' if by == 'probability' else 'feasibility']} →",
        ),
        across=_across(bubbles, by),
        number=lambda value: number(value / size, 0),
        legend=[
            ("bubble", gettext("in the choice")),
            ("out", gettext("not in it")),
            ("front", gettext("efficient frontier")),
            ("whisker", gettext("80 % interval; the larger, the more person-weeks")),
        ],
    )
    heads = [
        gettext("Use case"),
        str(labels.FIGURES["success_probability" if by == "probability" else "feasibility"]),
        gettext("Net value"),
        gettext("80 % interval"),
        gettext("Person-weeks"),
        gettext("In the choice"),
    ]
    return scatter_chart("map", chart, bubbles, heads, [_row(each, by) for each in bubbles])


def _bubble(
    option: Option, rows: dict[int, Row], ranked: queries.Ranked, fits: Fitting, names: Names, by: By
) -> Bubble:
    one, row = option.use_case_id, rows[option.use_case_id]
    opinions = ranked.candidates[one].opinions
    low, high = (value if value is not None else option.net for value in (row.net_p10, row.net_p90))
    words = {
        "code": names[one]["code"],
        "title": names[one]["title"],
        "net": money(option.net),
        "effort": person_weeks(option.weeks),
    }
    title = gettext("%(code)s %(title)s: %(net)s for %(effort)s", **words)
    url = url_for("use_cases.show", code=names[one]["code"])
    is_out = one not in fits.best.use_case_ids
    return Bubble(_at(opinions, by), option.net, low, high, option.weeks, names[one]["title"], str(title), url, is_out)


def _at(opinions: tuple[Opinion, ...], by: By) -> float:
    """Where a use case stands across: the group's mark, or the mean of people's chances."""
    if by == "feasibility":
        return float(group_median(opinions).feasibility)
    return sum(expected(each).success_probability for each in opinions) / len(opinions)


def _across(bubbles: list[Bubble], by: By) -> list[tuple[float, str]]:
    """The marks of the axis, with some room at both ends."""
    if by == "feasibility":
        least, most = floor(min(each.x for each in bubbles)), ceil(max(each.x for each in bubbles))
        return [(least - 0.5, ""), *((float(mark), str(mark)) for mark in range(least, most + 1)), (most + 0.5, "")]
    least = floor(min(each.x for each in bubbles) * 10 - 0.5)
    tenths = range(max(0, least), 11)
    return [(tenths[0] / 10, ""), *((each / 10, share(each / 10)) for each in tenths[1:]), (1.03, "")]


def _row(each: Bubble, by: By) -> list[str]:
    across = share(each.x) if by == "probability" else number(each.x, 1)
    interval = gettext("%(low)s to %(high)s", low=money(each.low), high=money(each.high))
    return [each.name, across, money(each.y), str(interval), number(each.size, 1), "–" if each.out else "✓"]


def bought(fits: Fitting) -> Drawing:
    """The best choice at each number of person-weeks, beside what the order of the ranking fills."""
    gaining = [each for each in fits.options if each.net > 0]
    most = max(fits.capacity_weeks * 1.5, min(sum(each.weeks for each in gaining), fits.capacity_weeks * 2.5), 1.0)
    order = _in_order(fits, most)
    points = POINTS if len(fits.enabling.costs) <= FEW_SHARED else POINTS // 4
    spots = {most * at / points for at in range(points + 1)} | {fits.capacity_weeks} | {at for at, _ in order[:points]}
    best = [(at, fits.at(at).net) for at in sorted(spots)]
    unit, size = money_axis()
    words = Words(
        caption=gettext("What person-weeks bring"),
        label=gettext("Net value of the best choice by person-weeks"),
        axes=(f"↑ {gettext('Net value')} ({unit})", f"{gettext('Person-weeks')} →"),
        budget=gettext("capacity %(weeks)s", weeks=number(fits.capacity_weeks, 1)),
        worth=lambda value: number(value / size, 0),
        spent=lambda value: number(value, 0),
        legend=[("line", gettext("in the order of the ranking")), ("front", gettext("best choice"))],
    )
    rows = [[number(at, 1), money(net)] for at, net in best]
    heads = [gettext("Person-weeks"), gettext("Best choice")]
    return steps_chart("bought", words, [("line", order), ("front", best)], fits.capacity_weeks, heads, rows)


def _in_order(fits: Fitting, most: float) -> list[tuple[float, float]]:
    """What the order of the ranking has brought after each further use case; shared costs paid with the first that needs them."""
    found, unpaid = [(0.0, 0.0)], {each.id: each for each in fits.enabling.costs}
    for each in fits.options:
        more = [unpaid.pop(one) for one in sorted(each.needs) if one in unpaid]
        weeks, net = found[-1]
        found.append(
            (weeks + each.weeks + sum(one.weeks for one in more), net + each.net - sum(one.cost for one in more))
        )
    return [each for each in found if each[0] <= most]
