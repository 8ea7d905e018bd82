"""The steps of a project: start, deliver, scale, stop."""

from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Invalid, Refusal, refuse_archived, wrong
from backlog.lighthouse import queries, rules
from backlog.lighthouse.actions.projects import let_follow, let_go
from backlog.lighthouse.actions.values import prose
from backlog.lighthouse.models import Project, ProjectStep
from backlog.people import queries as people
from backlog.people.models import User
from backlog.people.policy import require

OPEN_ITEMS = ("keep", "archive")  # what becomes of what is not done when a project is stopped


def start(actor: User, project: Project, reason: str = "") -> Project:
    """Let a project begin, through its gate (R5): refused with all that is missing."""
    queries.hold_kpis(project)
    project = _ready(actor, project, "start")
    for case in queries.use_cases_of(actor, project):
        hold(case)
    gate = queries.gate_of(project)
    if not gate.is_open:
        raise Refusal("gate.closed", missing=list(gate.missing))
    if project.starts_on is None:
        project.starts_on = clock.today()
    agreed = queries.content_to_agree(project) if project.kind == "lighthouse" else None
    return _step(actor, project, "running", "project.started", reason, agreed)


def deliver(actor: User, project: Project, reason: str = "") -> Project:
    """Say that a project is delivered; from now on its benefits are tracked, twelve months unless set."""
    project = _ready(actor, project, "deliver")
    if project.tracked_until is None:
        project.tracked_until = rules.add_months(clock.today(), people.organisation().tracked_months)
    return _step(actor, project, "delivered", "project.delivered", reason)


def scale(actor: User, project: Project, reason: str = "") -> Project:
    """Say that what was delivered is rolled out further."""
    return _step(actor, _ready(actor, project, "scale"), "scaled", "project.scaled", reason)


def stop(actor: User, project: Project, reason: str = "", open_items: str = "keep") -> Project:
    """End a running or delivered project; why is said, and whether its open items stay on the board or are archived."""
    project = _ready(actor, project, "stop")
    errors = {} if reason.strip() else {"reason": [wrong("value.required")]}
    if open_items not in OPEN_ITEMS:
        errors["open_items"] = [wrong("value.unknown_choice", choices=list(OPEN_ITEMS))]
    if errors:
        raise Invalid(errors)
    return _step(actor, project, "stopped", "project.stopped", reason, open_items=open_items)


def _ready(actor: User, project: Project, verb: str) -> Project:
    """The project, locked, where its status lets it take the step."""
    require(actor, "project.start", queries.scope_of(project))
    project = queries.locked(project)
    refuse_archived(project, "project.archived")
    if not rules.may_step(verb, project.status):
        raise Refusal("status.not_allowed", project=project.key, **{"from": project.status, "to": rules.STEPS[verb][1]})
    return project


def _step(
    actor: User,
    project: Project,
    status: str,
    code: str,
    reason: str,
    agreed: dict[str, Any] | None = None,
    **told: str,
) -> Project:
    reason = prose("reason", reason)
    project.status = status
    session.add(
        ProjectStep(project_id=project.id, status=status, reason=reason, agreed=agreed, by_id=actor.id, at=clock.now())
    )
    session.flush()
    cases = queries.use_cases_of(actor, project)
    let_follow(actor, project, cases, reason)
    if status == "stopped":
        let_go(actor, cases, "" if project.confidential else reason)
    record(actor, code, ("project", project.id), project_id=project.id, reason=reason, **told)
    return project
