"""Projects for tests: AIQC of lin's squad, owned by zhao."""

from datetime import date
from typing import Any

from backlog.kernel.database import session, writing
from backlog.lighthouse import actions
from backlog.lighthouse.models import Project
from tests.kpis import factory as kpis
from tests.world import World

STARTS, DUE = date(2026, 11, 2), date(2027, 1, 29)


def project(world: World, key: str = "AIQC", **fields: Any) -> Project:
    """A draft of lin's squad with dates; without use cases unless said."""
    values = {"name": "AI视觉质检", "squad_id": world.squad_id, "starts_on": STARTS, "due_on": DUE, **fields}
    if values.get("use_case_ids") is None and "business_owner_id" not in values:
        values["business_owner_id"] = world.ids["zhao"]
    with writing():
        made = actions.add_project(world.person("lin"), key=key, **values)
        session.commit()
    return made


def ready(world: World, key: str = "AIQC", **fields: Any) -> Project:
    """A draft whose gate is open: impact confirmed, dates, data readiness, a KPI with agreed baseline and target."""
    case = kpis.use_case(world)
    kpis.agreed(world, kpis.kpi(world, use_case_id=case.id, target=9.6))
    made = project(world, key, use_case_ids=[case.id], **fields)
    with writing():
        actions.confirm_impact(world.person("zhao"), made, statement="复检占用人手")
        session.commit()
    return made


def started(world: World, key: str = "AIQC", **fields: Any) -> Project:
    """A running project."""
    made = ready(world, key, **fields)
    with writing():
        actions.start(world.person("lin"), made)
        session.commit()
    return made
