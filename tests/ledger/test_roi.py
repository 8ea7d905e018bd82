"""The hybrid ROI through the API: the worked example, every figure the sum of its entries, and what is not defined."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from backlog.kernel import clock
from tests.ledger import factory
from tests.world import Call, World


@pytest.fixture
def later():
    with clock.at(datetime(2026, 11, 23, 8, tzinfo=UTC)):
        yield


@pytest.mark.usefixtures("later")
def test_chat_over_twelve_months(world: World, api: Call) -> None:
    project = factory.project(world)
    made = factory.chat(api("lin"), project.id)
    api("qian").make(f"ledger-entries/{made[2]['id']}/verification", {"evidence": "payroll"})
    columns = api("sun").get(f"projects/{project.id}/roi?window=12")["financial"]
    for name in ("measured", "verified"):
        found = columns[name]
        assert [found[key] for key in ("benefits", "costs", "net", "npv")] == [
            "150000.00",
            "105000.00",
            "45000.00",
            "39451.18",
        ]
        assert (found["roi_percent"], found["payback_month"]) == (42.86, 8)
        assert found["entry_ids"] == [each["id"] for each in made]


@pytest.mark.usefixtures("later")
def test_chat_as_of_its_sixth_month_projects_what_it_did_not_measure(world: World, api: Call) -> None:
    project = factory.project(world)
    factory.chat(api("lin"), project.id)
    columns = api("sun").get(f"projects/{project.id}/roi?window=12&as_of=2026-03-31")["financial"]
    found = columns["measured"]
    assert (found["benefits"], found["costs"], found["roi_percent"]) == ("50000.00", "90000.00", -44.44)
    assert (columns["projected"]["benefits"], columns["projected"]["net"]) == ("150000.00", "45000.00")


def test_without_cost_the_return_is_not_defined(world: World, api: Call) -> None:
    project = factory.project(world)
    factory.entry(api("lin"), project.id)
    roi = api("sun").get(f"projects/{project.id}/roi")
    assert roi["financial"]["measured"]["roi_percent"] is None
    assert {"figure": "measured.roi_percent", "why": "no_cost"} in roi["undefined"]
    assert {"figure": "estimated.roi_percent", "why": "no_entries"} in roi["undefined"]


def test_capacity_and_funding_stand_beside_the_figure(world: World, api: Call) -> None:
    project = factory.project(world)
    factory.entry(api("lin"), project.id, realisation="capacity", amount="300.00")
    factory.entry(api("lin"), project.id, kind="funding", realisation=None, amount="500.00")
    found = api("sun").get(f"projects/{project.id}/roi")["financial"]["measured"]
    assert [found[key] for key in ("benefits", "capacity", "funding")] == ["0.00", "300.00", "500.00"]


@pytest.mark.parametrize("query", ["window=13", "as_of=soon", "rate=101", "rate=-1", "rate=x", "colour=red"])
def test_an_unreadable_question_is_refused(world: World, api: Call, query) -> None:
    project = factory.project(world)
    assert api("sun")("GET", f"projects/{project.id}/roi?{query}").status_code == 422


@pytest.mark.parametrize(("rate", "percent"), [("8", 8), ("0.08", 8), ("0", 0), ("12.5", 12.5)])
def test_a_rate_is_read_as_a_share_or_in_per_cent(world: World, api: Call, rate, percent) -> None:
    project = factory.project(world)
    assert api("sun").get(f"projects/{project.id}/roi?rate={rate}")["rate_percent"] == percent


def test_a_use_case_counts_its_own_and_those_of_projects_that_deliver_it_alone(world: World, api: Call) -> None:
    project = factory.project(world)
    case = factory.use_case(world)
    factory.entry(api("lin"), project.id)
    factory.entry(api("lin"), project.id, use_case_id=case.id, amount="10.00")
    assert api("sun").get(f"use-cases/{case.id}/roi")["financial"]["measured"]["benefits"] == "10.00"
    alone = case.id - 1
    assert api("sun").get(f"use-cases/{alone}/roi")["financial"]["measured"]["benefits"] == "1000.00"


def test_the_portfolio_counts_what_one_may_see(world: World, api: Call) -> None:
    hidden = factory.project(world, key="HIDE", confidential=True)
    factory.entry(api("lin"), factory.project(world).id)
    factory.entry(api("lin"), hidden.id)
    seen = {name: api(name).get("portfolio/roi")["financial"]["measured"]["benefits"] for name in ("he", "wu", "sun")}
    assert seen == {"he": "1000.00", "wu": "2000.00", "sun": "2000.00"}


def test_an_item_counts_its_share_to_the_fen(world: World, api: Call) -> None:
    project = factory.project(world)
    made = factory.entry(api("lin"), project.id, amount="0.01")
    one, two = factory.item(world, project, 1), factory.item(world, project, 2)
    for each in (one, two):
        share = {"item_id": each.id, "ledger_entry_id": made["id"], "share_percent": 50}
        api("wu").make("attributions", share)
    found = [api("sun").get(f"items/{each.id}/roi")["financial"]["measured"]["benefits"] for each in (one, two)]
    assert sum(map(Decimal, found)) == Decimal("0.01")


def test_strategic_values_come_dated(world: World, api: Call) -> None:
    project = factory.project(world)
    for day, value in (("2026-01-01", 2), ("2026-05-01", 6)):
        body = {"dimension": "strategic", "kind": "benefit", "metric": "认证人数", "unit": "人", "value": value}
        api("lin").make("ledger-entries", {**body, "project_id": project.id, "from": day})
    found = api("sun").get(f"projects/{project.id}/roi")["strategic"]
    assert [(each["on"], each["value"], each["basis"]) for each in found] == [
        ("2026-01-01", 2, "measured"),
        ("2026-05-01", 6, "measured"),
    ]
