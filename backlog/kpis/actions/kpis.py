"""KPIs: made, changed, archived."""

from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.codes import next_number
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, expect_version, refuse_archived, wrong
from backlog.kpis.actions.values import checked
from backlog.kpis.models import Kpi
from backlog.people.models import User
from backlog.people.policy import require

NEEDED = ("name", "direction")
DEFAULTS: dict[str, Any] = {
    "unit": "",
    "counting": "",
    "source": "",
    "kpi_role": "target",
    "cadence": "weekly",
    "owner_id": None,
    "use_case_id": None,
    "north_star_id": None,
}
PER_CENT = ("%", "％")


def add_kpi(actor: User, **values: Any) -> Kpi:
    """Make a KPI of a use case or a North Star; its kind is a share where the unit is %, else an amount."""
    require(actor, "kpi.manage")
    missing = {name: [wrong("value.required")] for name in NEEDED if values.get(name) in (None, "")}
    if missing:
        raise Invalid(missing)
    given = {name: value for name, value in values.items() if value is not None}
    unit = str(given.get("unit", "")).strip()
    found = checked({**DEFAULTS, "kind": "share" if unit in PER_CENT else "amount", **given}, None)
    kpi = Kpi(number=next_number("KPI"), created_at=clock.now(), **found)
    session.add(kpi)
    session.flush()
    record(actor, "kpi.added", ("kpi", kpi.id), name=kpi.name, use_case_id=kpi.use_case_id)
    return kpi


def edit_kpi(actor: User, kpi: Kpi, version: int | None = None, **changes: Any) -> Kpi:
    """Change fields; what was agreed (counting, target, evaluation date) then asks for agreement again."""
    require(actor, "kpi.manage")
    expect_version(kpi, version)
    refuse_archived(kpi, "kpi.archived")
    found = checked(changes, kpi)
    before = {name: getattr(kpi, name) for name in found if getattr(kpi, name) != found[name]}
    if not before:
        return kpi
    for name in before:
        setattr(kpi, name, found[name])
    session.flush()
    record(actor, "kpi.edited", ("kpi", kpi.id), before=before, after={name: found[name] for name in before})
    return kpi


def archive_kpi(actor: User, kpi: Kpi, version: int | None = None) -> None:
    """Take a KPI out of use; measurements, baselines and agreements stay."""
    require(actor, "kpi.manage")
    expect_version(kpi, version)
    if kpi.archived_at is None:
        kpi.archived_at = clock.now()
        session.flush()
        record(actor, "kpi.archived", ("kpi", kpi.id))


def restore_kpi(actor: User, kpi: Kpi) -> Kpi:
    """Bring an archived KPI back, whole."""
    require(actor, "kpi.manage")
    if kpi.archived_at is not None:
        kpi.archived_at = None
        session.flush()
        record(actor, "kpi.restored", ("kpi", kpi.id))
    return kpi
