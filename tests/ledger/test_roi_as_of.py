"""A statement as of a past day tells what stood on that day: values, KPIs, and the baseline they were held against."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from backlog.kernel import clock
from tests.kpis.factory import LOWER, agreed, kpi, measured
from tests.ledger import factory
from tests.world import Call, Sign, World

AFTER = date(2026, 3, 30)


@pytest.fixture(autouse=True)
def later():
    with clock.at(datetime(2026, 11, 23, 8, tzinfo=UTC)):
        yield


def dated(api: Call, project_id: int, day: str, value: float, **more: object) -> None:
    body = {"dimension": "strategic", "metric": "认证人数", "unit": "人", "project_id": project_id}
    api("lin").make("ledger-entries", {**body, "from": day, "value": value, **more})


def test_strategic_values_end_with_its_day_but_for_what_is_expected(world: World, api: Call) -> None:
    project = factory.project(world)
    for day, value, basis in (
        ("2026-01-05", 2, "measured"),
        ("2026-05-05", 6, "measured"),
        ("2027-01-05", 9, "estimated"),
    ):
        dated(api, project.id, day, value, basis=basis)
    found = api("sun").get(f"projects/{project.id}/roi?as_of=2026-02-01")["strategic"]
    assert [(each["value"], each["basis"]) for each in found] == [(2, "measured"), (9, "estimated")]


def test_operational_values_without_a_kpi_are_told_beside_the_kpis(world: World, api: Call, sign: Sign) -> None:
    project = factory.project(world)
    dated(api, project.id, "2026-01-05", 30, dimension="operational", metric="排队时长")
    roi = api("sun").get(f"projects/{project.id}/roi")
    assert [(each["metric"], each["value"]) for each in roi["recorded"]] == [("排队时长", 30)]
    assert roi["strategic"] == []
    assert "排队时长" in sign("sun").get("/projects/CHAT/value").get_data(as_text=True)


def test_a_kpi_is_told_as_it_stood(world: World, api: Call) -> None:
    project = factory.project(world)
    case = api("sun").get(f"projects/{project.id}")["use_case_ids"][0]
    measured(world, agreed(world, kpi(world, use_case_id=case, owner_id=world.ids["zhao"])), LOWER, AFTER)
    roi = api("sun").get(f"projects/{project.id}/roi")["operational"][0]
    then = api("sun").get(f"projects/{project.id}/roi?as_of={AFTER + timedelta(weeks=3)}")["operational"][0]
    assert (roi["verdict"], then["verdict"]) == ("improved", "too_few")
    assert then["change"] != roi["change"]


def test_it_keeps_the_baseline_that_was_agreed_then(world: World, api: Call) -> None:
    project = factory.project(world)
    case = api("sun").get(f"projects/{project.id}")["use_case_ids"][0]
    with clock.at(datetime(2026, 4, 1, 8, tzinfo=UTC)):
        found = agreed(world, kpi(world, use_case_id=case, owner_id=world.ids["zhao"]))
    measured(world, found, LOWER, AFTER)
    body = {"kind": "declared", "mean": 20, "evidence": "stopwatch", "new_version": True, "reason": "counted anew"}
    api("lin").make(f"kpis/{found.id}/baseline", body)
    api("zhao").make(f"kpis/{found.id}/baseline/agreement", {})
    then = api("sun").get(f"projects/{project.id}/roi?as_of=2026-06-01")["operational"][0]
    now = api("sun").get(f"projects/{project.id}/roi")["operational"][0]
    assert then["change"] == pytest.approx(-2.3, abs=0.2)
    assert now["change"] < -8


@pytest.mark.parametrize("window", ["to_date", "12", "24"])
@pytest.mark.parametrize("as_of", ["2026-02-10", "2026-04-10", "2026-11-01"])
def test_parts_of_an_entry_are_together_its_figure_to_the_fen(world: World, api: Call, window: str, as_of: str) -> None:
    project = factory.project(world)
    made = factory.entry(api("lin"), project.id, amount="100.01", recurrence="yearly")
    items = [factory.item(world, project, number) for number in (1, 2, 3)]
    for each, share in zip(items, (33.33, 33.33, 33.34), strict=True):
        api("wu").make("attributions", {"item_id": each.id, "ledger_entry_id": made["id"], "share_percent": share})

    def figure(path: str, column: str) -> Decimal:
        roi = api("sun").get(f"{path}/roi?window={window}&as_of={as_of}")
        return Decimal(roi["financial"][column]["benefits"])

    for column in ("measured", "projected"):
        parts = [figure(f"items/{each.id}", column) for each in items]
        assert sum(parts) == figure(f"projects/{project.id}", column)


def test_an_items_part_is_the_one_its_projects_page_tells(world: World, api: Call, sign: Sign) -> None:
    project = factory.project(world)
    made = factory.entry(api("lin"), project.id, amount="1000.07", recurrence="yearly")
    one = factory.item(world, project)
    api("wu").make("attributions", {"item_id": one.id, "ledger_entry_id": made["id"], "share_percent": 33.37})
    part = Decimal(api("sun").get(f"items/{one.id}/roi")["financial"]["measured"]["benefits"])
    assert f"¥{part:,}" in sign("sun").get("/projects/CHAT/value").get_data(as_text=True)
