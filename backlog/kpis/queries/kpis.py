"""Reading KPIs: one, a list, whose they are. Every account may read every KPI."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Select, false, func, select

from backlog.kernel.codes import read_code
from backlog.kernel.database import hold, session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page, page
from backlog.kernel.refusal import Missing
from backlog.kpis.models import Kpi
from backlog.people.models import User
from backlog.people.policy import Scope
from backlog.usecases.models import UseCase


def _bears(words: str) -> Any:
    """The condition that the words are the KPI's code."""
    code = read_code(words)
    return Kpi.number == code[1] if code is not None and code[0] == "KPI" else false()


KPIS = Listing(
    filters={
        "use_case_id": Kpi.use_case_id,
        "north_star_id": Kpi.north_star_id,
        "owner_id": Kpi.owner_id,
        "kpi_role": Kpi.kpi_role,
        "kind": Kpi.kind,
        "direction": Kpi.direction,
        "cadence": Kpi.cadence,
    },
    texts=(Kpi.name, Kpi.counting, Kpi.source, Kpi.unit),
    sorts={
        "code": Kpi.number,
        "id": Kpi.id,
        "name": Kpi.name,
        "kind": Kpi.kind,
        "target": Kpi.target,
        "target_on": Kpi.target_on,
        "evaluate_on": Kpi.evaluate_on,
        "unit_value": Kpi.unit_value,
        "created_at": Kpi.created_at,
    },
    default="code",
    archived=Kpi.archived_at,
    conditions={"use_case_ids": Kpi.use_case_id.in_},
    elsewhere=_bears,
)
ScopeProvider = Callable[[list[int]], dict[int, list[Scope]]]
_providers: list[ScopeProvider] = []


def ask_scopes(provider: ScopeProvider) -> None:
    """Register who knows the scopes (squad, business owner) of the projects that deliver use cases."""
    _providers[:] = [provider]


def project_scopes(use_case_id: int | None) -> list[Scope]:
    """The scopes of the projects that deliver a use case, newest first."""
    if use_case_id is None:
        return []
    return [scope for provider in _providers for scope in provider([use_case_id]).get(use_case_id, [])]


def owner_id_of(kpi: Kpi) -> int | None:
    """Who agrees: the KPI's owner, else the business owner of its use case, else that of its newest project."""
    if kpi.owner_id is not None or kpi.use_case_id is None:
        return kpi.owner_id
    owner = session.scalar(select(UseCase.business_owner_id).where(UseCase.id == kpi.use_case_id))
    if owner is not None:
        return owner
    return next((scope.owner_id for scope in project_scopes(kpi.use_case_id) if scope.owner_id is not None), None)


def scope_of(kpi: Kpi, actor: User | None = None) -> Scope:
    """Owner and squad of a KPI; where several squads deliver its use case, the actor's own."""
    squads = [scope.squad_id for scope in project_scopes(kpi.use_case_id) if scope.squad_id is not None]
    own = [squad for squad in squads if actor is not None and squad in actor.squad_ids]
    return Scope(squad_id=next(iter([*own, *squads]), None), owner_id=owner_id_of(kpi))


def get_kpi(_actor: User, kpi_id: int) -> Kpi:
    """A KPI by id."""
    return _found(session.get(Kpi, kpi_id))


def find_by_number(_actor: User, number: int) -> Kpi:
    """KPI-3 by its 3."""
    return _found(session.scalar(select(Kpi).where(Kpi.number == number)))


def _found(kpi: Kpi | None) -> Kpi:
    if kpi is None:
        raise Missing
    return kpi


def locked(kpi: Kpi) -> Kpi:
    """The KPI with its row locked until commit: measurements and baselines hang on it."""
    return hold(kpi)


def visible_kpis(_actor: User, ids: list[int]) -> set[int]:
    """Whose facts an actor may see: everybody's of what exists."""
    return set(session.scalars(select(Kpi.id).where(Kpi.id.in_(ids))))


def page_of_kpis(_actor: User, filters: dict[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """KPIs that match, by code unless sorted otherwise."""
    return page(filtered(filters), KPIS.keys(filters.get("sort")), after, size)


def filtered(filters: dict[str, Any]) -> Select[Any]:
    """KPIs that match the filters of the list."""
    return KPIS.narrowed(select(Kpi), filters)


def count(filters: dict[str, Any]) -> int:
    """How many KPIs match."""
    return session.scalar(select(func.count()).select_from(filtered(filters).subquery())) or 0


def kpis_of_use_case(actor: User, use_case_id: int) -> list[Kpi]:
    """The KPIs in force of a use case, by code."""
    return kpis_of_use_cases(actor, [use_case_id])


def kpis_of_north_star(north_star_id: int) -> list[Kpi]:
    """The KPIs in force of a North Star, by code."""
    query = select(Kpi).where(Kpi.north_star_id == north_star_id, Kpi.archived_at.is_(None))
    return list(session.scalars(query.order_by(Kpi.number)))


def kpis_of_use_cases(_actor: User | None, use_case_ids: Iterable[int]) -> list[Kpi]:
    """The KPIs in force of use cases, by code."""
    query = select(Kpi).where(Kpi.use_case_id.in_(list(use_case_ids)), Kpi.archived_at.is_(None))
    return list(session.scalars(query.order_by(Kpi.number)))
