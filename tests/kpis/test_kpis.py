"""KPIs: made, found, changed, archived."""

from typing import Any

import pytest

from tests.kpis.factory import kpi, use_case
from tests.world import Call, World


def body(world: World, **more: Any) -> dict[str, Any]:
    return {"name": "人工误检率", "unit": "%", "direction": "decrease", "use_case_id": use_case(world).id, **more}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"direction": "sideways"}, "direction"),
        ({"kind": "guess"}, "kind"),
        ({"cadence": "hourly"}, "cadence"),
        ({"unit_value": "-1.00"}, "unit_value"),
        ({"unit_value": 0.001}, "unit_value"),
        ({"target": "4"}, "target"),
        ({"target_on": "2026-13-01"}, "target_on"),
        ({"owner_id": 999}, "owner_id"),
        ({"use_case_id": 999}, "use_case_id"),
        ({"use_case_id": None}, "use_case_id"),
        ({"north_star_id": 1}, "north_star_id"),
        ({"code": "KPI-9"}, "code"),
        ({"version": 3}, "version"),
    ],
)
def test_what_cannot_be_a_kpi_is_refused_at_its_field(
    world: World, api: Call, change: dict[str, Any], field: str
) -> None:
    answer = api("lin")("POST", "kpis", body(world, **change))
    assert (answer.status_code, field in answer.json["errors"]) == (422, True)
    assert api("lin").get("kpis")["data"] == []


def test_only_product_managers_and_admins_make_kpis(world: World, api: Call) -> None:
    said = {name: api(name)("POST", "kpis", body(world)).status_code for name in ("wu", "zhao", "lin", "zhou")}
    assert said == {"wu": 403, "zhao": 403, "lin": 201, "zhou": 201}


def test_a_kpi_in_per_cent_is_a_share_and_others_are_amounts(world: World, api: Call) -> None:
    share = api("lin").make("kpis", body(world))
    assert (share["code"], share["kind"], share["kpi_role"], share["cadence"]) == ("KPI-1", "share", "target", "weekly")
    assert api("lin").make("kpis", body(world, unit="件/分"))["kind"] == "amount"


def test_it_comes_back_as_it_was_sent(world: World, api: Call) -> None:
    sent = body(
        world, counting="误检 ÷ 抽检", target=4, target_on="2026-12-31", evaluate_on="2027-01-31", unit_value="20000.50"
    )
    made = api("lin").make("kpis", sent)
    assert {name: made[name] for name in sent} == sent
    assert api("qian").get(f"kpis/{made['id']}") == made


def test_changes_need_the_version_they_began_from(world: World, api: Call) -> None:
    made = api("lin").make("kpis", body(world))
    path = f"kpis/{made['id']}"
    assert api("lin")("PATCH", path, {"target": 4}).status_code == 428
    tag = api("lin")("GET", path).headers["ETag"]
    assert api("lin")("PATCH", path, {"target": 4}, If_Match=tag).json["version"] == 2
    stale = api("lin")("PATCH", path, {"target": 5}, If_Match=tag)
    assert (stale.status_code, stale.json["current"]["target"]) == (412, 4)


def test_the_list_is_filtered_searched_sorted_and_paged(world: World, api: Call) -> None:
    first, second = kpi(world, name="B", kpi_role="guardrail"), kpi(world, name="A", counting="误检率的口径")
    data = lambda query: [row["id"] for row in api("qian").get(f"kpis?{query}")["data"]]  # noqa: E731
    assert data("") == [first.id, second.id]
    assert data("sort=name") == [second.id, first.id]
    assert data("kpi_role=guardrail") == [first.id]
    assert data(f"use_case_id={second.use_case_id}") == [second.id]
    assert data("q=口径") == [second.id]
    assert data("q=ｋｐｉ－1") == [first.id]
    cursor = api("qian").get("kpis?page_size=1")["next_cursor"]
    assert data(f"page_size=1&cursor={cursor}") == [second.id]
    assert api("qian")("GET", "kpis?sort=secret").status_code == 422


def test_archived_it_leaves_the_list_and_comes_back_whole(world: World, api: Call) -> None:
    made = api("lin").make("kpis", body(world))
    assert api("lin")("DELETE", f"kpis/{made['id']}").status_code == 204
    assert api("lin").get("kpis")["data"] == []
    assert [row["id"] for row in api("lin").get("kpis?archived=true")["data"]] == [made["id"]]
    assert api("lin").make(f"kpis/{made['id']}/restore", {})["archived_at"] is None
    assert len(api("lin").get("kpis")["data"]) == 1


def test_an_unknown_kpi_is_not_found(world: World, api: Call) -> None:
    for path in ("kpis/7", "kpis/7/measurements", "kpis/7/baseline", "kpis/7/effect"):
        assert api("lin")("GET", path).status_code == 404
    assert api("wu")("POST", "kpis/7/baseline/agreement", {}).status_code == 404
