"""Shares of effects and entries: each above 0, together at most 100 %, whatever the order or concurrency (R11)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from backlog.kernel.database import session
from tests.ledger import factory
from tests.world import Call, World


@pytest.fixture
def shared(world: World, api: Call) -> dict[str, Any]:
    """An entry and a KPI of CHAT, and two items that may claim them."""
    project = factory.project(world)
    return {
        "entry": factory.entry(api("lin"), project.id)["id"],
        "kpi": factory.kpi(world, project).id,
        "items": [factory.item(world, project, n).id for n in (1, 2)],
        "project": project.id,
    }


def targets(shared: dict[str, Any], of: str) -> dict[str, Any]:
    return {"ledger_entry_id": shared["entry"]} if of == "entry" else {"kpi_id": shared["kpi"]}


@pytest.mark.parametrize("share", [0, -1, 100.01, 1000, "x"])
def test_a_share_is_above_nothing_and_at_most_all(api: Call, shared, share) -> None:
    body = {"item_id": shared["items"][0], **targets(shared, "entry"), "share_percent": share}
    answer = api("wu")("POST", "attributions", body)
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["share_percent"])


@pytest.mark.parametrize("of", ["entry", "kpi"])
def test_more_than_all_is_refused_with_what_is_left(api: Call, shared, of) -> None:
    one, two = ({"item_id": each, **targets(shared, of)} for each in shared["items"])
    api("wu").make("attributions", {**one, "share_percent": 45.5})
    answer = api("wu")("POST", "attributions", {**two, "share_percent": 55})
    problem = answer.get_json()
    assert (answer.status_code, problem["code"], float(problem["facts"]["left_percent"])) == (
        409,
        "attribution.over_100",
        54.5,
    )
    api("wu").make("attributions", {**two, "share_percent": 54.5})


def test_an_outer_cause_takes_part_by_name(api: Call, shared) -> None:
    made = api("wu").make("attributions", {"cause": "旺季", **targets(shared, "kpi"), "share_percent": 30})
    assert (made["cause"], made["item_id"], made["baseline_version"]) == ("旺季", None, 1)
    item = {"item_id": shared["items"][0], **targets(shared, "kpi"), "share_percent": 71}
    assert api("wu")("POST", "attributions", item).status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        {"share_percent": 5, "kpi_id": 1},
        {"share_percent": 5, "item_id": 1, "cause": "x", "kpi_id": 1},
        {"share_percent": 5, "item_id": 1},
        {"share_percent": 5, "item_id": 1, "kpi_id": 1, "ledger_entry_id": 1},
        {"share_percent": 5, "item_id": 999_999, "kpi_id": 1},
        {"share_percent": 5, "item_id": 1, "ledger_entry_id": 999_999},
    ],
)
@pytest.mark.usefixtures("shared")
def test_it_is_of_one_thing_by_one_claimant(api: Call, body) -> None:
    assert api("lin")("POST", "attributions", body).status_code == 422


def test_without_an_agreed_baseline_there_is_no_effect_to_share(world: World, api: Call) -> None:
    project = factory.project(world)
    kpi, item = factory.kpi(world, project, agreed=False), factory.item(world, project)
    answer = api("lin")("POST", "attributions", {"item_id": item.id, "kpi_id": kpi.id, "share_percent": 10})
    assert answer.get_json()["code"] == "attribution.no_agreed_baseline"


@pytest.mark.parametrize("name", ["he", "sun", "qian"])
def test_only_managers_and_the_squad_share_out(api: Call, shared, name) -> None:
    body = {"item_id": shared["items"][0], **targets(shared, "entry"), "share_percent": 10}
    assert api(name)("POST", "attributions", body).status_code == 403
    made = api("wu").make("attributions", body)
    assert api(name)("PATCH", f"attributions/{made['id']}", {"share_percent": 5}, If_Match='"1"').status_code == 403
    assert api(name)("DELETE", f"attributions/{made['id']}").status_code == 403


def test_a_squad_claims_nothing_of_another_projects_entry(world: World, api: Call, shared) -> None:
    other = factory.project(world, key="HIRE", squad_id=None)
    elsewhere = factory.entry(api("lin"), other.id)["id"]
    body = {"item_id": shared["items"][0], "ledger_entry_id": elsewhere, "share_percent": 10}
    assert api("wu")("POST", "attributions", body).status_code == 403


def test_a_share_is_changed_from_its_present_version_and_within_what_is_left(api: Call, shared) -> None:
    one, two = ({"item_id": each, **targets(shared, "entry")} for each in shared["items"])
    first = api("wu").make("attributions", {**one, "share_percent": 60})
    api("wu").make("attributions", {**two, "share_percent": 40})
    path = f"attributions/{first['id']}"
    assert api("wu").edit(path, {"share_percent": 61}).status_code == 409
    stale = api("wu")("GET", path).headers["ETag"]
    assert api("wu").edit(path, {"share_percent": 50}).get_json()["share_percent"] == 50
    assert api("wu")("PATCH", path, {"share_percent": 10}, If_Match=stale).status_code == 412


def test_a_share_given_back_frees_its_place_and_returns_if_it_fits(api: Call, shared) -> None:
    one, two = ({"item_id": each, **targets(shared, "entry")} for each in shared["items"])
    first = api("wu").make("attributions", {**one, "share_percent": 60})
    assert api("wu")("DELETE", f"attributions/{first['id']}").status_code == 204
    assert api("wu").get("attributions")["data"] == []
    second = api("wu").make("attributions", {**two, "share_percent": 60})
    assert api("wu")("POST", f"attributions/{first['id']}/restore").status_code == 409
    api("wu").edit(f"attributions/{second['id']}", {"share_percent": 40})
    assert api("wu")("POST", f"attributions/{first['id']}/restore").status_code == 200


def test_shares_in_a_confidential_project_do_not_exist_for_others(world: World, api: Call) -> None:
    project = factory.project(world, confidential=True)
    entry, item = factory.entry(api("wu"), project.id), factory.item(world, project)
    made = api("wu").make("attributions", {"item_id": item.id, "ledger_entry_id": entry["id"], "share_percent": 10})
    assert api("he")("GET", f"attributions/{made['id']}").status_code == 404
    assert api("he").get("attributions")["data"] == []


@pytest.mark.parametrize("of", ["entry", "kpi"])
def test_two_at_once_never_pass_all(world: World, api: Call, shared, of) -> None:
    start = Barrier(2)

    def claim(item: int) -> int:
        caller = api("lin")
        start.wait(60)
        return caller("POST", "attributions", {"item_id": item, **targets(shared, of), "share_percent": 60}).status_code

    session.remove()
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(claim, shared["items"])) == [201, 409]
    shares = api("lin").get("attributions")["data"]
    assert [each["share_percent"] for each in shares] == [60]
