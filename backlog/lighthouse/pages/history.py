"""What was agreed, what changed since, and the steps a project took: as the gate's page shows them."""

from dataclasses import dataclass
from datetime import date, datetime

from backlog.kernel.language import marked
from backlog.kpis import queries as kpi_queries
from backlog.kpis.models import Kpi
from backlog.lighthouse import queries
from backlog.lighthouse.models import Project
from backlog.lighthouse.rules import Change
from backlog.people import queries as people
from backlog.web.formats import DASH, day, number
from backlog.web.links import link_to
from backlog.web.project_bar import state_label
from backlog.web.words import gettext

WHAT = {
    "counting": marked("Way of counting"),
    "baseline_version": marked("Version of the baseline"),
    "target": marked("Target"),
    "evaluate_on": marked("Evaluation date"),
    "due_on": marked("Due date"),
    "kpi": marked("KPI"),
}
DAYS = ("evaluate_on", "due_on")


@dataclass(frozen=True)
class Changed:
    """One agreed thing that is no longer so, and who has to agree again."""

    what: str
    was: str
    now: str
    who: str
    url: str


@dataclass(frozen=True)
class StepTaken:
    """One step: who, what, when, why."""

    name: str
    what: str
    at: datetime
    reason: str


def changed(project: Project, kpis: list[Kpi]) -> list[Changed]:
    """How what is differs from what was agreed, and who must agree again."""
    by_code = {kpi.code: kpi for kpi in kpis}
    owners = {kpi.code: kpi_queries.owner_id_of(kpi) for kpi in kpis}
    names = people.names_of([project.business_owner_id, *owners.values()])
    return [_changed(project, each, by_code.get(each.kpi or ""), owners, names) for each in queries.changes_of(project)]


def _changed(
    project: Project, change: Change, kpi: Kpi | None, owners: dict[str, int | None], names: dict[int, str]
) -> Changed:
    owner = owners.get(change.kpi or "") or project.business_owner_id
    what = str(WHAT[change.what])
    return Changed(
        what=gettext("%(what)s of %(kpi)s", what=what, kpi=change.kpi) if change.kpi else what,
        was=_told(change.what, change.was),
        now=_told(change.what, change.now) if change.what != "kpi" else gettext("no longer part of the project"),
        who=names.get(owner or 0, DASH),
        url=link_to("kpis.show", number=kpi.number) + "#baseline" if kpi else "#impact",
    )


def _told(what: str, value: object) -> str:
    if value is None or value == "":
        return DASH
    if what in DAYS:
        return day(date.fromisoformat(str(value)))
    return number(value) if isinstance(value, int | float) else str(value)


def steps_taken(project: Project) -> list[StepTaken]:
    """The steps, newest first; what was agreed again stands among them."""
    steps, before = queries.steps_of(project), "draft"
    names = people.names_of(step.by_id for step in steps)
    taken = []
    for step in steps:
        same = step.status == before
        what = (
            gettext("agreed again to what had changed")
            if same
            else gettext("set the project to “%(state)s”", state=state_label(step.status))
        )
        taken.append(StepTaken(names.get(step.by_id, DASH), what, step.at, step.reason))
        before = step.status
    return taken[::-1]
