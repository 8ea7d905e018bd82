"""/kpis: every KPI with its verdict, and whether a measurement is overdue."""

from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from backlog.kernel import clock
from backlog.kernel.codes import read_code, read_id
from backlog.kernel.database import session
from backlog.kernel.refusal import or_none
from backlog.kpis import queries, rules
from backlog.kpis.models import KPI_ROLES, Kpi
from backlog.kpis.pages.blueprint import blueprint
from backlog.people.policy import may
from backlog.usecases.models import NorthStar, UseCase
from backlog.web.formats import day
from backlog.web.links import link_to
from backlog.web.routing import actor, allows
from backlog.web.tables import Head
from backlog.web.verdicts import Verdict, amount, target_told, verdict_of
from backlog.web.ways import Way
from backlog.web.words import gettext, ngettext

SIZE = 50


@dataclass(frozen=True)
class Row:
    """One KPI of the list."""

    code: str
    name: str
    url: str
    of: str
    of_url: str
    verdict: Verdict
    now: str
    target: str
    way: str
    measured_on: str
    is_stale: bool
    is_guardrail: bool


@dataclass(frozen=True)
class Listing:
    """What templates/kpis/index.html draws."""

    title: str
    q: str
    views: list[Way]
    columns: list[Head]
    rows: list[Row]
    matches: int
    total: int
    next_url: str
    new_url: str
    narrowed: dict[str, str]


@blueprint.route("/kpis")
@allows("page.read")
def index() -> str | Response:
    """Every KPI: where it stands, and which wait for a measurement."""
    role, text = request.args.get("role", ""), request.args.get("q", "").strip()[:200]
    code = read_code(text)
    named = or_none(lambda: queries.find_by_number(actor(), code[1])) if code and code[0] == "KPI" else None
    if named is not None:
        return redirect(url_for(".show", number=named.number))
    filters = {"q": text, "kpi_role": role if role in KPI_ROLES else None, "archived": role == "archived"}
    after = read_id(request.args.get("after"))
    page = queries.page_of_kpis(actor(), filters, None if after is None else [after], SIZE)
    next_url = url_for(".index", after=page.last[0], role=role or None, q=text or None) if page.last else ""
    rows = _rows(list(page.rows))
    columns = (
        gettext("KPI"),
        gettext("Verdict"),
        gettext("Now"),
        gettext("Target"),
        gettext("Last measured"),
        gettext("Of"),
    )
    return render_template(
        "kpis/index.html",
        page=Listing(
            title=_title(rows),
            q=text,
            views=_views(role),
            columns=[Head(label, number=at in (2, 3), drop=at > 3) for at, label in enumerate(columns)],
            rows=rows,
            matches=queries.count(filters),
            total=queries.count({"archived": filters["archived"]}),
            next_url=next_url,
            new_url=url_for(".new") if may(actor(), "kpi.manage") else "",
            narrowed={name: "true" if value is True else str(value) for name, value in filters.items() if value},
        ),
    )


def _title(rows: list[Row]) -> str:
    stale = sum(row.is_stale for row in rows)
    if stale:
        return ngettext("%(num)d KPI waits for a measurement", "%(num)d KPIs wait for a measurement", stale)
    return gettext("KPIs")


def _views(role: str) -> list[Way]:
    choices = (
        ("", gettext("All")),
        ("target", gettext("Targets")),
        ("guardrail", gettext("Guardrails")),
        ("archived", gettext("Archived")),
    )
    return [Way(label, url_for(".index", role=each or None), each == role) for each, label in choices]


def _rows(kpis: list[Kpi]) -> list[Row]:
    today = clock.today(actor().time_zone)
    newest, stale = queries.newest_days([kpi.id for kpi in kpis]), queries.stale_ids(kpis, today)
    cases = _use_cases({kpi.use_case_id for kpi in kpis})
    stars = _north_stars({kpi.north_star_id for kpi in kpis})
    effects = queries.effects_of(kpis)
    return [_row(kpi, effects[kpi.id], newest.get(kpi.id), kpi.id in stale, _of(kpi, cases, stars)) for kpi in kpis]


def _use_cases(ids: set[int | None]) -> dict[int, UseCase]:
    return {each.id: each for each in session.scalars(select(UseCase).where(UseCase.id.in_(ids - {None})))}


def _north_stars(ids: set[int | None]) -> dict[int, NorthStar]:
    return {each.id: each for each in session.scalars(select(NorthStar).where(NorthStar.id.in_(ids - {None})))}


def _of(kpi: Kpi, cases: dict[int, UseCase], stars: dict[int, NorthStar]) -> tuple[str, str]:
    """What a KPI belongs to, and where that is."""
    case, star = cases.get(kpi.use_case_id or 0), stars.get(kpi.north_star_id or 0)
    if case is not None:
        return f"{case.code} {case.title}", link_to("use_cases.show", code=case.code)
    return (star.title, link_to("north_stars.show", north_star_id=star.id)) if star is not None else ("", "")


def _row(kpi: Kpi, effect: rules.Effect | None, last: date | None, is_stale: bool, of: tuple[str, str]) -> Row:
    return Row(
        code=kpi.code,
        name=kpi.name,
        url=url_for(".show", number=kpi.number),
        of=of[0],
        of_url=of[1],
        verdict=verdict_of(effect, kpi.kpi_role),
        now=amount(effect.current.mean, kpi.unit) if effect else "–",
        target=amount(kpi.target, kpi.unit),
        way=target_told(effect) if effect else "",
        measured_on=day(last) if last else "–",
        is_stale=is_stale,
        is_guardrail=kpi.kpi_role == "guardrail",
    )
