"""The register of data assets: entered, changed, archived."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import delete

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.money import MOST
from backlog.kernel.refusal import expect_version, refuse_archived
from backlog.people.models import User
from backlog.people.policy import require
from backlog.people.queries import knows_user
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults, told
from backlog.usecases.actions.registers import bring_back, put_away
from backlog.usecases.models import PERSONAL_DATA, DataAsset, DataAssetUse

LINES = {"name": 120, "source_system": 120, "licence": 200}
POINTS: dict[str, tuple[type, Any]] = {"enabling_cost": (Decimal, MOST), "enabling_weeks": (float, 5_200)}
PARTS = ("low", "likely", "high")
EDITABLE = (*LINES, *POINTS, "owner_id", "quality", "personal_data", "ready_on", "notes", "use_case_ids")
MOST_USES = 500


def add_data_asset(actor: User, *, name: str, **values: Any) -> DataAsset:
    """Enter a body of data, and which use cases need it."""
    require(actor, "data_asset.manage")
    given = _checked({"name": name, **values})
    uses = given.pop("use_case_ids", [])
    made = DataAsset(**given, created_at=clock.now())
    session.add(made)
    session.flush()
    _use(made, uses)
    record(actor, "data_asset.added", ("data_asset", made.id), name=made.name)
    return made


def edit_data_asset(actor: User, asset: DataAsset, version: int | None = None, **changes: Any) -> DataAsset:
    """Change what was sent."""
    require(actor, "data_asset.manage")
    expect_version(asset, version)
    refuse_archived(asset, "data_asset.archived")
    uses = queries.uses_of([asset.id]).get(asset.id, [])
    given = _checked({name: changes[name] for name in EDITABLE if name in changes}, uses, asset.owner_id)
    before = {name: uses if name == "use_case_ids" else getattr(asset, name) for name in given}
    if not (difference := told(before, given)):
        return asset
    for name in difference.keys() - {"use_case_ids"}:
        setattr(asset, name, given[name])
    if not session.is_modified(asset):
        asset.version += 1  # counts one also where only its use cases changed
    session.flush()
    if "use_case_ids" in difference:
        _use(asset, given["use_case_ids"])
    record(actor, "data_asset.edited", ("data_asset", asset.id), name=asset.name, changes=difference)
    return asset


def archive_data_asset(actor: User, asset: DataAsset, version: int | None = None) -> None:
    """Take an asset out of the register; what it would have taken counts no more."""
    put_away(actor, "data_asset.manage", asset, version, "data_asset.archived", name=asset.name)


def restore_data_asset(actor: User, asset: DataAsset) -> DataAsset:
    """Bring it back with its use cases."""
    bring_back(actor, "data_asset.manage", asset, "data_asset.restored", name=asset.name)
    return asset


def _use(asset: DataAsset, use_case_ids: list[int]) -> None:
    session.execute(delete(DataAssetUse).where(DataAssetUse.data_asset_id == asset.id))
    session.add_all(DataAssetUse(data_asset_id=asset.id, use_case_id=each) for each in use_case_ids)
    session.flush()


def _checked(values: dict[str, Any], uses: Collection[int] = (), owner_id: int | None = None) -> dict[str, Any]:
    faults = Faults()
    given = {name: value for name, value in values.items() if name not in POINTS}
    for name in LINES.keys() & values.keys():
        given[name] = faults.line(name, values[name], LINES[name], needed=name == "name")
    if "notes" in values:
        given["notes"] = faults.prose("notes", values["notes"])
    if "personal_data" in values:
        faults.one_of("personal_data", values["personal_data"], PERSONAL_DATA)
    if values.get("quality") is not None:
        faults.within("quality", values["quality"], 1, 5)
    if values.get("owner_id") not in {None, owner_id} and not knows_user(values["owner_id"]):
        faults.add("owner_id", "value.unknown_id")
    faults.day("ready_on", values.get("ready_on"))
    if "use_case_ids" in values:
        given["use_case_ids"] = _uses(faults, values["use_case_ids"], uses)
    for name in POINTS.keys() & values.keys():
        given |= _points(faults, name, values[name])
    faults.end()
    return given


def _uses(faults: Faults, ids: Any, present: Collection[int]) -> list[int]:
    found = sorted(set(ids or []))
    if len(found) > MOST_USES:
        faults.add("use_case_ids", "value.too_many", most=MOST_USES)
    elif queries.unknown_use_cases(set(found) - set(present)):
        faults.add("use_case_ids", "value.unknown_id")
    return found


def _points(faults: Faults, name: str, points: Mapping[str, Any] | None) -> dict[str, Any]:
    """The three columns of a figure; nothing said is nothing needed."""
    kind, most = POINTS[name]
    three = [kind(value or 0) for value in ((points or {}).get(part) for part in PARTS)]
    if not all(0 <= each <= most for each in three):
        faults.add(name, "value.range", least=0, most=most)
    elif not three[0] <= three[1] <= three[2]:
        faults.add(name, "value.order")
    return {f"{name}_{part}": value for part, value in zip(PARTS, three, strict=True)}
