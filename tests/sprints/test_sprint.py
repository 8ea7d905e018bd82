"""Sprints: one at a time (R6), a commitment that stays, and a place for what was not done."""

from concurrent.futures import ThreadPoolExecutor

from tests.board.factory import columns, item, project, tick_all
from tests.world import Call, World


def plan(api: Call, project_id: int, goal: str = "误报可测") -> int:
    return api("lin").make("sprints", {"project_id": project_id, "goal": goal})["id"]


def test_a_draft_has_no_sprints(world: World, api: Call) -> None:
    draft = project(world, kind="lighthouse", status="draft")
    assert api("lin")("POST", "sprints", {"project_id": draft}).get_json()["code"] == "sprint.project_not_running"
    assert item(api, draft)["code"] == "AIQC-1"


def test_members_do_not_manage_sprints(world: World, api: Call) -> None:
    project_id = project(world)
    assert api("wu")("POST", "sprints", {"project_id": project_id}).status_code == 403
    assert api("wu")("POST", f"sprints/{plan(api, project_id)}/start").status_code == 403


def test_two_starts_at_once_make_one_active(world: World, api: Call) -> None:
    ids = [plan(api, project_id) for project_id in [project(world)] for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda each: api("lin")("POST", f"sprints/{each}/start"), ids))
    assert sorted(each.status_code for each in answers) == [200, 409]
    assert next(each for each in answers if each.status_code == 409).get_json()["code"] == "sprint.already_active"


def test_the_commitment_stays_and_closing_freezes(world: World, api: Call) -> None:
    project_id = project(world)
    at = columns(api, project_id)
    a, b, c, d = (item(api, project_id, name, type="task", points=3)["id"] for name in "abcd")
    sprint = plan(api, project_id)
    api("lin").make(f"sprints/{sprint}/items", {"item_ids": [a, b, c]})
    assert api("lin").make(f"sprints/{sprint}/start", {})["committed_points"] == 9
    api("lin").make(f"sprints/{sprint}/items", {"item_ids": [d]})
    tick_all(api, a)
    api("wu").make(f"items/{a}/moves", {"column_id": at["done"]})
    api("wu").make(f"items/{b}/moves", {"column_id": at["doing"]})
    body = {"unfinished": "next", "items": [{"item_id": b, "to": "backlog_top"}]}
    closed = api("lin").make(f"sprints/{sprint}/close", body)
    assert (closed["state"], closed["committed_points"], closed["done_points"]) == ("closed", 9, 3)
    assert (closed["figures"]["scope"], closed["figures"]["added"]) == (12, 3)
    assert api("wu").get(f"items/{b}")["column_id"] == at["todo"]
    assert api("wu").get(f"items/{b}")["sprint_id"] is None
    following = api("lin").get(f"sprints?project_id={project_id}&state=planned")["data"][0]["id"]
    assert {api("wu").get(f"items/{each}")["sprint_id"] for each in (c, d)} == {following}
    assert len(api("wu").get(f"sprints/{sprint}/items")["data"]) == 4
    assert api("lin")("POST", f"sprints/{sprint}/close", {}).get_json()["code"] == "sprint.not_active"


def test_the_burndown_counts_down(world: World, api: Call) -> None:
    project_id = project(world)
    made = item(api, project_id, points=5)
    sprint = plan(api, project_id)
    api("lin").make(f"sprints/{sprint}/items", {"item_ids": [made["id"]]})
    api("lin").make(f"sprints/{sprint}/start", {})
    days = api("wu").get(f"sprints/{sprint}/burndown")["data"]
    assert (len(days), days[0]["remaining_points"], days[0]["ideal_points"]) == (14, 5, 5)


def test_an_item_of_another_project_is_unknown(world: World, api: Call) -> None:
    sprint = plan(api, project(world))
    other = item(api, project(world, "OPS"))
    assert api("lin")("POST", f"sprints/{sprint}/items", {"item_ids": [other["id"]]}).status_code == 422


def test_an_archived_item_leaves_and_a_restored_one_returns(world: World, api: Call) -> None:
    project_id = project(world)
    made = item(api, project_id)
    sprint = plan(api, project_id)
    api("lin").make(f"sprints/{sprint}/items", {"item_ids": [made["id"]]})
    api("wu")("DELETE", f"items/{made['id']}")
    assert api("wu").get(f"sprints/{sprint}/items")["data"] == []
    api("wu")("POST", f"items/{made['id']}/restore")
    assert api("wu").get(f"items/{made['id']}")["sprint_id"] == sprint


def test_ceremonies_are_written_down(world: World, api: Call) -> None:
    sprint = plan(api, project(world))
    path = f"sprints/{sprint}/ceremonies"
    note = {"user_id": world.ids["wu"], "done": "标定", "next": "压测", "obstacle": ""}
    assert api("wu").make(path, {"kind": "standup", "notes": [note]})["notes"][0]["next"] == "压测"
    assert api("wu")("POST", path, {"kind": "review", "notes": [{"lane": "x", "text": "y"}]}).status_code == 422
    assert api("he")("POST", path, {"kind": "standup", "notes": []}).status_code == 403
    assert len(api("sun").get(path)["data"]) == 1


def test_an_action_becomes_an_item_through_the_api(world: World, api: Call) -> None:
    sprint = plan(api, project(world))
    notes = [{"lane": "well", "text": "快"}, {"lane": "action", "text": "早点测"}]
    held = api("wu").make(f"sprints/{sprint}/ceremonies", {"kind": "retrospective", "notes": notes})["id"]
    path = f"sprints/{sprint}/ceremonies/{held}"
    made = api("wu").make(f"{path}/actions", {"place": 1})
    assert (made["title"], made["type"]) == ("早点测", "task")
    assert api("wu").make(f"{path}/actions", {"place": 1})["id"] == made["id"]
    assert api("wu").get(path)["notes"][1]["item_id"] == made["id"]
    assert [api("wu")("POST", f"{path}/actions", {"place": each}).status_code for each in (0, 2, -1)] == [422] * 3
    assert api("sun")("POST", f"{path}/actions", {"place": 1}).status_code == 403
