"""The hybrid ROI of the company: three dimensions, the columns side by side, the cumulative chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import url_for
from flask_babel import format_date

from backlog.kernel import clock
from backlog.kernel.language import marked
from backlog.ledger.queries import HybridRoi, Strategic
from backlog.ledger.rules import Column, Figures, Statement
from backlog.lighthouse.rules import add_months
from backlog.portfolio.pages.rows import Sum, best_basis
from backlog.usecases.models import DataAsset
from backlog.web.drawing import Drawing, cumulative_chart
from backlog.web.formats import day, money, money_axis, money_exact, number, percent
from backlog.web.words import gettext, ngettext

SHOWN: tuple[Column, ...] = ("estimated", "measured", "verified")
LABELS = {"estimated": marked("estimated"), "measured": marked("measured"), "verified": marked("verified")}
KINDS = {"estimated": "ideal", "measured": "line", "verified": "second"}


@dataclass(frozen=True)
class Third:
    """One dimension: its large figure and a sentence."""

    dim: str
    figure: Sum
    sentence: str


@dataclass(frozen=True)
class Line:
    """One figure on three bases."""

    label: str
    cells: list[Sum]


@dataclass(frozen=True)
class Metric:
    """The newest value of one strategic metric."""

    name: str
    value: str
    basis: str
    on: str
    url: str


@dataclass(frozen=True)
class Company:
    """What templates/portfolio/_company.html draws."""

    thirds: list[Third]
    bases: list[str]
    lines: list[Line]
    chart: Drawing | None
    metrics: list[Metric]


def company(roi: HybridRoi, assets: Sequence[DataAsset]) -> Company:
    """Out of the statement of everything, and the register of data assets in force."""
    found, metrics = roi.financial, _metrics(roi.strategic)
    lines = [
        Line(gettext("Benefits"), [_amount(found, each, "benefits") for each in SHOWN]),
        Line(gettext("Costs"), [_amount(found, each, "costs") for each in SHOWN]),
        Line(gettext("Net benefit"), [_amount(found, each, "net") for each in SHOWN]),
        Line(gettext("ROI"), [_roi(found, each) for each in SHOWN]),
    ]
    return Company(_thirds(roi, metrics), list(SHOWN), lines, _chart(found), [*metrics, *_registered(assets)])


def entries_url(basis: str, figure: str) -> str:
    """The page of the entries a figure is made of, with what each brings into it."""
    return url_for("value.company_entries", column=basis, figure=figure)


def _amount(found: Statement, basis: Column, figure: str) -> Sum:
    figures = found.column(basis)
    wanted = frozenset({"benefits", "costs"} if figure == "net" else {figure})
    if not any(part.figure in wanted for part in figures.parts):
        return Sum(gettext("nothing recorded"))
    return Sum(money(getattr(figures, figure)), "", entries_url(basis, figure))


def _roi(found: Statement, basis: Column) -> Sum:
    figures = found.column(basis)
    if figures.roi_percent is None:
        return Sum(gettext("not defined: no cost yet"))
    return Sum(percent(figures.roi_percent), "", entries_url(basis, "net"))


def _thirds(roi: HybridRoi, metrics: Sequence[Metric]) -> list[Third]:
    return [_financial(roi.financial), _operational(roi), _strategic(metrics)]


def _financial(found: Statement) -> Third:
    basis = best_basis(found)
    if not basis:
        return Third("financial", Sum(gettext("Nothing yet")), gettext("No cost or cash benefit in the ledger."))
    column: Column = "verified" if basis == "verified" else "measured" if basis == "measured" else "estimated"
    figures = found.column(column)
    url = entries_url(column, "net" if figures.roi_percent is not None else "benefits")
    net = gettext("net benefit %(net)s", net=money(figures.net))
    if figures.roi_percent is None:
        said = gettext("%(net)s; ROI is not defined without a cost", net=net)
        return Third("financial", Sum(money(figures.benefits), basis, url), said)
    return Third("financial", Sum(percent(figures.roi_percent), basis, url), gettext("ROI; %(net)s", net=net))


def _operational(roi: HybridRoi) -> Third:
    every = [each for each in roi.operational if each.effect is not None]
    if not every:
        return Third("operational", Sum(gettext("Nothing yet")), gettext("No KPI has a baseline yet."))
    good = sum(1 for each in every if str(each.effect.verdict) == "improved")
    figure = Sum(f"{good}/{len(every)}", "measured", url_for("kpis.index"))
    return Third("operational", figure, gettext("target KPIs with a baseline have improved"))


def _strategic(metrics: Sequence[Metric]) -> Third:
    if not metrics:
        return Third("strategic", Sum(gettext("Nothing yet")), gettext("No strategic value recorded yet."))
    said = ngettext(
        "strategic value; newest: %(name)s %(value)s",
        "strategic values; newest: %(name)s %(value)s",
        len(metrics),
        name=metrics[0].name,
        value=metrics[0].value,
    )
    return Third("strategic", Sum(str(len(metrics)), "", url_for("ledger.index", dimension="strategic")), said)


def _metrics(found: Sequence[Strategic]) -> list[Metric]:
    """The newest value of each metric, newest first."""
    last = [list(rows)[-1] for _, rows in groupby(found, key=lambda each: each.entry.metric)]
    last.sort(key=lambda each: (each.entry.from_on, each.entry.id), reverse=True)
    return [
        Metric(
            each.entry.metric,
            f"{number(each.entry.value)} {each.entry.unit}".strip(),
            each.basis,
            day(each.entry.from_on),
            url_for("ledger.show", entry_id=each.entry.id),
        )
        for each in last
    ]


def _registered(assets: Sequence[DataAsset]) -> list[Metric]:
    """How many of the data assets are ready: counted in their register, not recorded in the ledger."""
    if not assets:
        return []
    ready = sum(each.is_ready(clock.today()) for each in assets)
    said = gettext("%(ready)s of %(all)s", ready=ready, all=len(assets))
    url = url_for("data_assets.index")
    return [Metric(gettext("Data assets ready to use"), said, "", gettext("from their register"), url)]


def _chart(found: Statement) -> Drawing | None:
    shown = [each for each in SHOWN if found.column(each).entry_ids and (each != "verified" or found.verified.benefits)]
    length = max((len(found.column(each).months) for each in shown), default=0)
    if length < 2:
        return None
    words = [_month(add_months(found.starts_on, at)) for at in range(length)]
    names = [str(LABELS[each]) for each in shown]
    last, (unit, yuan) = found.column(shown[-1]).months, money_axis()
    return cumulative_chart(
        "cumulative",
        gettext("Cumulative net of the company: %(net)s", net=money(last[-1].cumulative_net if last else 0)),
        gettext("Cumulative net benefit by month"),
        [
            (KINDS[each], name, [float(m.cumulative_net / yuan) for m in found.column(each).months])
            for each, name in zip(shown, names, strict=True)
        ],
        words,
        number=number,
        unit=unit,
        headers=[gettext("Month"), *names],
        rows=[[words[at], *(_so_far(found.column(each), at) for each in shown)] for at in range(length)],
        legend=[(KINDS[each], name) for each, name in zip(shown, names, strict=True)],
    )


def _month(first: date) -> str:
    return str(format_date(first, "yy/M", rebase=False))


def _so_far(figures: Figures, month: int) -> str:
    return money_exact(figures.months[month].cumulative_net) if month < len(figures.months) else ""
