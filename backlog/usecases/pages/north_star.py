"""/north-stars/1: where a North Star stands, what is aligned with it, and what came of that so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for

from backlog.kernel import clock
from backlog.ledger.rules import Statement
from backlog.ledger.rules.statement import Column, Figures
from backlog.people.models import User
from backlog.people.policy import may
from backlog.portfolio.queries.north_star import GROUPS, Aligned, Progress, Sign, progress
from backlog.usecases import labels, queries
from backlog.usecases.models import KEPT, NorthStar
from backlog.usecases.pages.north_stars import blueprint
from backlog.web.drawing import Drawing
from backlog.web.formats import day, money, share
from backlog.web.kpi_chart import chart
from backlog.web.routing import actor, allows
from backlog.web.verdicts import GOAL, Verdict, amount, verdict_of
from backlog.web.words import gettext, ngettext

MOST_CHARTS = 2
COLUMNS: tuple[Column, ...] = ("estimated", "measured", "verified")


@dataclass(frozen=True)
class Indicator:
    """A KPI with its verdict, as a line."""

    code: str
    name: str
    url: str
    verdict: Verdict
    is_stale: bool
    is_guardrail: bool
    newest: str
    target: str


@dataclass(frozen=True)
class Row:
    """A use case aligned with it."""

    case: Aligned
    url: str
    status_label: str
    standing: str
    value: str
    indicators: list[Indicator]


@dataclass(frozen=True)
class Group:
    """Use cases that stand alike."""

    title: str
    under: str
    rows: list[Row]


@dataclass(frozen=True)
class Money:
    """Benefits and costs of one basis; never added to another's."""

    basis: Column
    told: str


@dataclass(frozen=True)
class NorthStarPage:
    """What templates/north_stars/show.html draws."""

    north_star: NorthStar
    metric: str
    figures: list[tuple[str, str, str]]
    way: float | None
    way_told: str
    goal: float
    is_stale: bool
    charts: list[Drawing]
    indicators: list[Indicator]
    groups: list[Group]
    money: list[Money]
    may_manage: bool
    new_kpi_url: str


@blueprint.get("/north-stars/<int:north_star_id>")
@allows("page.read")
def show(north_star_id: int) -> str:
    """One North Star."""
    return render_template("north_stars/show.html", page=_page(actor(), queries.get_north_star(actor(), north_star_id)))


def _page(who: User, star: NorthStar) -> NorthStarPage:
    told = progress(who, star)
    return NorthStarPage(
        north_star=star,
        metric=star.metric,
        figures=_figures(star, told.leading),
        way=None if told.way is None else round(min(100.0, max(0.0, told.way * GOAL)), 1),
        way_told=_way_told(told.way),
        goal=GOAL,
        is_stale=told.leading is not None and told.leading.is_stale,
        charts=[_chart(each) for each in told.signs if len(each.rows) > 1][:MOST_CHARTS],
        indicators=[_indicator(each) for each in told.signs],
        groups=_groups(told),
        money=_money(told.realised),
        may_manage=may(who, "north_star.manage"),
        new_kpi_url=url_for("kpis.new", north_star=star.id) if may(who, "kpi.manage") else "",
    )


def _figures(star: NorthStar, leading: Sign | None) -> list[tuple[str, str, str]]:
    """From where, now, to where: each with when."""
    newest = leading.newest if leading else None
    now = (amount(newest.value, leading.kpi.unit), day(newest.observed_on)) if leading and newest else ("–", "")
    left = _left(star)
    return [
        (gettext("From"), amount(star.baseline, star.unit), gettext("where it began")),
        (gettext("Newest value"), *now),
        (gettext("Target"), amount(star.target, star.unit), left),
    ]


def _left(star: NorthStar) -> str:
    if star.due_on is None:
        return gettext("no date set")
    days = (star.due_on - clock.today()).days
    if days < 0:
        return gettext("was due on %(day)s", day=day(star.due_on))
    return ngettext("by %(day)s, %(num)s day left", "by %(day)s, %(num)s days left", days, day=day(star.due_on))


def _way_told(way: float | None) -> str:
    if way is None:
        return ""
    if way < 0:
        return gettext("The newest value lies further from the target than where it began.")
    return gettext("The newest value stands at %(share)s of the way.", share=share(way))


def _chart(sign: Sign) -> Drawing:
    return chart(sign.kpi, sign.rows, sign.baseline, sign.effect, [], id=f"chart-{sign.kpi.number}")


def _indicator(sign: Sign) -> Indicator:
    kpi, newest = sign.kpi, sign.newest
    value = (
        amount(newest.value, kpi.unit) if newest else amount(sign.effect.current.mean, kpi.unit) if sign.effect else ""
    )
    return Indicator(
        kpi.code,
        kpi.name,
        url_for("kpis.show", number=kpi.number),
        verdict_of(sign.effect, kpi.kpi_role),
        sign.is_stale,
        kpi.kpi_role == "guardrail",
        value,
        amount(kpi.target, kpi.unit) if kpi.target is not None else "",
    )


def _groups(told: Progress) -> list[Group]:
    words = {
        "under_way": (gettext("Under way now"), gettext("selected or being delivered")),
        "waits": (gettext("Waiting"), gettext("aligned, but no project has begun")),
        "has": (gettext("Delivered"), gettext("their own KPIs say what came of it")),
        "out": (gettext("Rejected or parked"), gettext("nothing to expect of them for now")),
    }
    found = [(words[name], told.of(name)) for name in GROUPS]
    return [Group(title, under, [_row(each) for each in cases]) for (title, under), cases in found if cases]


def _row(each: Aligned) -> Row:
    case = each.use_case
    rank = gettext("rank %(rank)s", rank=each.rank) if each.rank else gettext("not estimated")
    if case.status in KEPT:
        rank = gettext("chosen as rank %(rank)s", rank=each.rank) if each.rank else ""
    return Row(
        each,
        url_for("use_cases.show", code=case.code),
        str(labels.STATUSES[case.status]),
        "" if each.group == "out" else rank,
        money(each.net) if each.net is not None else "",
        [_indicator(sign) for sign in each.signs],
    )


def _money(found: Statement) -> list[Money]:
    """What use cases aligned with it cost and brought to date; nothing where the ledger holds none of it."""
    shown: Sequence[Column] = [name for name in COLUMNS if found.column(name).entry_ids]
    return [Money(name, _told(found.column(name))) for name in shown]


def _told(figures: Figures) -> str:
    words = {"benefits": money(figures.benefits), "costs": money(figures.costs)}
    if not figures.benefits:
        return gettext("no benefit yet, %(costs)s cost", costs=words["costs"])
    return gettext("%(benefits)s benefit, %(costs)s cost", **words)
