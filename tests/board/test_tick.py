"""Ticks: who may, who did, and what is set aside."""

from tests.board.factory import item, project
from tests.world import Call, World


def lines(api: Call, item_id: int) -> list[dict]:
    return api("lin").get(f"items/{item_id}/ticks")["data"]


def test_someone_else_means_not_those_who_do_the_work(world: World, api: Call) -> None:
    made = item(api, project(world), type="task", assignee_ids=[world.ids["wu"]])
    path = f"items/{made['id']}/ticks/{lines(api, made['id'])[0]['criterion_id']}"
    assert api("wu")("PUT", path, {}).get_json()["code"] == "criterion.not_yours"
    assert api("chen")("PUT", path, {}).status_code == 200
    told = lines(api, made["id"])[0]
    assert (told["ticked_by_id"], told["ticked_at"] is not None) == (world.ids["chen"], True)


def test_the_business_owner_ticks_what_is_theirs(world: World, api: Call) -> None:
    project_id = project(world)
    lines_of = [{"text": "业务用户试用并确认", "required": True, "by": "business_owner"}]
    api("lin").make(f"projects/{project_id}/done-definitions", {"item_type": "model", "criteria": lines_of})
    made = item(api, project_id, type="model")
    own = next(line for line in lines(api, made["id"]) if line["by"] == "business_owner")
    path = f"items/{made['id']}/ticks/{own['criterion_id']}"
    assert api("lin")("PUT", path, {}).status_code == 409
    assert api("sun")("PUT", path, {}).status_code == 403
    assert api("zhao")("PUT", path, {}).status_code == 200


def test_setting_aside_needs_a_reason(world: World, api: Call) -> None:
    made = item(api, project(world), type="task")
    path = f"items/{made['id']}/ticks/{lines(api, made['id'])[0]['criterion_id']}"
    assert api("lin")("PUT", path, {"not_applicable": True}).status_code == 422
    assert api("lin")("PUT", path, {"not_applicable": True, "reason": "只改文字"}).status_code == 200
    assert lines(api, made["id"])[0]["not_applicable"] is True


def test_a_line_of_another_item_is_missing(world: World, api: Call) -> None:
    project_id = project(world)
    task, story = item(api, project_id, type="task"), item(api, project_id, type="story")
    line = lines(api, story["id"])[0]["criterion_id"]
    assert api("lin")("PUT", f"items/{task['id']}/ticks/{line}", {}).status_code == 404


def test_an_edit_begun_earlier_is_refused_and_a_tick_disturbs_none(world: World, api: Call) -> None:
    made = item(api, project(world), type="task")
    tag = api("wu")("GET", f"items/{made['id']}").headers["ETag"]
    api("lin")("PUT", f"items/{made['id']}/ticks/{lines(api, made['id'])[0]['criterion_id']}", {})
    assert api("wu")("PATCH", f"items/{made['id']}", {"title": "新"}, If_Match=tag).status_code == 200
    stale = api("wu")("PATCH", f"items/{made['id']}", {"title": "旧"}, If_Match=tag)
    assert (stale.status_code, stale.get_json()["current"]["title"]) == (412, "新")


def test_unknown_people_and_read_only_fields_are_refused(world: World, api: Call) -> None:
    made = item(api, project(world, confidential=True))
    answer = api("wu").edit(f"items/{made['id']}", {"assignee_ids": [world.ids["he"]]})
    assert list(answer.get_json()["errors"]) == ["assignee_ids"]
    for name, value in (("column_id", 1), ("number", 5), ("done_at", None), ("override_reason", "x"), ("sprint_id", 1)):
        assert api("wu").edit(f"items/{made['id']}", {name: value}).status_code == 422
