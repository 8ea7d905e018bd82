"""Projects: begun from use cases, changed, archived."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Invalid, Refusal, expect_version, refuse_archived, wrong
from backlog.kernel.unique import or_taken
from backlog.lighthouse import queries
from backlog.lighthouse.actions.values import checked, prose, usable_use_cases
from backlog.lighthouse.models import Project, ProjectUseCase
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases.actions import follow
from backlog.usecases.models import UseCase

EARLY = ("idea", "triaged", "estimated", "ready", "rejected", "parked")
FOLLOWS = {  # status of the project: which of its use cases follow, and to what
    "draft": (EARLY, "selected"),
    "running": ((*EARLY, "selected"), "delivering"),
    "delivered": (("selected", "delivering"), "delivered"),
}


def add_project(actor: User, **values: Any) -> Project:
    """Begin a project as a draft; its use cases are selected with it.

    Where no business owner is named, the owner of its first use case becomes the project's.
    """
    require(actor, "project.manage")
    missing = {name: [wrong("value.required")] for name in ("key", "name") if not values.get(name)}
    if missing:
        raise Invalid(missing)
    defaults: dict[str, Any] = {"kind": "lighthouse", "sprint_weeks": 2, "confidential": False}
    found = checked({**defaults, **{name: value for name, value in values.items() if value is not None}}, None)
    cases, why = (
        usable_use_cases(found.pop("use_case_ids", [])),
        prose("stage_reason", values.get("stage_reason") or ""),
    )
    if found.get("business_owner_id") is None:
        found["business_owner_id"] = next((case.business_owner_id for case in cases if case.business_owner_id), None)
    project = Project(created_at=clock.now(), status="draft", **found)
    with or_taken("key", "project.key_taken"):
        session.add(project)
    session.add_all([ProjectUseCase(project_id=project.id, use_case_id=case.id) for case in cases])
    session.flush()
    let_follow(actor, project, cases, why)
    ids = [case.id for case in cases]
    record(
        actor,
        "project.added",
        ("project", project.id),
        project_id=project.id,
        key=project.key,
        kind=project.kind,
        use_case_ids=ids,
    )
    return project


def let_follow(actor: User, project: Project, cases: Iterable[UseCase], reason: str = "") -> None:
    """Let use cases stand where their project stands, never further back than they are; into a full status for a reason."""
    ahead = FOLLOWS.get(project.status)
    for case in cases if ahead else ():
        if ahead and hold(case).status in ahead[0]:
            follow(actor, case, ahead[1], reason, confidential=project.confidential)


def let_go(actor: User, cases: Iterable[UseCase], reason: str = "") -> None:
    """Put use cases that no project goes on with back among those that wait to be chosen."""
    for case in cases:
        if hold(case).status in ("selected", "delivering") and not queries.is_under_way(case.id):
            follow(actor, case, "ready", reason)


def edit_project(actor: User, project: Project, version: int | None = None, **changes: Any) -> Project:
    """Change fields; what the gate rests on then asks for agreement again."""
    require(actor, "project.manage", queries.scope_of(project))
    expect_version(project, version)
    refuse_archived(project, "project.archived")
    found = checked({name: value for name, value in changes.items() if name != "key"}, project)
    if found.get("kind", project.kind) != project.kind and project.status != "draft":
        raise Refusal("project.kind_fixed")
    ids, why = found.pop("use_case_ids", None), prose("stage_reason", changes.get("stage_reason") or "")
    before = {name: getattr(project, name) for name in found if getattr(project, name) != found[name]}
    for name in before:
        setattr(project, name, found[name])
    after = {name: found[name] for name in before}
    if ids is not None and set(ids) != set(queries.use_case_ids_of(project)):
        before["use_case_ids"], after["use_case_ids"] = queries.use_case_ids_of(project), ids
        _set_use_cases(actor, project, ids, why)
    if before:
        _touch(project)
        session.flush()
        record(actor, "project.edited", ("project", project.id), project_id=project.id, before=before, after=after)
    return project


def _touch(project: Project) -> None:
    """Count a version also where only the use cases changed."""
    if not session.is_modified(project):
        project.version += 1


def _set_use_cases(actor: User, project: Project, ids: list[int], reason: str) -> None:
    present = set(queries.use_case_ids_of(project))
    gone = present - set(ids)
    session.execute(
        delete(ProjectUseCase).where(ProjectUseCase.project_id == project.id, ProjectUseCase.use_case_id.in_(gone))
    )
    cases = usable_use_cases([each for each in ids if each not in present])
    session.add_all([ProjectUseCase(project_id=project.id, use_case_id=case.id) for case in cases])
    session.flush()
    let_follow(actor, project, cases, reason)
    let_go(actor, usable_use_cases(sorted(gone)))


def archive_project(actor: User, project: Project, version: int | None = None) -> None:
    """Take a project out of sight; everything in it stays and comes back with it."""
    require(actor, "project.manage", queries.scope_of(project))
    expect_version(project, version)
    if project.archived_at is None:
        project.archived_at = clock.now()
        session.flush()
        let_go(actor, queries.use_cases_of(actor, project))
        record(actor, "project.archived", ("project", project.id), project_id=project.id)


def restore_project(actor: User, project: Project, reason: str = "") -> Project:
    """Bring an archived project back, whole; its use cases into a full status only for a reason."""
    require(actor, "project.manage", queries.scope_of(project))
    if project.archived_at is not None:
        project.archived_at = None
        session.flush()
        let_follow(actor, project, queries.use_cases_of(actor, project), prose("reason", reason))
        record(actor, "project.restored", ("project", project.id), project_id=project.id)
    return project
