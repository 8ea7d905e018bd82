"""Definitions of Done: a change is a new version, and items at work keep theirs."""

from tests.board.factory import item, project
from tests.world import Call, World

BODY = {
    "item_type": "task",
    "criteria": [{"text": "复核通过", "by": "someone_else"}, {"text": "上线记录", "required": False}],
}


def test_only_leaders_define(world: World, api: Call) -> None:
    path = f"projects/{project(world)}/done-definitions"
    assert api("wu")("POST", path, BODY).status_code == 403
    assert api("lin")("POST", path, {**BODY, "version": 9}).status_code == 422
    assert api("lin").make(path, BODY)["version"] == 2


def test_items_keep_the_version_they_were_made_with_and_can_take_the_newest(world: World, api: Call) -> None:
    project_id = project(world)
    made = item(api, project_id, type="task")
    line = api("lin").get(f"items/{made['id']}/ticks")["data"][0]["criterion_id"]
    api("chen")("PUT", f"items/{made['id']}/ticks/{line}", {})
    api("lin").make(f"projects/{project_id}/done-definitions", BODY)
    assert len(api("lin").get(f"items/{made['id']}/ticks")["data"]) == 1
    assert api("lin")("POST", f"items/{made['id']}/newest-definition").status_code == 200
    lines = api("lin").get(f"items/{made['id']}/ticks")["data"]
    assert [each["ticked_by_id"] for each in lines] == [world.ids["chen"], None]
