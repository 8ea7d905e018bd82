"""What the business owner says: the pain is real; and after the start, that what changed is agreed again."""

from typing import Any

from backlog.journal.actions import record
from backlog.journal.models import Fact
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Forbidden, Invalid, Refusal, expect_version, refuse_archived
from backlog.kpis.models import Kpi
from backlog.lighthouse import queries, rules
from backlog.lighthouse.actions.values import prose
from backlog.lighthouse.models import ImpactConfirmation, Project, ProjectStep
from backlog.people.models import User
from backlog.people.policy import LADDER, require


def confirm_impact(
    actor: User,
    project: Project,
    version: int | None = None,
    *,
    statement: str = "",
    on_behalf: bool = False,
    reason: str = "",
) -> ImpactConfirmation:
    """Confirm the pain, and the due date seen with it; by the owner, or on behalf with a reason (hollow).

    Who says which version of the project they were shown confirms nothing else (R1). Said again, the new word replaces the old one; after the start it agrees to a changed due date.
    """
    statement = prose("statement", statement)
    project, is_owner, reason = _heard(actor, project, version, on_behalf, reason)
    before = queries.word_of(project)
    if before is not None and before.is_refusal and not (is_owner or before.on_behalf):
        raise Refusal("impact.refused")
    confirmation = _say(actor, project, is_owner, reason=reason, statement=statement)
    _agree_again(actor, project, None)
    return confirmation


def refuse_impact(
    actor: User, project: Project, version: int | None = None, *, on_behalf: bool = False, reason: str = ""
) -> ImpactConfirmation:
    """Say that the pain is not real, or the date not agreed: the gate stays closed until the owner confirms after all.

    Nobody confirms on behalf of an owner who refused.
    """
    project, is_owner, reason = _heard(actor, project, version, on_behalf, reason)
    return _say(actor, project, is_owner, reason=reason, is_refusal=True)


def _heard(
    actor: User, project: Project, version: int | None, on_behalf: bool, reason: str
) -> tuple[Project, bool, str]:
    """The project held as it was shown, whether its owner speaks, and the reason cleaned."""
    require(actor, "project.confirm_impact", queries.scope_of(project))
    is_owner, reason = project.business_owner_id == actor.id, prose("reason", reason)
    if not is_owner:
        _check_rank(actor, on_behalf, reason)
    project = queries.locked(project)
    expect_version(project, version)
    refuse_archived(project, "project.archived")
    return project, is_owner, reason


def _say(
    actor: User, project: Project, is_owner: bool, *, reason: str, statement: str = "", is_refusal: bool = False
) -> ImpactConfirmation:
    """Write the word down; it replaces the one that stood, the owner's own every one."""
    _withdraw(actor, project, on_behalf=None if is_owner else True)
    word = ImpactConfirmation(
        project_id=project.id,
        confirmed_by_id=actor.id,
        is_refusal=is_refusal,
        on_behalf=not is_owner,
        reason=reason,
        statement=statement,
        content=queries.present_content(project),
        at=clock.now(),
    )
    session.add(word)
    session.flush()
    code = "impact.refused" if is_refusal else "impact.confirmed"
    record(actor, code, ("project", project.id), project_id=project.id, on_behalf=not is_owner, reason=reason)
    return word


def _check_rank(actor: User, on_behalf: bool, reason: str) -> None:
    if LADDER[actor.role] < LADDER["product_manager"]:
        raise Forbidden("project.confirm_impact")
    if not on_behalf:
        raise Invalid(on_behalf="project.only_on_behalf")
    if not reason:
        raise Invalid(reason="value.required")


def withdraw_impact(actor: User, project: Project) -> None:
    """Take the confirmation back; it stays readable, and the gate asks for it again."""
    require(actor, "project.confirm_impact", queries.scope_of(project))
    project = queries.locked(project)
    refuse_archived(project, "project.archived")
    if _withdraw(actor, project, on_behalf=None):
        record(actor, "impact.withdrawn", ("project", project.id), project_id=project.id)


def _withdraw(actor: User, project: Project, on_behalf: bool | None) -> bool:
    """Let the standing words stand no longer: all, or those said on behalf."""
    standing = [each for each in queries.confirmations_of(project) if each.withdrawn_at is None]
    gone = [each for each in standing if on_behalf is None or each.on_behalf is on_behalf]
    for each in gone:
        each.withdrawn_at, each.withdrawn_by_id = clock.now(), actor.id
    session.flush()
    return bool(gone)


def on_baseline_agreed(actor: User, fact: Fact) -> None:
    """An owner agreed to a KPI: what its started projects rest on is agreed again with it."""
    kpi = session.get(Kpi, fact.subject_id)
    if kpi is None or kpi.use_case_id is None:
        return
    for project_id in queries.ids_of_use_case(kpi.use_case_id):
        project = session.get(Project, project_id)
        if project is not None:
            _agree_again(actor, project, kpi)


def _agree_again(actor: User, project: Project, kpi: Kpi | None) -> None:
    """Write down the new agreed content: of one KPI, or (None) of the due date and of which KPIs there are."""
    queries.locked(project)
    agreed = queries.agreed_content_of(project)
    if agreed is None or project.status == "draft":
        return
    present = queries.present_content(project)
    renewed = _renewed(agreed, present, kpi)
    if renewed == agreed:
        return
    session.add(
        ProjectStep(project_id=project.id, status=project.status, agreed=renewed, by_id=actor.id, at=clock.now())
    )
    session.flush()
    if not rules.changes(renewed, present):
        record(actor, "project.agreed_again", ("project", project.id), project_id=project.id)


def _renewed(agreed: dict[str, Any], present: dict[str, Any], kpi: Kpi | None) -> dict[str, Any]:
    if kpi is not None:
        return {**agreed, "kpis": {**agreed["kpis"], kpi.code: present["kpis"][kpi.code]}}
    kept = {code: content for code, content in agreed["kpis"].items() if code in present["kpis"]}
    return {**agreed, "kpis": kept, "due_on": present["due_on"]}
