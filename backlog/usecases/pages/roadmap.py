"""The roadmap: which of our business systems becomes smarter, in which way, now, next and later."""

from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request, url_for

from backlog.kernel.catalogue import pgettext
from backlog.kernel.codes import read_id
from backlog.people.models import User
from backlog.usecases import labels, queries
from backlog.usecases.models import KEPT
from backlog.usecases.pages.asked import ANY, NONE, Asked, Filter, asked, filters
from backlog.usecases.pages.blueprint import blueprint
from backlog.usecases.queries import Placed, Roadmap, System
from backlog.usecases.rules.roadmap import HORIZONS, key_of
from backlog.web.formats import number
from backlog.web.routing import actor, allows
from backlog.web.words import gettext, ngettext

MOST_DRAWN = 12
MOST_OF_ONE = 500  # where one system is looked at whole
ICONS = {"embedded": "code", "copilot": "people", "agent": "model"}


@dataclass(frozen=True)
class Card:
    """One use case as a small card."""

    case: Placed
    url: str
    status_label: str
    mode: str
    mode_icon: str
    standing: str
    is_open: bool  # nobody estimated it yet


@dataclass(frozen=True)
class Cell:
    """What a system gets on one horizon; `more` were left out."""

    label: str
    cards: list[Card]
    more: int


@dataclass(frozen=True)
class Line:
    """One business system; `more_url` shows the whole of it, and then the list that holds what is still left out."""

    name: str
    under: str
    has: Cell
    cells: list[Cell]
    is_whole: bool
    more_url: str


@dataclass(frozen=True)
class RoadmapPage:
    """What templates/use_cases/roadmap.html draws."""

    headline: str
    under: str
    asked: Asked
    filters: list[Filter]
    clear_url: str
    fold_url: str
    departments: list[tuple[str, str]]
    modes: list[tuple[str, str]]
    north_stars: list[tuple[str, str]]
    heads: list[tuple[str, str]]
    lines: list[Line]
    ideas: int
    ideas_url: str
    hidden: int


@blueprint.get("/use-cases/roadmap")
@allows("page.read")
def roadmap() -> str:
    """Business systems against now, next and later; `?whole=CRM` shows all of one, empty: all that name none."""
    return render_template("use_cases/roadmap.html", page=_page(actor(), asked(), request.args.get("whole")))


def _page(who: User, wanted: Asked, whole: str | None) -> RoadmapPage:
    found = queries.roadmap(who, _narrowed(wanted))
    stars = {str(each.id): each.title for each in queries.all_north_stars()}
    fixed = {ANY: gettext("Aligned to one"), NONE: gettext("Aligned to no North Star")}
    meant = {"north_star": fixed.get(wanted.north_star) or stars.get(wanted.north_star, wanted.north_star)}
    return RoadmapPage(
        headline=_headline(found),
        under=gettext(
            "Next is the best choice for the %(weeks)s person-weeks of the coming quarter, as on the map.",
            weeks=number(found.capacity_weeks, 1),
        ),
        asked=wanted,
        filters=[replace(each, remove_url=_here(each.remove_url)) for each in filters(wanted, meant)],
        clear_url=url_for("use_cases.roadmap"),
        fold_url=_here(wanted.url()),
        departments=[(each, each) for each in queries.departments_in_use()],
        modes=[(key, str(word)) for key, word in labels.AI_MODES.items()],
        north_stars=[(ANY, fixed[ANY]), (NONE, fixed[NONE]), *stars.items()],
        heads=_heads(),
        lines=[_line(each, wanted, whole) for each in found.systems],
        ideas=found.ideas,
        ideas_url=url_for("use_cases.index", status="idea"),
        hidden=len(found.hidden_ids),
    )


def _narrowed(wanted: Asked) -> queries.Filters:
    """What the address asks for; a North Star that nobody has matches nothing."""
    star = wanted.north_star
    return queries.Filters(
        department=wanted.department or None,
        ai_mode=wanted.ai_mode or None,
        q=wanted.q or None,
        aligned={ANY: True, NONE: False}.get(star),
        north_star_id=None if star in ("", ANY, NONE) else read_id(star) or 0,
    )


def _here(url: str) -> str:
    return url.replace(url_for("use_cases.index"), url_for("use_cases.roadmap"), 1)


def _headline(found: Roadmap) -> str:
    named = [each for each in found.systems if each.name]
    if not named:
        return gettext("Roadmap by business system")
    now, then = sum(bool(each.now) for each in named), sum(bool(each.next) for each in named)
    return ngettext(
        "Of %(num)d system, %(now)s becomes smarter now, %(next)s next",
        "Of %(num)d systems, %(now)s become smarter now, %(next)s next",
        len(named),
        now=now,
        next=then,
    )


def _heads() -> list[tuple[str, str]]:
    """The horizons, each with what stands there."""
    return [
        (str(pgettext("horizon", "Now")), gettext("selected or being delivered")),
        (str(pgettext("horizon", "Next")), gettext("chosen for the coming quarter")),
        (str(pgettext("horizon", "Later")), gettext("what else waits")),
    ]


def _line(system: System, wanted: Asked, whole: str | None) -> Line:
    is_whole = whole is not None and key_of(whole) == key_of(system.name)
    most = MOST_OF_ONE if is_whole else MOST_DRAWN
    labels_of = [gettext("Has already"), *(label for label, _ in _heads())]
    has, *cells = [
        Cell(label, [_card(each) for each in cases[:most]], max(0, len(cases) - most))
        for label, cases in zip(labels_of, (getattr(system, name) for name in ("has", *HORIZONS)), strict=True)
    ]
    if is_whole:
        more_url = url_for("use_cases.index", q=system.name) if system.name else url_for("use_cases.index")
    else:
        said: dict[str, Any] = {**dict(wanted.carried()), "whole": system.name}
        more_url = url_for("use_cases.roadmap", **said, _anchor="whole")
    under = ngettext("%(num)s use case", "%(num)s use cases", system.size)
    return Line(system.name, under, has, cells, is_whole, more_url)


def _card(case: Placed) -> Card:
    return Card(
        case=case,
        url=url_for("use_cases.show", code=case.code),
        status_label=str(labels.STATUSES[case.status]),
        mode=str(labels.SHORT_MODES.get(case.ai_mode or "", "")),
        mode_icon=ICONS.get(case.ai_mode or "", ""),
        standing=_standing(case),
        is_open=case.rank is None,
    )


def _standing(case: Placed) -> str:
    if case.rank is None:
        return gettext("not ranked") if case.status in KEPT else gettext("not estimated")
    if case.status in KEPT:
        return gettext("chosen as rank %(rank)s", rank=case.rank)
    return gettext("rank %(rank)s", rank=case.rank)
