"""The register of data assets: whose data it is, what it takes, and that this is shared until it is ready."""

from datetime import UTC, datetime
from typing import Any

import pytest

from backlog.kernel import clock
from backlog.usecases import queries
from backlog.usecases.queries.enabling import rests_on
from tests.world import Call, Sign, World

MONEY = {"low": "100000.00", "likely": "200000.00", "high": "300000.00"}
WEEKS = {"low": 2, "likely": 4, "high": 6}


def case(api: Call, title: str = "质检") -> int:
    return int(api("lin").make("use-cases", {"title": title})["id"])


def asset(api: Call, **more: Any) -> dict[str, Any]:
    body = {"name": "缺陷照片", "enabling_cost": MONEY, "enabling_weeks": WEEKS, **more}
    return dict(api("lin").make("data-assets", body))


def test_a_product_manager_enters_changes_archives_and_restores(world: World, api: Call) -> None:
    one, two = case(api), case(api, "排产")
    sent = {
        "name": "缺陷照片", "owner_id": world.ids["zhao"], "source_system": "MES", "quality": 3,
        "personal_data": "none", "licence": "自有", "enabling_cost": MONEY, "enabling_weeks": WEEKS,
        "ready_on": None, "notes": "三条线", "use_case_ids": [one],
    }  # fmt: skip
    assert api("wu")("POST", "data-assets", sent).status_code == 403
    made = api("lin").make("data-assets", sent)
    assert {name: made[name] for name in sent} == sent and made["ready"] is False
    path = f"data-assets/{made['id']}"
    changed = api("lin").edit(path, {"use_case_ids": [two, one]}).get_json()
    assert (changed["use_case_ids"], changed["version"]) == ([one, two], 2)
    assert api("lin").edit(path, {"use_case_ids": [one, two]}).get_json()["version"] == 2
    assert [each["id"] for each in api("wu").get(f"data-assets?use_case_id={two}")["data"]] == [made["id"]]
    assert api("lin")("DELETE", path).status_code == 204
    assert api("lin")("PATCH", path, {"name": "x"}, If_Match='"dataasset-1-3"').status_code == 409
    assert api("lin")("POST", f"{path}/restore").get_json()["use_case_ids"] == [one, two]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("quality", 6), ("personal_data", "moon"), ("owner_id", 10**9), ("use_case_ids", [10**9]),
        ("ready_on", "2026-02-30"), ("enabling_cost", {"low": "3", "likely": "2", "high": "4"}),
        ("enabling_weeks", {"low": 3, "likely": 2, "high": 4}),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_by_name(api: Call, field: str, value: object) -> None:
    answer = api("lin")("POST", "data-assets", {"name": "t", field: value})
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])


def test_it_is_ready_on_the_day_it_is_here(api: Call, sign: Sign) -> None:
    with clock.at(datetime(2026, 11, 23, 20, tzinfo=UTC)):  # the 24th in Shanghai
        number = case(api)
        assert asset(api, use_case_ids=[number], ready_on="2026-11-24")["ready"] is True
        assert queries.enabling().costs == ()
        assert "1 data asset, 1 ready" in sign("lin").get("/data-assets").get_data(as_text=True)


def test_what_it_takes_is_shared_until_it_is_ready(world: World, api: Call) -> None:
    one, two = case(api), case(api, "排产")
    made = asset(api, use_case_ids=[one, two])
    asset(api, name="无代价", enabling_cost={"low": 0, "likely": 0, "high": 0}, enabling_weeks=dict.fromkeys(WEEKS, 0))
    rests_on(queries.enabling_of_data)
    shared = queries.enabling()
    (cost,) = shared.costs
    assert (cost.id, round(cost.cost), round(cost.weeks, 6)) == (made["id"], 200_128, 4.002568)
    assert shared.needs == {one: {made["id"]}, two: {made["id"]}}
    assert shared.names[made["id"]] == "缺陷照片"
    api("lin").edit(f"data-assets/{made['id']}", {"ready_on": "2026-01-05"})
    assert api("lin").get(f"data-assets/{made['id']}")["ready"] is True
    assert queries.enabling().costs == ()


def test_it_is_found_by_the_search(api: Call) -> None:
    made = asset(api, source_system="MES 追溯库")
    (hit,) = api("wu").get("search?q=追溯")["data"]
    assert (hit["subject_type"], hit["subject_id"]) == ("data_asset", made["id"])


def test_the_page_shows_the_register_and_the_form_keeps_what_is_wrong(world: World, api: Call, sign: Sign) -> None:
    number = case(api)
    asset(api, use_case_ids=[number])
    assert "Enter a data asset" not in sign("wu").get("/data-assets").text
    assert "缺陷照片" in sign("wu").get("/data-assets").text
    lin = sign("lin")
    wrong = {"name": "订单", "personal_data": "personal", "enabling_cost_low": "30万", "enabling_cost_likely": "20万"}
    answer = lin.post("/data-assets/new", wrong)
    assert answer.status_code == 422 and 'value="订单"' in answer.text
    right = {"name": "订单", "personal_data": "personal", "enabling_cost_likely": "20万", "enabling_cost_high": "20万"}
    assert lin.post("/data-assets/new", {**right, "use_case_ids": str(number)}).status_code == 303
    made = api("lin").get("data-assets")["data"][1]
    assert (made["enabling_cost"]["likely"], made["use_case_ids"]) == ("200000.00", [number])


def test_a_form_keeps_a_use_case_that_was_archived(api: Call, sign: Sign) -> None:
    number = case(api)
    made = asset(api, use_case_ids=[number])
    api("lin")("DELETE", f"use-cases/{number}")
    html = sign("lin").get(f"/data-assets/{made['id']}/edit").text
    assert f'<option selected value="{number}">' in html
    assert api("lin").edit(f"data-assets/{made['id']}", {"use_case_ids": [number], "notes": "x"}).status_code == 200


def test_the_use_case_names_its_data_and_who_shares_what_it_takes(world: World, api: Call, sign: Sign) -> None:
    one, two = case(api), case(api, "排产")
    asset(api, use_case_ids=[one, two], quality=2, personal_data="personal")
    asset(api, name="已就绪", use_case_ids=[one], ready_on="2020-01-01")
    archived = asset(api, name="不要的", use_case_ids=[one])
    api("lin")("DELETE", f"data-assets/{archived['id']}")
    text = sign("wu").get("/use-cases/UC-1").get_data(as_text=True)
    assert "缺陷照片" in text and "quality 2 of 5" in text and "已就绪" in text and "不要的" not in text
    assert "takes ¥200,000 and 4 person-weeks, paid once for UC-1, UC-2" in text
    assert 'href="/data-assets#data-asset-1"' in text
    assert 'id="data-asset-1"' in sign("wu").get("/data-assets").get_data(as_text=True)


def test_the_gate_tells_the_data_its_use_cases_need(world: World, api: Call, sign: Sign) -> None:
    one = case(api)
    asset(api, use_case_ids=[one], quality=3)
    body = {
        "key": "AIQC",
        "name": "质检",
        "kind": "lighthouse",
        "use_case_ids": [one],
        "business_owner_id": world.ids["zhao"],
    }
    api("lin").make("projects", body)
    text = sign("wu").get("/projects/AIQC").get_data(as_text=True)
    assert "Data: 缺陷照片" in text and "quality 3 of 5" in text
