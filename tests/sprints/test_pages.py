"""The pages of a sprint: planned side by side with the backlog, begun on the dates said, closed with a place for each leftover."""

from datetime import date, timedelta

from backlog.kernel import clock
from tests.board.factory import item, project
from tests.world import Call, Sign, World


def planned(api: Call, project_id: int, *points: float) -> tuple[int, list[int]]:
    """A planned sprint with an item for each number of points."""
    sprint = api("lin").make("sprints", {"project_id": project_id, "goal": "看得见", "starts_on": str(clock.today())})
    ids = [item(api, project_id, f"项 {each}", points=each)["id"] for each in points]
    assert api("lin")("POST", f"sprints/{sprint['id']}/items", {"item_ids": ids}).status_code < 300
    return sprint["id"], ids


def test_planning_shows_the_sum_and_marks_what_waits(world: World, api: Call, sign: Sign) -> None:
    sprint_id, _ = planned(api, project_id := project(world), 3, 5)
    item(api, project_id, "还在等")
    shown = sign("lin").get(f"/sprints/{sprint_id}").get_data(as_text=True)
    assert all(each in shown for each in ("8 points planned", "还在等", "data-plan-sum", 'draggable="true"'))
    assert 'draggable="true"' not in sign("wu").get(f"/sprints/{sprint_id}").get_data(as_text=True)


def test_a_sprint_starts_on_the_dates_said(world: World, api: Call, sign: Sign) -> None:
    sprint_id, _ = planned(api, project(world), 3)
    first: date = clock.today() + timedelta(days=3)
    form = {"goal": "看得见", "starts_on": first.isoformat(), "weeks": "1"}
    assert sign("lin").post(f"/sprints/{sprint_id}/start", {**form, "goal": ""}).status_code == 422
    assert sign("lin").post(f"/sprints/{sprint_id}/start", form).status_code == 303
    sprint = api("lin").get(f"sprints/{sprint_id}")
    assert (sprint["state"], sprint["starts_on"], sprint["weeks"]) == ("active", first.isoformat(), 1)


def test_what_came_and_went_after_the_start_is_marked(world: World, api: Call, sign: Sign) -> None:
    sprint_id, ids = planned(api, project_id := project(world), 3, 5)
    assert api("lin")("POST", f"sprints/{sprint_id}/start", {}).status_code == 200
    late = item(api, project_id, "后来的")
    api("lin")("POST", f"sprints/{sprint_id}/items", {"item_ids": [late["id"]]})
    api("lin")("DELETE", f"sprints/{sprint_id}/items/{ids[0]}")
    shown = sign("wu").get(f"/sprints/{sprint_id}").get_data(as_text=True)
    assert "added after the start" in shown
    assert "Taken out after the start:" in shown


def test_closing_gives_each_leftover_its_place(world: World, api: Call, sign: Sign) -> None:
    sprint_id, ids = planned(api, project(world), 3, 5)
    assert api("lin")("POST", f"sprints/{sprint_id}/start", {}).status_code == 200
    form = {"unfinished": "backlog_bottom", f"to_{ids[1]}": "next"}
    assert sign("lin").post(f"/sprints/{sprint_id}/close", {**form, "unfinished": "nowhere"}).status_code == 422
    assert sign("lin").post(f"/sprints/{sprint_id}/close", form).status_code == 303
    now = [api("lin").get(f"items/{each}")["sprint_id"] for each in ids]
    assert now[0] is None
    assert now[1] not in {None, sprint_id}
