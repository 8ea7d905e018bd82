"""/projects/AIQC/kpis: what the project is to change, and where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, url_for

from backlog.kernel import clock
from backlog.kpis import queries as kpi_queries
from backlog.kpis import rules
from backlog.kpis.models import Kpi
from backlog.lighthouse import queries
from backlog.lighthouse.pages.blueprint import blueprint
from backlog.people.policy import may
from backlog.web.project_bar import ProjectBar, project_bar
from backlog.web.routing import actor, allows
from backlog.web.verdicts import GOAL, Verdict, sentences_of, target_told, verdict_of, way_place
from backlog.web.words import gettext


@dataclass(frozen=True)
class Part:
    """One KPI of the project."""

    kpi: Kpi
    url: str
    verdict: Verdict
    sentences: list[str]
    is_stale: bool
    is_guardrail: bool
    place: float | None
    way: str
    goal: float = GOAL


@dataclass(frozen=True)
class KpisPage:
    """What templates/projects/kpis.html draws."""

    bar: ProjectBar
    key: str
    title: str
    parts: list[Part]
    new_url: str


@blueprint.route("/projects/<key>/kpis")
@allows("page.read")
def kpis(key: str) -> str:
    """The KPIs of a project's use cases, with their verdicts."""
    project = queries.find_by_key(actor(), key)
    found = queries.kpis_of(actor(), project)
    stale = kpi_queries.stale_ids(found, clock.today(actor().time_zone))
    effects = kpi_queries.effects_of(found)
    first = next(iter(queries.use_cases_of(actor(), project)), None)
    new = url_for("kpis.new", use_case=first.code if first else None) if may(actor(), "kpi.manage") else ""
    parts = [_part(kpi, effects[kpi.id], kpi.id in stale) for kpi in found]
    page = KpisPage(project_bar(project, "kpis"), project.key, _title(found, effects), parts, new)
    return render_template("projects/kpis.html", page=page)


def _title(found: Sequence[Kpi], effects: Mapping[int, rules.Effect | None]) -> str:
    """The finding: how many of those with a baseline have improved."""
    judged = [effects[kpi.id] for kpi in found if kpi.kpi_role == "target" and effects[kpi.id] is not None]
    if not judged:
        return gettext("KPIs")
    improved = sum(effect.verdict is rules.Verdict.IMPROVED for effect in judged if effect)
    return gettext("%(improved)s of %(all)s target KPIs have improved", improved=improved, all=len(judged))


def _part(kpi: Kpi, effect: rules.Effect | None, is_stale: bool) -> Part:
    url = url_for("kpis.show", number=kpi.number)
    return Part(
        kpi=kpi,
        url=url,
        verdict=verdict_of(effect, kpi.kpi_role),
        sentences=sentences_of(kpi, effect),
        is_stale=is_stale,
        is_guardrail=kpi.kpi_role == "guardrail",
        place=way_place(effect),
        way=target_told(effect) if effect else "",
    )
