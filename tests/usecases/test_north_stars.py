"""The long-term vision use cases align to."""

import pytest

from tests.world import Call


def test_a_product_manager_sets_changes_and_archives_a_north_star(api: Call) -> None:
    sent = {
        "title": "复购率提升 30 %",
        "metric": "复购率",
        "baseline": 22,
        "target": 28.6,
        "unit": "%",
        "due_on": "2028-11-01",
    }
    assert api("wu")("POST", "north-stars", sent).status_code == 403
    made = api("lin").make("north-stars", sent)
    path = f"north-stars/{made['id']}"
    assert {name: made[name] for name in sent} == sent
    assert api("lin").edit(path, {"target": 30}).get_json()["target"] == 30
    assert api("lin")("DELETE", path).status_code == 204
    assert api("lin").get(path)["archived_at"] is not None
    assert (
        "north_star_id"
        in api("lin")("POST", "use-cases", {"title": "t", "north_star_id": made["id"]}).get_json()["errors"]
    )
    assert api("lin")("POST", f"{path}/restore").status_code == 200
    assert api("zhao").get("north-stars")["data"][0]["title"] == sent["title"]


@pytest.mark.parametrize(
    ("field", "value"), [("title", ""), ("baseline", 1e16), ("due_on", "2026-02-30"), ("unit", "x" * 41)]
)
def test_a_wrong_value_is_refused_by_name(api: Call, field: str, value: object) -> None:
    answer = api("lin")("POST", "north-stars", {"title": "t", field: value})
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])
