"""/projects/AIQC/value: what a project is worth, in three dimensions, every figure with its entries."""

from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, render_template, request, url_for

from backlog.kernel.refusal import Missing
from backlog.ledger import queries
from backlog.ledger.pages.asked import Asked, read_asked
from backlog.ledger.pages.dimensions import (
    KpiRow,
    MetricRow,
    improved,
    kpi_rows,
    metric_rows,
    operational_sentence,
    strategic_sentence,
)
from backlog.ledger.pages.earned import Shared, earned
from backlog.ledger.pages.made_of import made_of
from backlog.ledger.pages.statement import (
    Line,
    State,
    beside_of,
    best_column,
    chart_of,
    expected_month,
    heading,
    lines_of,
    state_of,
)
from backlog.ledger.pages.words import COLUMNS
from backlog.ledger.queries import HybridRoi
from backlog.ledger.rules import COLUMNS as NAMES
from backlog.ledger.rules import Column, Statement
from backlog.ledger.views import WINDOWS
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import Project
from backlog.people.policy import may
from backlog.web.drawing import Drawing
from backlog.web.formats import day, money, number, percent
from backlog.web.links import link_to
from backlog.web.project_bar import ProjectBar, project_bar
from backlog.web.routing import actor, allows
from backlog.web.words import gettext

blueprint = Blueprint("value", __name__)
FIGURES = ("benefits", "costs", "net", "capacity", "funding")


@dataclass(frozen=True)
class Third:
    """One third of the trio."""

    dim: str
    amount: str
    sentence: str
    basis: str = ""
    url: str = ""


@dataclass(frozen=True)
class ValuePage:
    """What templates/value/show.html draws."""

    bar: ProjectBar
    title: str
    eyebrow: str
    asked: Asked
    windows: list[tuple[str, str]]
    rate: str
    today: str
    state: State
    expected: str
    trio: list[Third]
    columns: list[tuple[str, str]]
    best: str
    lines: list[Line]
    beside: list[Line]
    chart: Drawing | None
    kpis: list[KpiRow]
    recorded: list[MetricRow]
    metrics: list[MetricRow]
    shared: list[Shared]
    list_url: str
    new_url: str


@blueprint.get("/projects/<key>/value")
@allows("page.read")
def show(key: str) -> str:
    """The statement of a project."""
    project, asked = _lighthouse(key), read_asked()
    return render_template("value/show.html", page=_page(project, queries.project_roi(project, asked.query), asked))


@blueprint.get("/projects/<key>/value/entries")
@allows("page.read")
def entries(key: str) -> str:
    """What one figure is made of."""
    project, asked = _lighthouse(key), read_asked()
    back = url_for("value.show", key=project.key, **asked.args)
    return _entries(queries.project_roi(project, asked.query), back, project_bar(project, "value"))


@blueprint.get("/portfolio/entries")
@allows("page.read")
def company_entries() -> str:
    """What one figure of the whole company is made of."""
    return _entries(queries.portfolio_roi(actor(), read_asked().query), link_to("portfolio.show"))


def _entries(roi: HybridRoi, back: str, bar: ProjectBar | None = None) -> str:
    column: Column = next((each for each in NAMES if each == request.args.get("column")), "measured")
    figure = request.args.get("figure", "net")
    made = made_of(actor(), roi.financial, column, figure if figure in FIGURES else "net")
    return render_template("value/entries.html", bar=bar, page=made, back=back)


def _lighthouse(key: str) -> Project:
    """A project that has a value: everyday work has none."""
    project = lighthouse.find_by_key(actor(), key)
    if project.kind != "lighthouse":
        raise Missing
    return project


def _page(project: Project, roi: HybridRoi, asked: Asked) -> ValuePage:
    found, rate = roi.financial, number(roi.rate_percent)
    urls = {
        f"{name}.{figure}": url_for("value.entries", key=project.key, column=name, figure=figure, **asked.args)
        for name in NAMES
        for figure in FIGURES
    }
    metrics, best = metric_rows(roi.strategic), best_column(found)
    parts = found.column(best).parts
    loaded = queries.entries_by_id(actor(), [part.entry_id for part in parts])
    return ValuePage(
        bar=project_bar(project, "value"),
        title=heading(found),
        eyebrow=_eyebrow(roi, asked),
        asked=asked,
        windows=[(each, window_name(each)) for each in WINDOWS],
        rate=rate,
        today=day(found.as_of),
        state=state_of(found),
        expected=expected_month(found),
        trio=_trio(roi, metrics, urls),
        columns=[(name, str(COLUMNS[name])) for name in NAMES],
        best=best,
        lines=lines_of(found, urls, rate),
        beside=beside_of(found, urls),
        chart=chart_of(found),
        kpis=kpi_rows(roi.operational),
        recorded=metric_rows(roi.recorded),
        metrics=metrics,
        shared=earned(actor(), [each.kpi for each in roi.operational], loaded, parts),
        list_url=url_for("ledger.index", project=project.key),
        new_url=_new_url(project),
    )


def _new_url(project: Project) -> str:
    allowed = may(actor(), "entry.record", lighthouse.scope_of(project))
    return url_for("ledger.new", project=project.key) if allowed else ""


def window_name(window: str) -> str:
    """A window in words."""
    return gettext("To date") if window == "to_date" else gettext("%(n)s months", n=window)


def _eyebrow(roi: HybridRoi, asked: Asked) -> str:
    first, last = day(roi.financial.starts_on), day(roi.financial.as_of)
    return gettext(
        "Hybrid ROI · %(window)s · from %(first)s, as of %(last)s",
        window=window_name(asked.window),
        first=first,
        last=last,
    )


def _trio(roi: HybridRoi, metrics: list[MetricRow], urls: dict[str, str]) -> list[Third]:
    good, every = improved(roi.operational)
    first = metrics[0] if metrics else None
    return [
        _financial(roi, urls),
        Third(
            "operational",
            f"{good}/{every}" if every else gettext("Nothing yet"),
            operational_sentence(roi.operational),
            "measured" if every else "",
            "#operational" if every else "",
        ),
        Third(
            "strategic",
            first.now if first else gettext("Nothing yet"),
            strategic_sentence(metrics),
            first.basis if first else "",
            first.url if first else "",
        ),
    ]


def _financial(roi: HybridRoi, urls: dict[str, str]) -> Third:
    """The large figure of the first third: a return where there is one; what was spent while one invests."""
    found, best = roi.financial, best_column(roi.financial)
    state = state_of(found)
    if state in ("empty", "beside"):
        return Third("financial", gettext("Nothing yet"), gettext("No cost or cash benefit in the ledger."))
    if state == "investing":
        return Third("financial", money(found.measured.costs), _expecting(found), "measured", urls["measured.costs"])
    figures = found.column(best)
    if figures.roi_percent is None:
        said = gettext("benefit; ROI is not defined without a cost")
        return Third("financial", money(figures.benefits), said, best, urls[f"{best}.benefits"])
    return Third("financial", percent(figures.roi_percent), _others(roi, best), best, urls[f"{best}.net"])


def _expecting(found: Statement) -> str:
    month = expected_month(found)
    return gettext("invested; benefit expected from %(month)s", month=month) if month else gettext("invested so far")


def _others(roi: HybridRoi, best: str) -> str:
    """The same ratio on other bases."""
    said = [gettext("%(basis)s ROI", basis=str(COLUMNS[best]))]
    for name in NAMES[:3]:
        value: Decimal | None = roi.financial.column(name).roi_percent
        if name != best and value is not None:
            said.append(f"{COLUMNS[name]} {percent(value)}")
    return gettext("; ").join(said)
