"""Reading projects. Confidential ones exist for their squad, their owner, product managers and admins only."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from backlog.kernel.database import hold, session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page, page
from backlog.kernel.refusal import Missing
from backlog.kernel.text import fold
from backlog.kpis import queries as kpi_queries
from backlog.kpis.models import Kpi
from backlog.lighthouse.models import ImpactConfirmation, Project, ProjectStep, ProjectUseCase
from backlog.people.models import User
from backlog.people.policy import Scope, may_see, sees_everything
from backlog.usecases.models import UseCase

PROJECTS = Listing(
    filters={
        "status": Project.status,
        "kind": Project.kind,
        "squad_id": Project.squad_id,
        "business_owner_id": Project.business_owner_id,
        "confidential": Project.confidential,
    },
    texts=(Project.key, Project.name),
    sorts={
        "id": Project.id,
        "key": Project.key,
        "name": Project.name,
        "kind": Project.kind,
        "status": Project.status,
        "starts_on": Project.starts_on,
        "due_on": Project.due_on,
        "budget": Project.budget,
        "tracked_until": Project.tracked_until,
        "created_at": Project.created_at,
    },
    default="-created_at",
    archived=Project.archived_at,
    conditions={"use_case_id": lambda one: Project.id.in_(_ids_of([one]))},
)


def scope_of(project: Project) -> Scope:
    """Whose project it is."""
    return Scope(squad_id=project.squad_id, owner_id=project.business_owner_id, confidential=project.confidential)


def _seen(actor: User, query: Select[Any]) -> Select[Any]:
    """Narrow a query of projects to those the actor may know of."""
    if sees_everything(actor):
        return query
    own = or_(Project.squad_id.in_(sorted(actor.squad_ids)), Project.business_owner_id == actor.id)
    return query.where(or_(Project.confidential.is_(False), own))


def get_project(actor: User, project_id: int) -> Project:
    """A project by id."""
    return _shown(actor, session.get(Project, project_id))


def get_project_in_force(actor: User, project_id: int) -> Project:
    """A project that something new may be made for: neither hidden nor archived."""
    project = get_project(actor, project_id)
    if project.archived_at is not None:
        raise Missing
    return project


def find_by_key(actor: User, key: str) -> Project:
    """A project by its key in any writing."""
    return _shown(actor, session.scalar(_of_key(), {"key": fold(key)[:20].upper()}))


@cache
def _of_key() -> Select[Any]:
    return select(Project).where(Project.key == bindparam("key"))


def _shown(actor: User, project: Project | None) -> Project:
    if project is None or not may_see(actor, scope_of(project)):
        raise Missing
    return project


def locked(project: Project) -> Project:
    """The project as it is now, its row locked until commit: its status, gate and sprints hang on it."""
    return hold(project)


def visible_project_ids(actor: User) -> Select[Any]:
    """The ids of the projects an actor may know of, for `.where(X.project_id.in_(…))`."""
    return _seen(actor, select(Project.id))


def visible_projects(actor: User, ids: list[int]) -> set[int]:
    """Those of the ids the actor may know of."""
    return set(session.scalars(_seen(actor, select(Project.id).where(Project.id.in_(ids)))))


def filtered(actor: User, filters: dict[str, Any]) -> Select[Any]:
    """Projects that match the filters of the list, as far as the actor may know of them."""
    return PROJECTS.narrowed(_seen(actor, select(Project)), filters)


def page_of_projects(actor: User, filters: dict[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """Projects that match, newest first unless sorted otherwise."""
    return page(filtered(actor, filters), PROJECTS.keys(filters.get("sort")), after, size)


def count(actor: User, filters: dict[str, Any]) -> int:
    """How many projects match."""
    return session.scalar(select(func.count()).select_from(filtered(actor, filters).subquery())) or 0


def all_projects(actor: User, archived: bool = False) -> list[Project]:
    """Every project the actor may know of, by key; with archived ones if asked."""
    query = _seen(actor, select(Project).order_by(Project.key))
    return list(session.scalars(query if archived else query.where(Project.archived_at.is_(None))))


def _ids_of(use_case_ids: Iterable[int]) -> Select[Any]:
    return select(ProjectUseCase.project_id).where(ProjectUseCase.use_case_id.in_(list(use_case_ids)))


def ids_of_use_case(use_case_id: int) -> list[int]:
    """The projects of a use case, whoever may know of them: for rules and listeners, never for showing."""
    return list(session.scalars(_ids_of([use_case_id]).order_by(ProjectUseCase.project_id)))


def is_under_way(use_case_id: int) -> bool:
    """Whether some project, neither archived nor stopped, is to deliver a use case."""
    query = select(Project.id).where(Project.id.in_(_ids_of([use_case_id])), Project.archived_at.is_(None))
    return session.scalar(query.where(Project.status != "stopped").limit(1)) is not None


def projects_of_use_case(actor: User, use_case_id: int) -> list[Project]:
    """The projects that deliver a use case, newest first."""
    return list(session.scalars(filtered(actor, {"use_case_id": use_case_id}).order_by(Project.id.desc())))


def projects_of_kpi(actor: User, kpi: Kpi) -> list[Project]:
    """The projects whose use cases a KPI belongs to, newest first."""
    return projects_of_use_case(actor, kpi.use_case_id) if kpi.use_case_id is not None else []


def use_case_ids_of(project: Project) -> list[int]:
    """The use cases a project delivers."""
    return use_case_ids([project.id]).get(project.id, [])


def use_case_ids(project_ids: Iterable[int]) -> dict[int, list[int]]:
    """The use cases of projects, by project."""
    found: dict[int, list[int]] = {}
    query = select(ProjectUseCase).where(ProjectUseCase.project_id.in_(list(project_ids)))
    for row in session.scalars(query.order_by(ProjectUseCase.use_case_id)):
        found.setdefault(row.project_id, []).append(row.use_case_id)
    return found


def use_cases_of(_actor: User | None, project: Project) -> list[UseCase]:
    """The use cases a project delivers, by code."""
    query = select(UseCase).where(UseCase.id.in_(use_case_ids_of(project)))
    return list(session.scalars(query.order_by(UseCase.number)))


def kpis_of(actor: User | None, project: Project) -> list[Kpi]:
    """The KPIs in force of a project's use cases, by code."""
    return kpi_queries.kpis_of_use_cases(actor, use_case_ids_of(project))


def scopes_of_use_cases(ids: list[int]) -> dict[int, list[Scope]]:
    """Squad and owner of the projects that deliver use cases, newest first: what `kpis` asks."""
    query = select(ProjectUseCase.use_case_id, Project).join(Project, Project.id == ProjectUseCase.project_id)
    query = query.where(ProjectUseCase.use_case_id.in_(ids), Project.archived_at.is_(None))
    found: dict[int, list[Scope]] = {}
    for use_case_id, project in session.execute(query.order_by(Project.id.desc())):
        found.setdefault(use_case_id, []).append(scope_of(project))
    return found


def steps_of(project: Project) -> list[ProjectStep]:
    """How a project got to its status, and what was agreed, oldest first."""
    return list(
        session.scalars(select(ProjectStep).where(ProjectStep.project_id == project.id).order_by(ProjectStep.id))
    )


def confirmations_of(project: Project) -> list[ImpactConfirmation]:
    """Who confirmed the impact or refused to, withdrawn words included, newest first."""
    query = select(ImpactConfirmation).where(ImpactConfirmation.project_id == project.id)
    return list(session.scalars(query.order_by(ImpactConfirmation.id.desc())))


def word_of(project: Project) -> ImpactConfirmation | None:
    """The word that stands, a confirmation or a refusal: the owner's own before one on their behalf."""
    standing = [each for each in confirmations_of(project) if each.withdrawn_at is None]
    return min(standing, key=lambda each: each.on_behalf, default=None)


def refusals(project_ids: Sequence[int]) -> dict[int, ImpactConfirmation]:
    """The business owners' standing refusals, by project."""
    query = select(ImpactConfirmation).where(
        ImpactConfirmation.project_id.in_(project_ids),
        ImpactConfirmation.withdrawn_at.is_(None),
        ImpactConfirmation.is_refusal.is_(True),
    )
    return {row.project_id: row for row in session.scalars(query.order_by(ImpactConfirmation.id))}


def confirmation_of(project: Project) -> ImpactConfirmation | None:
    """The confirmation that stands."""
    word = word_of(project)
    return None if word is None or word.is_refusal else word
