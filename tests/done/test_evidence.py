"""A line may demand evidence; who may tick it, and what it rests on, hold after versions and people change as well."""

from typing import Any

import pytest

from tests.board.factory import columns, item, project
from tests.world import Call, Sign, World

LINK = "https://ci.example/runs/7"


def define(api: Call, project_id: int, *lines: dict[str, Any]) -> Any:
    body = {"item_type": "task", "criteria": list(lines)}
    return api("lin").make(f"projects/{project_id}/done-definitions", body)


def first(api: Call, item_id: int) -> dict[str, Any]:
    return api("lin").get(f"items/{item_id}/ticks")["data"][0]


def settle(api: Call, item_id: int, who: str = "wu", **body: Any) -> Any:
    return api(who)("PUT", f"items/{item_id}/ticks/{first(api, item_id)['criterion_id']}", body)


@pytest.fixture
def proven(world: World, api: Call) -> dict[str, Any]:
    """A task whose one line demands evidence."""
    project_id = project(world)
    define(api, project_id, {"text": "测试通过", "needs_evidence": True})
    return item(api, project_id, type="task")


def test_without_evidence_the_tick_is_refused(api: Call, proven: dict[str, Any]) -> None:
    refused = settle(api, proven["id"], evidence="  ")
    assert (refused.status_code, list(refused.get_json()["errors"])) == (422, ["evidence"])
    assert settle(api, proven["id"], evidence="x" * 501).status_code == 422
    assert first(api, proven["id"])["ticked_by_id"] is None
    assert settle(api, proven["id"], evidence=LINK).status_code == 200
    shown = first(api, proven["id"])
    assert (shown["needs_evidence"], shown["evidence"]) == (True, LINK)


def test_set_aside_it_needs_the_reason_alone(api: Call, proven: dict[str, Any]) -> None:
    assert settle(api, proven["id"], not_applicable=True, reason="没有代码").status_code == 200


def test_the_page_asks_for_it_and_links_to_it(api: Call, sign: Sign, proven: dict[str, Any]) -> None:
    wu, path = sign("wu"), f"/items/{proven['code']}"
    criterion = first(api, proven["id"])["criterion_id"]
    assert 'name="evidence"' in wu.get(path).get_data(as_text=True)
    assert wu.post(f"{path}/ticks/{criterion}").status_code == 422
    assert wu.post(f"{path}/ticks/{criterion}", {"evidence": LINK}).status_code == 303
    assert f'href="{LINK}"' in wu.get(path).get_data(as_text=True)


def test_evidence_that_is_no_link_is_text(api: Call, sign: Sign, proven: dict[str, Any]) -> None:
    settle(api, proven["id"], evidence="javascript:alert(1)")
    assert 'href="javascript' not in sign("wu").get(f"/items/{proven['code']}").get_data(as_text=True)


def test_a_refused_move_takes_box_and_evidence_together(
    world: World, api: Call, sign: Sign, proven: dict[str, Any]
) -> None:
    at, path = columns(api, proven["project_id"]), f"/items/{proven['code']}/moves"
    criterion = first(api, proven["id"])["criterion_id"]
    form = {"column_id": at["done"], "tick": criterion}
    bare = sign("wu").post(path, form)
    assert f'name="evidence_{criterion}"' in bare.get_data(as_text=True)
    assert api("wu").get(f"items/{proven['id']}")["column_id"] == at["todo"]
    assert sign("wu").post(path, {**form, f"evidence_{criterion}": LINK}).status_code == 303
    assert api("wu").get(f"items/{proven['id']}")["column_id"] == at["done"]


@pytest.mark.parametrize(
    "stricter", [{"by": "someone_else"}, {"by": "business_owner"}, {"needs_evidence": True}], ids=str
)
def test_a_tick_goes_to_a_newer_version_only_where_it_would_hold(
    world: World, api: Call, stricter: dict[str, Any]
) -> None:
    project_id = project(world)
    define(api, project_id, {"text": "复核"})
    made = item(api, project_id, type="task", assignee_ids=[world.ids["wu"]])["id"]
    assert settle(api, made).status_code == 200
    define(api, project_id, {"text": "复核", **stricter})
    api("wu").make(f"items/{made}/newest-definition", None)
    assert first(api, made)["ticked_by_id"] is None
    assert api("wu").get(f"items/{made}")["checks_met"] == 0


def test_who_takes_an_item_loses_the_tick_that_someone_else_had_to_give(world: World, api: Call) -> None:
    project_id = project(world)
    define(api, project_id, {"text": "复核", "by": "someone_else"})
    made = item(api, project_id, type="task")["id"]
    assert settle(api, made, "wu").status_code == 200
    assert api("chen").edit(f"items/{made}", {"assignee_ids": [world.ids["chen"]]}).status_code == 200
    assert first(api, made)["ticked_by_id"] == world.ids["wu"]
    assert api("wu").edit(f"items/{made}", {"assignee_ids": [world.ids["wu"]]}).status_code == 200
    assert (first(api, made)["ticked_by_id"], api("wu").get(f"items/{made}")["checks_met"]) == (None, 0)
    assert settle(api, made, "wu").get_json()["code"] == "criterion.not_yours"


def test_what_a_new_version_changes_is_seen_before(world: World, api: Call, sign: Sign) -> None:
    project_id = project(world)
    define(api, project_id, {"text": "复核"}, {"text": "旧的"})
    one, two = (item(api, project_id, title, type="task") for title in ("标定", "装箱"))
    for line in api("lin").get(f"items/{one['id']}/ticks")["data"]:
        api("lin")("PUT", f"items/{one['id']}/ticks/{line['criterion_id']}", {})
    define(api, project_id, {"text": "复核"}, {"text": "新的"})
    path = "/projects/AIQC/done/task/renew"
    text = sign("lin").get(path).get_data(as_text=True)
    assert all(each in text for each in ("1 tick goes along", "falls away: 旧的", "open then: 新的", "装箱"))
    assert api("wu").get(f"items/{one['id']}")["checks_met"] == 2
    assert sign("lin").post(path, {"item_id": one["id"]}).status_code == 303
    assert api("wu").get(f"items/{one['id']}")["checks_met"] == 1
    versions = {api("wu").get(f"items/{each['id']}")["done_definition_id"] for each in (one, two)}
    assert len(versions) == 2
    assert sign("lin").post("/projects/AIQC/done/moon/renew").status_code == 404


def test_a_version_made_meanwhile_is_not_overwritten(world: World, api: Call, sign: Sign) -> None:
    project_id = project(world)
    define(api, project_id, {"text": "别人的"})
    form = {"version": "1", "text": ["我的"], "by": ["anyone"], "required": ["1"], "needs_evidence": ["1"]}
    stale = sign("lin").post("/projects/AIQC/done/task", form)
    assert (stale.status_code, "我的" in stale.get_data(as_text=True)) == (412, True)
    assert sign("lin").post("/projects/AIQC/done/task", {**form, "version": "2"}).status_code == 303
    newest = api("lin").get(f"projects/{project_id}/done-definitions?item_type=task")["data"][0]
    assert [(line["text"], line["needs_evidence"]) for line in newest["criteria"]] == [("我的", True)]
