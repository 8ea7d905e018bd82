"""KPIs for tests: of a use case that zhao owns, measured every week."""

from datetime import date, timedelta
from typing import Any

from backlog.kernel import clock
from backlog.kernel.codes import next_number
from backlog.kernel.database import session, writing
from backlog.kpis import actions
from backlog.kpis.models import Kpi
from backlog.usecases.models import UseCase
from tests.world import World

MONDAY = date(2026, 1, 5)
STEADY = (12.1, 11.8, 12.3, 11.9, 12.0, 12.2, 11.7, 12.1, 11.9, 12.2, 12.0, 11.8)
LOWER = (9.9, 9.6, 9.8, 9.5, 9.7, 9.9, 9.6, 9.7)


def use_case(world: World, title: str = "质检", **fields: Any) -> UseCase:
    """A use case that zhao owns, with its data readiness recorded."""
    values = {"business_owner_id": world.ids["zhao"], "data_readiness": "18 months of pictures", **fields}
    moment = clock.now()
    with writing():
        number = next_number("UC")
        made = UseCase(
            number=number, title=title, proposer_id=world.ids["wu"], created_at=moment, updated_at=moment, **values
        )
        session.add(made)
        session.commit()
    return made


def kpi(world: World, **fields: Any) -> Kpi:
    """A KPI that should fall, in minutes, every week; of a new use case unless said."""
    if "use_case_id" not in fields and "north_star_id" not in fields:
        fields["use_case_id"] = use_case(world).id
    values = {"name": "处理时间", "unit": "minutes", "direction": "decrease", "cadence": "weekly", **fields}
    with writing():
        made = actions.add_kpi(world.person("lin"), **values)
        session.commit()
    return made


def weeks(values: tuple[float, ...], first: date = MONDAY) -> list[dict[str, Any]]:
    """One value a week, as the API takes them."""
    return [{"observed_on": str(first + timedelta(weeks=at)), "value": value} for at, value in enumerate(values)]


def measured(world: World, of: Kpi, values: tuple[float, ...] = STEADY, first: date = MONDAY) -> Kpi:
    """The KPI with one value a week."""
    rows = [{"observed_on": first + timedelta(weeks=at), "value": value} for at, value in enumerate(values)]
    with writing():
        actions.measure_all(world.person("lin"), of, rows)
        session.commit()
    return of


def agreed(world: World, of: Kpi) -> Kpi:
    """The KPI with twelve steady weeks as its baseline, agreed by zhao."""
    measured(world, of)
    with writing():
        window = {"from_on": MONDAY, "until_on": MONDAY + timedelta(weeks=11)}
        actions.set_baseline(world.person("lin"), of, kind="measured", **window)
        actions.agree_baseline(world.person("zhao"), of)
        session.commit()
    return of
