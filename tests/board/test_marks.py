"""What a card says of its sprints: carried over into its third, or taken in after the start."""

import re

from tests.board.factory import columns, item, project
from tests.world import Call, Sign, World

THIRD, ADDED = "in its sprint no. 3", "added after the start"


def card(text: str, code: str) -> str:
    found = re.search(rf'<li class="card" id="item-{code}".*?</li>', text, re.DOTALL)
    assert found is not None
    return found[0]


def begin(api: Call, project_id: int, *item_ids: int) -> int:
    sprint: int = api("lin").make("sprints", {"project_id": project_id, "goal": "误报可测"})["id"]
    api("lin").make(f"sprints/{sprint}/items", {"item_ids": list(item_ids)})
    api("lin").make(f"sprints/{sprint}/start", {})
    return sprint


def test_a_card_in_its_third_sprint_is_marked_wherever_it_is_drawn(world: World, api: Call, sign: Sign) -> None:
    at, wu = columns(api, project_id := project(world)), sign("wu")
    old, new = item(api, project_id), item(api, project_id)
    for _ in range(2):
        sprint = begin(api, project_id, old["id"])
        api("lin").make(f"sprints/{sprint}/close", {"unfinished": "backlog_top"})
    begin(api, project_id, old["id"], new["id"])
    board = wu.get("/projects/AIQC/board").get_data(as_text=True)
    assert (THIRD in card(board, old["code"]), THIRD in card(board, new["code"])) == (True, False)
    assert THIRD in card(wu.get("/projects/AIQC/board?view=all").get_data(as_text=True), old["code"])
    assert THIRD in wu.get(f"/projects/AIQC/board/columns/{at['todo']}").get_data(as_text=True)
    moved = wu.post(f"/items/{old['code']}/moves", {"column_id": at["doing"]}, headers={"HX-Request": "true"})
    assert THIRD in card(moved.get_data(as_text=True), old["code"])


def test_what_came_in_after_the_start_is_marked_until_it_leaves(world: World, api: Call, sign: Sign) -> None:
    columns(api, project_id := project(world))
    first, late = item(api, project_id), item(api, project_id)
    sprint, wu = begin(api, project_id, first["id"]), sign("wu")
    api("lin").make(f"sprints/{sprint}/items", {"item_ids": [late["id"]]})
    board = wu.get("/projects/AIQC/board").get_data(as_text=True)
    assert (ADDED in card(board, first["code"]), ADDED in card(board, late["code"])) == (False, True)
    assert api("lin")("DELETE", f"sprints/{sprint}/items/{late['id']}").status_code == 204
    everything = wu.get("/projects/AIQC/board?view=all").get_data(as_text=True)
    assert ADDED not in card(everything, late["code"])


def test_the_stand_up_is_offered_to_those_who_may_write_it_down(world: World, api: Call, sign: Sign) -> None:
    project_id = project(world)
    sprint = begin(api, project_id, item(api, project_id)["id"])
    link = f"/sprints/{sprint}/stand-up"
    assert link in sign("wu").get("/projects/AIQC/board").get_data(as_text=True)
    assert link not in sign("sun").get("/projects/AIQC/board").get_data(as_text=True)
