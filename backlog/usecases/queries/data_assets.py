"""Reading the register of data assets. Every account may see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Missing
from backlog.people.models import User
from backlog.usecases.models import DataAsset, DataAssetUse, UseCase
from backlog.usecases.queries.enabling import Enabling
from backlog.usecases.rules.choice import Shared

DATA_ASSETS = Listing(
    filters={
        "owner_id": DataAsset.owner_id,
        "source_system": DataAsset.source_system,
        "personal_data": DataAsset.personal_data,
    },
    texts=(DataAsset.name, DataAsset.source_system, DataAsset.licence, DataAsset.notes),
    sorts={
        "id": DataAsset.id,
        "name": DataAsset.name,
        "source_system": DataAsset.source_system,
        "personal_data": DataAsset.personal_data,
        "licence": DataAsset.licence,
        "quality": DataAsset.quality,
        "ready_on": DataAsset.ready_on,
        "created_at": DataAsset.created_at,
    },
    archived=DataAsset.archived_at,
    conditions={
        "use_case_id": lambda number: DataAsset.id.in_(
            select(DataAssetUse.data_asset_id).where(DataAssetUse.use_case_id == number)
        )
    },
)


def all_data_assets(archived: bool = False) -> list[DataAsset]:
    """Data assets in force (or all), by name."""
    query = select(DataAsset).order_by(DataAsset.name, DataAsset.id)
    return list(session.scalars(query if archived else query.where(DataAsset.archived_at.is_(None))))


def get_data_asset(_actor: User, data_asset_id: int) -> DataAsset:
    """A data asset by id, archived ones too; Missing if there is none."""
    found = session.get(DataAsset, data_asset_id)
    if found is None:
        raise Missing
    return found


def page_of_data_assets(_actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of the register, oldest first unless said."""
    return DATA_ASSETS.page(select(DataAsset), filters, after, size)


def uses_of(ids: Iterable[int]) -> dict[int, list[int]]:
    """Ids of the use cases that need each data asset."""
    query = select(DataAssetUse).where(DataAssetUse.data_asset_id.in_(list(ids))).order_by(DataAssetUse.use_case_id)
    found: dict[int, list[int]] = {}
    for row in session.scalars(query):
        found.setdefault(row.data_asset_id, []).append(row.use_case_id)
    return found


@dataclass(frozen=True)
class Needed:
    """A data asset that is needed, and the numbers of all use cases in force that need it."""

    asset: DataAsset
    numbers: tuple[int, ...]


def data_needed_by(use_case_ids: Iterable[int]) -> list[Needed]:
    """What use cases need, by name, with all that share it; one query."""
    mine = select(DataAssetUse.data_asset_id).where(DataAssetUse.use_case_id.in_(list(use_case_ids)))
    query = select(DataAsset, UseCase.number).join(DataAssetUse, DataAssetUse.data_asset_id == DataAsset.id)
    query = query.join(UseCase, UseCase.id == DataAssetUse.use_case_id)
    query = query.where(DataAsset.id.in_(mine), DataAsset.archived_at.is_(None), UseCase.archived_at.is_(None))
    found: dict[int, tuple[DataAsset, list[int]]] = {}
    for asset, number in session.execute(query.order_by(DataAsset.name, DataAsset.id, UseCase.number)):
        found.setdefault(asset.id, (asset, []))[1].append(number)
    return [Needed(asset, tuple(numbers)) for asset, numbers in found.values()]


def unknown_use_cases(ids: Iterable[int]) -> set[int]:
    """Those of the ids no use case in force has."""
    wanted = set(ids)
    query = select(UseCase.id).where(UseCase.id.in_(wanted), UseCase.archived_at.is_(None))
    return wanted - set(session.scalars(query))


def use_cases_by_id(ids: Iterable[int]) -> list[UseCase]:
    """Use cases by id, in the order of their codes."""
    return list(session.scalars(select(UseCase).where(UseCase.id.in_(list(ids))).order_by(UseCase.number)))


def choosable_use_cases(kept: Iterable[int] = ()) -> list[UseCase]:
    """Use cases in force, and those that are named already."""
    in_force = and_(UseCase.archived_at.is_(None), UseCase.merged_into_id.is_(None))
    query = select(UseCase).where(or_(in_force, UseCase.id.in_(list(kept))))
    return list(session.scalars(query.order_by(UseCase.number)))


def visible_data_assets(_actor: Any, ids: list[int]) -> set[int]:
    """The register is open to everybody signed in."""
    return set(session.scalars(select(DataAsset.id).where(DataAsset.id.in_(ids))))


def enabling_of_data() -> Enabling:
    """What data assets that are not ready yet still take, each once for all use cases that need it."""
    today = clock.today()
    query: Any = select(DataAsset, DataAssetUse.use_case_id)
    query = query.outerjoin(DataAssetUse, DataAssetUse.data_asset_id == DataAsset.id)
    query = query.where(DataAsset.archived_at.is_(None)).order_by(DataAsset.name, DataAsset.id)
    rows = [(each, one) for each, one in session.execute(query) if not each.is_ready(today)]
    assets = list({each.id: each for each, _ in rows}.values())
    costs = [Shared(each.id, each.enabling_cost.mean(), each.enabling_weeks.mean()) for each in assets]
    taken = {each.id: each for each in costs if each.cost > 0 or each.weeks > 0}
    needs: dict[int, set[int]] = {}
    for each, use_case_id in rows:
        if use_case_id is not None and each.id in taken:
            needs.setdefault(use_case_id, set()).add(each.id)
    names = {each.id: each.name for each in assets}
    return Enabling(tuple(taken.values()), {number: frozenset(own) for number, own in needs.items()}, names)
