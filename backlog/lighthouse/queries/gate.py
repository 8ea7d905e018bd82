"""Reading the gate: what holds, what is missing, and what changed since it was agreed (R5)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.kpis import queries as kpi_queries
from backlog.kpis.models import Kpi
from backlog.kpis.queries import Standing
from backlog.lighthouse import rules
from backlog.lighthouse.models import ImpactConfirmation, Project, ProjectStep, ProjectUseCase
from backlog.lighthouse.queries.projects import use_case_ids_of
from backlog.usecases.models import UseCase

BLANK = (None, "")


def gate_of(project: Project) -> rules.Gate:
    """The gate of one project; everyday work has none, so it always stands open."""
    return gates_of([project])[project.id]


def gates_of(projects: Sequence[Project]) -> dict[int, rules.Gate]:
    """The gates of projects in a constant number of queries."""
    ids = [each.id for each in projects]
    cases = _use_cases(ids)
    kpis = kpi_queries.kpis_of_use_cases(None, {case.id for rows in cases.values() for case in rows})
    standings = kpi_queries.standings(kpis)
    confirmed = _confirmed(ids)
    agreed = agreed_contents(ids)
    return {
        each.id: _gate(each, cases.get(each.id, []), kpis, standings, each.id in confirmed, agreed.get(each.id))
        for each in projects
    }


def _gate(
    project: Project,
    cases: list[UseCase],
    kpis: list[Kpi],
    standings: Mapping[int, Standing],
    confirmed: bool,
    agreed: dict[str, Any] | None,
) -> rules.Gate:
    if project.kind == "everyday":
        return rules.Gate((), (), has_guardrail=False)
    ids = {case.id for case in cases}
    own = [kpi for kpi in kpis if kpi.use_case_id in ids]
    started = project.status != "draft"
    return rules.gate(
        impact_confirmed=confirmed,
        starts_on=project.starts_on,
        due_on=project.due_on,
        data_readiness_recorded=bool(cases) and all(case.data_readiness.strip() for case in cases),
        kpis=[_asked(kpi, standings[kpi.id], started) for kpi in own],
        reopened_by=rules.reopened_by(agreed, content_of(project, own, standings)) if started else (),
    )


def _asked(kpi: Kpi, standing: Standing, started: bool) -> rules.GateKpi:
    agreed = standing.is_locked and not standing.refusal and (started or not differs_from_agreed(kpi, standing))
    return rules.GateKpi(kpi.kpi_role, has_agreed_baseline=agreed, has_target=kpi.target is not None)


def differs_from_agreed(kpi: Kpi, standing: Standing) -> bool:
    """Whether something the owner agreed to was changed since; what had been left empty may be filled in."""
    if standing.agreement is None:
        return False
    was, now = standing.agreement.content, kpi_queries.content_of(kpi, standing)
    return any(was.get(name) not in BLANK and was.get(name) != now[name] for name in rules.KPI_CONTENT)


def content_of(project: Project, kpis: Sequence[Kpi], standings: Mapping[int, Standing]) -> dict[str, Any]:
    """What the gate of a project rests on now, KPI by KPI, and its due date."""
    contents = {kpi.code: kpi_queries.content_of(kpi, standings[kpi.id]) for kpi in kpis}
    return rules.agreed_content(contents, project.due_on)


def present_content(project: Project) -> dict[str, Any]:
    """The same, read from the database."""
    kpis = kpi_queries.kpis_of_use_cases(None, use_case_ids_of(project))
    return content_of(project, kpis, kpi_queries.standings(kpis))


def hold_kpis(project: Project) -> None:
    """Hold the KPIs of a project, in order and before the project, so that none changes while its gate is judged."""
    kpis = kpi_queries.kpis_of_use_cases(None, use_case_ids_of(project))
    for kpi in sorted(kpis, key=lambda each: each.id):
        kpi_queries.locked(kpi)


def content_to_agree(project: Project) -> dict[str, Any]:
    """What a start makes the agreed content: the KPIs whose baseline was agreed, and the due date."""
    kpis = kpi_queries.kpis_of_use_cases(None, use_case_ids_of(project))
    standings = kpi_queries.standings(kpis)
    return content_of(project, [kpi for kpi in kpis if standings[kpi.id].is_locked], standings)


def agreed_contents(project_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What was agreed last, at the start or again after it, by project."""
    query = select(ProjectStep.project_id, ProjectStep.agreed).where(
        ProjectStep.project_id.in_(project_ids), ProjectStep.agreed.is_not(None)
    )
    return {row[0]: row[1] for row in session.execute(query.order_by(ProjectStep.id)) if row[1] is not None}


def agreed_content_of(project: Project) -> dict[str, Any] | None:
    """What was agreed last for one project; None before its start."""
    return agreed_contents([project.id]).get(project.id)


def changes_of(project: Project) -> tuple[rules.Change, ...]:
    """How what is differs from what was agreed."""
    agreed = agreed_content_of(project)
    return rules.changes(agreed, present_content(project)) if agreed is not None else ()


def _use_cases(project_ids: Sequence[int]) -> dict[int, list[UseCase]]:
    query = select(ProjectUseCase.project_id, UseCase).join(UseCase, UseCase.id == ProjectUseCase.use_case_id)
    found: dict[int, list[UseCase]] = {}
    for project_id, case in session.execute(
        query.where(ProjectUseCase.project_id.in_(project_ids)).order_by(UseCase.number)
    ):
        found.setdefault(project_id, []).append(case)
    return found


def _confirmed(project_ids: Sequence[int]) -> set[int]:
    query = select(ImpactConfirmation.project_id).where(
        ImpactConfirmation.project_id.in_(project_ids),
        ImpactConfirmation.withdrawn_at.is_(None),
        ImpactConfirmation.is_refusal.is_(False),
    )
    return set(session.scalars(query))
