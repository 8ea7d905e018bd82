"""The map of value and feasibility, and the picker: what fits into some person-weeks."""

from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from backlog.kernel.figures import read_figure
from backlog.people.models import User
from backlog.usecases import labels, queries
from backlog.usecases.pages.blueprint import blueprint
from backlog.usecases.pages.value_map_drawn import By, bought, drawn
from backlog.usecases.queries.choice import MOST_CHOICE_WEEKS, Fitting
from backlog.usecases.rules.choice import Outside
from backlog.web.drawing.marks import Drawing
from backlog.web.formats import money, number, person_weeks
from backlog.web.routing import actor, allows
from backlog.web.ways import Way

MOST_NAMED = 8
BYS: tuple[By, ...] = ("feasibility", "probability")
Names = dict[int, dict[str, str]]


@dataclass(frozen=True)
class Line:
    """A use case in one of the lists beside the map."""

    code: str
    title: str
    url: str
    value: str
    more: str = ""


@dataclass(frozen=True)
class SharedLine:
    """A shared cost: what it is, what it costs, who rests on it, whether the choice pays it."""

    name: str
    cost: str
    weeks: str
    codes: list[str]
    is_paid: bool


@dataclass(frozen=True)
class MapPage:
    """What templates/use_cases/map.html draws."""

    headline: str
    under: str
    sides: list[Way]
    weeks: str
    weeks_wrong: str
    is_usual: bool
    usual_url: str
    by: By
    model_label: str
    map: Drawing | None
    bought: Drawing | None
    chosen: list[Line]
    outside: list[Line]
    more_outside: int
    next: str
    shared: list[SharedLine]
    questions: list[Line]
    hidden: int


@blueprint.get("/use-cases/map")
@allows("page.read")
def map_page() -> str:
    """Value against feasibility, with the efficient frontier, and the best choice for some person-weeks."""
    return render_template("use_cases/map.html", page=_page(actor()))


def _page(who: User) -> MapPage:
    weeks, wrong = _weeks()
    by: By = "probability" if request.args.get("by") == "probability" else "feasibility"
    ranked = queries.ranking()
    hidden = queries.held_back_ids(who) & {row.use_case_id for row in ranked.ranking.rows}
    fits, names = queries.fitting(ranked, weeks, hidden), queries.names_for(ranked)
    here: dict[str, Any] = {"by": by if by != BYS[0] else None, "weeks": f"{weeks:g}" if weeks is not None else None}
    return MapPage(
        headline=_headline(fits),
        under=_under(fits),
        sides=[
            Way(_side(one), url_for("use_cases.map_page", **{**here, "by": one if one != BYS[0] else None}), one == by)
            for one in BYS
        ],
        weeks=request.args.get("weeks", "")[:20] if wrong else f"{fits.capacity_weeks:g}",
        weeks_wrong=wrong,
        is_usual=weeks is None,
        usual_url=url_for("use_cases.map_page", **{**here, "weeks": None}),
        by=by,
        model_label=str(labels.KINDS[ranked.model.kind]),
        map=drawn(ranked, fits, names, by) if fits.options else None,
        bought=bought(fits) if fits.options else None,
        chosen=_chosen(fits, names),
        outside=[_outside(each, names) for each in fits.outside[:MOST_NAMED]],
        more_outside=max(0, len(fits.outside) - MOST_NAMED),
        next=_next(fits, names),
        shared=_shared(fits, names),
        questions=_questions(ranked, hidden, names),
        hidden=len(hidden),
    )


def _weeks() -> tuple[float | None, str]:
    """The person-weeks the address asks for, and what is wrong with them; None for the quarter's."""
    typed = request.args.get("weeks", "").strip()
    if not typed:
        return None, ""
    try:
        weeks = float(read_figure(typed[:40], ("周", "人周", "week", "weeks")))
    except ValueError:
        weeks = -1.0
    if 0 <= weeks <= MOST_CHOICE_WEEKS:
        return round(weeks, 2), ""
    return None, str(gettext("A number from 0 to %(most)s, such as 40.", most=f"{MOST_CHOICE_WEEKS:,}"))


def _side(by: By) -> str:
    return str(labels.FIGURES["feasibility"] if by == "feasibility" else labels.FIGURES["success_probability"])


def _headline(fits: Fitting) -> str:
    if not fits.options:
        return str(gettext("Nothing to choose from yet"))
    words = {
        "effort": person_weeks(fits.capacity_weeks, 2),
        "count": len(fits.best.use_case_ids),
        "used": number(fits.best.weeks, 1),
        "worth": money(fits.best.net),
    }
    if not fits.best.use_case_ids:
        return str(gettext("Nothing fits into %(effort)s and gains", **words))
    return str(gettext("The best %(count)s for %(effort)s: %(used)s bring %(worth)s", **words))


def _under(fits: Fitting) -> str:
    """The order of the ranking beside the best choice."""
    less = fits.best.net - fits.by_rank.net
    if not fits.options:
        return str(gettext("Use cases come onto the map once they are estimated."))
    if set(fits.best.use_case_ids) == set(fits.by_rank.use_case_ids):
        return str(gettext("Filling them up in the order of the ranking gives the same."))
    words = {"used": number(fits.by_rank.weeks, 1), "worth": money(fits.by_rank.net), "less": money(less)}
    said = gettext("Filled up in the order of the ranking, %(used)s would bring %(worth)s: %(less)s less.", **words)
    return str(said)


def _line(one: int, names: Names, value: str, more: str = "") -> Line:
    code = names[one]["code"]
    return Line(code, names[one]["title"], url_for("use_cases.show", code=code), value, more)


def _chosen(fits: Fitting, names: Names) -> list[Line]:
    """What is chosen, in the order of the ranking."""
    found = (each for each in fits.options if each.use_case_id in fits.best.use_case_ids)
    return [_line(each.use_case_id, names, money(each.net), number(each.weeks, 1)) for each in found]


def _outside(one: Outside, names: Names) -> Line:
    lacks = (
        gettext("%(effort)s more, and it adds %(gain)s", effort=person_weeks(one.missing_weeks), gain=money(one.gain))
        if one.missing_weeks > 0
        else gettext("fits beside them, and adds %(gain)s", gain=money(one.gain))
    )
    return _line(one.use_case_id, names, str(lacks))


def _next(fits: Fitting, names: Names) -> str:
    """What the next better choice would cost, and who would come and go."""
    if fits.next is None:
        return str(gettext("More person-weeks would bring nothing more.")) if fits.options else ""
    then, now = set(fits.next.choice.use_case_ids), set(fits.best.use_case_ids)
    words = {
        "effort": person_weeks(fits.next.missing_weeks, 2),
        "gain": money(fits.next.choice.net - fits.best.net),
        "come": ", ".join(names[one]["code"] for one in sorted(then - now)),
        "go": ", ".join(names[one]["code"] for one in sorted(now - then)),
    }
    if now - then:
        said = gettext("With %(effort)s more, %(come)s would come in instead of %(go)s: %(gain)s more.", **words)
    else:
        said = gettext("With %(effort)s more, %(come)s would come in: %(gain)s more.", **words)
    return str(said)


def _shared(fits: Fitting, names: Names) -> list[SharedLine]:
    found = []
    for each in fits.enabling.costs:
        resting = sorted(one.use_case_id for one in fits.options if each.id in one.needs)
        if resting:
            codes = [names[one]["code"] for one in resting]
            name, is_paid = fits.enabling.names.get(each.id, ""), each.id in fits.best.shared_ids
            found.append(SharedLine(name, money(each.cost), person_weeks(each.weeks), codes, is_paid))
    return found


def _questions(ranked: queries.Ranked, hidden: frozenset[int], names: Names) -> list[Line]:
    """What to ask next: the questions most worth their cost."""
    found = []
    for each in queries.questions(ranked, without=hidden)[:3]:
        if each.best is not None:
            line = _line(each.use_case_id, names, money(each.worth))
            found.append(replace(line, more=str(labels.FIGURES[each.best.figure])))
    return found
