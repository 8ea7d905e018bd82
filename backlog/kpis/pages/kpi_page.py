"""What a KPI's page shows: verdict, chart, measurements, baseline, target, guardrails."""

from dataclasses import dataclass

from flask import url_for

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kpis import queries
from backlog.kpis.models import Kpi
from backlog.kpis.pages.parts import (
    BaselinePart,
    Certainty,
    Line,
    baseline_part,
    certainty_part,
    measurement_lines,
    target_part,
)
from backlog.kpis.queries import Standing
from backlog.lighthouse import queries as lighthouse
from backlog.people import queries as people
from backlog.people.models import User
from backlog.people.policy import may
from backlog.usecases.models import NorthStar, UseCase
from backlog.web.drawing import Drawing
from backlog.web.kpi_chart import chart, deliveries
from backlog.web.links import link_to
from backlog.web.project_bar import ProjectBar, project_bar
from backlog.web.verdicts import (
    Verdict,
    finding,
    sentences_of,
    verdict_of,
    warnings_of,
)
from backlog.web.words import gettext

MOST_ROWS = 20


@dataclass(frozen=True)
class Guard:
    """A KPI that watches the price, or the one that is watched."""

    name: str
    url: str
    verdict: Verdict


@dataclass(frozen=True)
class KpiPage:
    """What templates/kpis/show.html draws."""

    kpi: Kpi
    title: str
    bar: ProjectBar | None
    of: str
    of_url: str
    owner: str
    is_stale: bool
    verdict: Verdict
    sentences: list[str]
    warnings: list[str]
    drawing: Drawing | None
    lines: list[Line]
    hidden: int
    baseline: BaselinePart | None
    target: list[tuple[str, str]]
    certainty: Certainty | None
    guards: list[Guard]
    may_measure: bool
    may_manage: bool
    agrees: str


def build(actor: User, kpi: Kpi, show_all: bool = False) -> KpiPage:
    """Load and put into words."""
    standing, effect = queries.standing_of(kpi), queries.effect_of(kpi)
    rows = queries.all_measurements(kpi.id)
    scope, owner_id = queries.scope_of(kpi, actor), queries.owner_id_of(kpi)
    words = [word.agreed_by_id for word in standing.words]
    names = people.names_of([owner_id, *(row.measured_by_id for row in rows), *words])
    owner = names.get(owner_id or 0, "")
    may_measure = may(actor, "kpi.measure", scope) and kpi.archived_at is None
    projects = lighthouse.projects_of_kpi(actor, kpi)
    drawing = chart(kpi, rows, standing.in_force, effect, deliveries(actor, kpi)) if len(rows) > 1 else None
    of, of_url = _of(kpi)
    lines = measurement_lines(kpi, rows, names, may_measure)
    return KpiPage(
        kpi=kpi,
        title=finding(kpi.name, kpi, effect),
        bar=project_bar(projects[0], "kpis") if projects else None,
        of=of,
        of_url=of_url,
        owner=owner,
        is_stale=kpi.id in queries.stale_ids([kpi], clock.today(actor.time_zone)),
        verdict=verdict_of(effect, kpi.kpi_role),
        sentences=sentences_of(kpi, effect),
        warnings=warnings_of(effect),
        drawing=drawing,
        lines=lines if show_all else lines[:MOST_ROWS],
        hidden=0 if show_all else max(0, len(lines) - MOST_ROWS),
        baseline=baseline_part(kpi, standing, names, owner) if standing.newest else None,
        target=target_part(kpi, standing),
        certainty=certainty_part(kpi, effect),
        guards=_guards(kpi),
        may_measure=may_measure,
        may_manage=may(actor, "kpi.manage"),
        agrees=_agrees(actor, kpi, standing, owner_id),
    )


def _agrees(actor: User, kpi: Kpi, standing: Standing, owner_id: int | None) -> str:
    """How this person may agree now: own, behalf, or not at all."""
    if standing.newest is None or kpi.archived_at is not None:
        return ""
    open_for_all = not standing.is_locked or lighthouse.differs_from_agreed(kpi, standing)
    if owner_id == actor.id:
        return "own" if open_for_all or standing.is_hollow else ""
    return "behalf" if open_for_all and may(actor, "kpi.manage") else ""


def _of(kpi: Kpi) -> tuple[str, str]:
    if kpi.use_case_id is not None:
        case = session.get_one(UseCase, kpi.use_case_id)
        return f"{case.code} {case.title}", link_to("use_cases.show", code=case.code)
    star = session.get_one(NorthStar, kpi.north_star_id)
    return gettext("North Star: %(title)s", title=star.title), link_to("north_stars.show", north_star_id=star.id)


def _guards(kpi: Kpi) -> list[Guard]:
    others = queries.guardrails_of(kpi) if kpi.kpi_role == "target" else []
    effects = queries.effects_of(others)
    return [
        Guard(
            f"{each.code} {each.name}",
            url_for(".show", number=each.number),
            verdict_of(effects[each.id], each.kpi_role),
        )
        for each in others
    ]
