"""R8: nothing stands in a done column whose Definition of Done is open, unless a leader said why."""

from typing import Any

from tests.board.factory import columns, item, project, tick_all
from tests.invariants.races import call, code_of, either_way, press
from tests.world import Call, Sign, World

ROUNDS = 5
OPEN = (409, "item.not_done")


def lines(api: Call, item_id: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api("lin").get(f"items/{item_id}/ticks")["data"]
    return found


def holds(api: Call, item_id: int, done_id: int) -> bool:
    """Whether a card that stands in the done column has every required line settled, and counts as done."""
    shown = api("wu").get(f"items/{item_id}")
    settled = all(line["ticked_by_id"] or not line["required"] for line in lines(api, item_id))
    met = all(line["met"] for line in shown["acceptance"])
    stands = shown["column_id"] == done_id
    return stands == (shown["done_at"] is not None) and (not stands or (settled and met))


def test_every_way_in_is_refused_through_the_api(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    wu, made = api("wu"), item(api, project_id, type="task")
    new = {"project_id": project_id, "title": "x", "column_id": at["done"]}
    assert code_of(wu("POST", "items", new)) == OPEN
    refused = wu("POST", f"items/{made['id']}/moves", {"column_id": at["done"]})
    required = [line["text"] for line in lines(api, made["id"]) if line["required"]]
    assert (code_of(refused), refused.get_json()["facts"]["criteria"]) == (OPEN, required)
    reason = {"column_id": at["done"], "override_reason": "trust me"}
    assert wu("POST", f"items/{made['id']}/moves", reason).status_code == 403
    assert wu.get(f"items/{made['id']}")["done_at"] is None


def test_an_acceptance_criterion_is_asked_like_the_definition(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task", acceptance=[{"text": "误报 ≤ 4 %"}])
    tick_all(api, made["id"])
    assert code_of(api("wu")("POST", f"items/{made['id']}/moves", {"column_id": at["done"]})) == OPEN


def test_the_page_refuses_a_move_and_a_new_card(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task")
    assert sign("wu").post(f"/items/{made['code']}/moves", {"column_id": at["done"]}).status_code == 409
    new = {"title": "x", "column_id": at["done"]}
    assert sign("wu").post("/projects/AIQC/board/items", new).status_code == 409
    assert api("wu").get(f"items?project_id={project_id}&column_id={at['done']}")["data"] == []


def test_another_type_asks_a_done_item_anew(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task")
    tick_all(api, made["id"])
    api("wu").make(f"items/{made['id']}/moves", {"column_id": at["done"]})
    assert code_of(api("wu").edit(f"items/{made['id']}", {"type": "model"})) == OPEN
    assert holds(api, made["id"], at["done"])


def test_a_leader_passes_it_over_with_a_reason_that_stays(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task")["id"]
    api("lin").make(f"items/{made}/moves", {"column_id": at["done"], "override_reason": "展会"})
    shown = api("wu").get(f"items/{made}")
    assert (shown["override_reason"], shown["done_at"] is None) == ("展会", False)


def test_done_is_never_reached_beside_an_untick(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project_id := project(world))
    wu = sign("wu")
    for turn in range(ROUNDS):
        made = item(api, project_id, type="task")
        tick_all(api, made["id"])
        first = lines(api, made["id"])[0]["criterion_id"]
        move = press(wu, f"/items/{made['code']}/moves", column_id=at["done"])
        untick = call(api("lin"), "DELETE", f"items/{made['id']}/ticks/{first}")
        assert either_way(turn, move, untick) in ((303, 204), (409, 204))
        assert api("wu").get(f"items/{made['id']}")["done_at"] is None
        assert holds(api, made["id"], at["done"])


def test_nor_beside_an_acceptance_criterion_that_is_met_no_more(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project_id := project(world))
    lin = sign("lin")
    for turn in range(ROUNDS):
        made = item(api, project_id, type="task", acceptance=[{"text": "可测", "met": True}])
        tick_all(api, made["id"])
        line = made["acceptance"][0]["id"]
        move = call(api("wu"), "POST", f"items/{made['id']}/moves", {"column_id": at["done"]})
        statuses = either_way(turn, move, press(lin, f"/items/{made['code']}/acceptance/{line}", met=""))
        assert statuses in ((201, 303), (409, 303))
        assert holds(api, made["id"], at["done"])


def test_the_last_line_ticked_or_set_aside_beside_the_move_counts_or_not_but_is_never_lost(
    world: World, api: Call
) -> None:
    at = columns(api, project_id := project(world))
    for turn in range(ROUNDS):
        made = item(api, project_id, type="task")["id"]
        tick_all(api, made)
        last = lines(api, made)[-1]["criterion_id"]
        assert api("lin")("DELETE", f"items/{made}/ticks/{last}").status_code == 204
        body = {"not_applicable": True, "reason": "无界面"} if turn % 2 else {}
        move = call(api("wu"), "POST", f"items/{made}/moves", {"column_id": at["done"]})
        statuses = either_way(turn, move, call(api("lin"), "PUT", f"items/{made}/ticks/{last}", body))
        assert statuses in ((201, 200), (409, 200))
        assert holds(api, made, at["done"])
        assert all(line["ticked_by_id"] for line in lines(api, made))


def test_a_column_does_not_become_a_done_one_under_a_card(world: World, api: Call) -> None:
    keys = ("id", "name", "category", "wip_limit", "policy")
    for turn in range(ROUNDS):
        at = columns(api, project_id := project(world, key=f"R{turn}"))
        made = item(api, project_id, type="task")["id"]
        answer = api("lin")("GET", f"projects/{project_id}/columns")
        rows = [{key: row[key] for key in keys} for row in answer.get_json()["data"]]
        for row in rows:
            row["category"] = "done" if row["id"] == at["review"] else row["category"]
        tag = answer.headers["ETag"]
        change = call(api("lin"), "PUT", f"projects/{project_id}/columns", {"data": rows}, If_Match=tag)
        move = call(api("wu"), "POST", f"items/{made}/moves", {"column_id": at["review"]})
        assert either_way(turn, move, change) in ((201, 409), (409, 200))
        assert (api("wu").get(f"items/{made}")["column_id"] == at["review"]) != _is_done(api, project_id, at["review"])


def _is_done(api: Call, project_id: int, column_id: int) -> bool:
    rows = api("lin").get(f"projects/{project_id}/columns")["data"]
    return any(row["id"] == column_id and row["category"] == "done" for row in rows)


def test_a_tick_taken_back_is_not_carried_into_a_newer_definition(world: World, api: Call) -> None:
    project_id = project(world)
    for turn in range(ROUNDS):
        made = item(api, project_id, type="task")["id"]
        tick_all(api, made)
        first = lines(api, made)[0]
        criteria = [{"text": line["text"], "by": line["by"]} for line in lines(api, made)]
        more = [*criteria, {"text": f"第 {turn} 条"}]
        api("lin").make(f"projects/{project_id}/done-definitions", {"item_type": "task", "criteria": more})
        renew = call(api("wu"), "POST", f"items/{made}/newest-definition")
        untick = call(api("lin"), "DELETE", f"items/{made}/ticks/{first['criterion_id']}")
        statuses = either_way(turn, renew, untick)
        kept = next(line for line in lines(api, made) if line["text"] == first["text"])
        assert statuses in ((200, 204), (200, 404))
        assert (kept["ticked_by_id"] is None) == (statuses[1] == 204)
