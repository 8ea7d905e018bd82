"""R7: nothing enters a full column unless somebody says why, whichever way it comes."""

from typing import Any

import pytest

from backlog.kernel.database import session
from tests.board.factory import columns, item, project
from tests.invariants.races import at_once, call, code_of, either_way, press
from tests.world import Call, Caller, Sign, World

ROUNDS = 6
FULL = (409, "column.full")


def limited(api: Call, project_id: int, limit: int = 1) -> dict[str, int]:
    """The default columns, the one under review with a limit of one card."""
    at = columns(api, project_id)
    lin = api("lin")
    answer = lin("GET", f"projects/{project_id}/columns")
    keys = ("id", "name", "category", "wip_limit", "policy")
    rows = [{key: row[key] for key in keys} for row in answer.get_json()["data"]]
    for row in rows:
        row["wip_limit"] = limit if row["id"] == at["review"] else None
    changed = lin("PUT", f"projects/{project_id}/columns", {"data": rows}, If_Match=answer.headers["ETag"])
    assert changed.status_code == 200
    return at


def standing(api: Call, project_id: int, column_id: int) -> list[int]:
    return [each["id"] for each in api("lin").get(f"items?project_id={project_id}&column_id={column_id}")["data"]]


@pytest.fixture
def full(world: World, api: Call) -> dict[str, int]:
    """A project whose review column is full."""
    at = limited(api, project_id := project(world))
    held = item(api, project_id, column_id=at["review"])["id"]
    return {**at, "project": project_id, "held": held}


def enter(api: Call, full: dict[str, int], way: str, more: dict[str, Any]) -> Any:
    """Try to bring a second card into the full column."""
    wu: Caller = api("wu")
    if way == "create":
        body = {"project_id": full["project"], "title": "x", "column_id": full["review"], **more}
        return wu("POST", "items", body)
    if way == "move":
        made = item(api, full["project"])["id"]
        return wu("POST", f"items/{made}/moves", {"column_id": full["review"], **more})
    wu.edit(f"items/{full['held']}", {"title": "old"})
    tag = wu("GET", f"items/{full['held']}").headers["ETag"]
    assert wu("DELETE", f"items/{full['held']}", If_Match=tag).status_code == 204
    item(api, full["project"], column_id=full["review"])
    return wu("POST", f"items/{full['held']}/restore", more or None)


@pytest.mark.parametrize("way", ["create", "move", "restore"])
def test_every_way_in_is_refused_through_the_api(api: Call, full: dict[str, int], way: str) -> None:
    assert code_of(enter(api, full, way, {})) == FULL
    assert len(standing(api, full["project"], full["review"])) == 1


@pytest.mark.parametrize("way", ["create", "move", "restore"])
def test_a_reason_opens_it_and_is_kept(api: Call, full: dict[str, int], way: str) -> None:
    assert enter(api, full, way, {"reason": "客户来访"}).status_code in {200, 201}
    there = standing(api, full["project"], full["review"])
    reasons = [move["reason"] for each in there for move in api("lin").get(f"items/{each}/moves")["data"]]
    assert (len(there), "客户来访" in reasons) == (2, True)


def test_the_page_refuses_a_move_and_a_new_card(api: Call, sign: Sign, full: dict[str, int]) -> None:
    code = item(api, full["project"])["code"]
    assert sign("wu").post(f"/items/{code}/moves", {"column_id": full["review"]}).status_code == 409
    new = {"title": "x", "column_id": full["review"]}
    assert sign("wu").post("/projects/AIQC/board/items", new).status_code == 409
    assert standing(api, full["project"], full["review"]) == [full["held"]]


def test_the_cards_of_a_removed_column_do_not_slip_in(api: Call, full: dict[str, int]) -> None:
    item(api, full["project"], column_id=full["doing"])
    answer = remove(api, full["project"], full["doing"], full["review"])()
    assert code_of(answer) == FULL
    assert len(api("lin").get(f"projects/{full['project']}/columns")["data"]) == 4


def test_a_card_of_another_project_asks_at_its_first_column(world: World, api: Call, full: dict[str, int]) -> None:
    other = project(world, key="CHAT")
    rows = api("lin")("GET", f"projects/{other}/columns")
    keys = ("id", "name", "category", "policy")
    data = [{**{key: row[key] for key in keys}, "wip_limit": 1} for row in rows.get_json()["data"]]
    api("lin")("PUT", f"projects/{other}/columns", {"data": data}, If_Match=rows.headers["ETag"])
    item(api, other)
    assert code_of(api("wu").edit(f"items/{full['held']}", {"project_id": other})) == FULL


def remove(api: Call, project_id: int, column_id: int, to_id: int) -> Any:
    """A request that takes a column away."""
    answer = api("lin")("GET", f"projects/{project_id}/columns")
    keys = ("id", "name", "category", "wip_limit", "policy")
    rows = [{key: row[key] for key in keys} for row in answer.get_json()["data"] if row["id"] != column_id]
    body = {"data": rows, "cards_to": [{"column_id": column_id, "to_id": to_id}]}
    return call(api("lin"), "PUT", f"projects/{project_id}/columns", body, If_Match=answer.headers["ETag"])


def test_of_two_for_the_last_place_one_enters(world: World, api: Call, sign: Sign) -> None:
    at = limited(api, project_id := project(world))
    wu = sign("wu")
    for turn in range(ROUNDS):
        one, two = (item(api, project_id) for _ in range(2))
        by_api = call(api("wu"), "POST", f"items/{one['id']}/moves", {"column_id": at["review"]})
        statuses = either_way(turn, by_api, press(wu, f"/items/{two['code']}/moves", column_id=at["review"]))
        assert statuses in ((201, 409), (409, 303))
        there = standing(api, project_id, at["review"])
        assert there == [one["id"] if statuses[0] == 201 else two["id"]]
        api("wu").make(f"items/{there[0]}/moves", {"column_id": at["todo"]})


def test_a_new_card_and_a_restored_one_do_not_share_the_last_place(world: World, api: Call) -> None:
    at = limited(api, project_id := project(world))
    wu = api("wu")
    for turn in range(ROUNDS):
        old = item(api, project_id, column_id=at["review"])["id"]
        assert wu("DELETE", f"items/{old}", If_Match=wu("GET", f"items/{old}").headers["ETag"]).status_code == 204
        new = {"project_id": project_id, "title": "x", "column_id": at["review"]}
        statuses = either_way(turn, call(wu, "POST", "items", new), call(wu, "POST", f"items/{old}/restore"))
        assert statuses in ((201, 409), (409, 200))
        there = standing(api, project_id, at["review"])
        assert len(there) == 1
        wu.make(f"items/{there[0]}/moves", {"column_id": at["todo"]})


def test_no_card_is_left_in_a_column_that_was_removed(world: World, api: Call) -> None:
    for turn in range(ROUNDS):
        at = columns(api, project_id := project(world, key=f"R{turn}"))
        made = item(api, project_id)["id"]
        move = call(api("wu"), "POST", f"items/{made}/moves", {"column_id": at["review"]})
        statuses = either_way(turn, move, remove(api, project_id, at["review"], at["doing"]))
        assert statuses in ((201, 200), (422, 200))
        assert api("wu").get(f"items/{made}")["column_id"] == (at["doing"] if statuses[0] == 201 else at["todo"])


def test_a_hundred_moves_of_many_people_none_refused_none_lost(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    cards = [item(api, project_id)["id"] for _ in range(8)]
    steps = [at["todo"], at["doing"], at["todo"], at["doing"]]
    session.commit()

    def walk(card: int) -> list[int]:
        body = [{"column_id": to, "reason": "走"} for to in steps]
        return [api("wu")("POST", f"items/{card}/moves", each).status_code for each in body]

    told = at_once(*[lambda card=card: walk(card) for card in cards])
    assert [status for each in told for status in each] == [201] * len(steps) * len(cards)
    assert sorted(standing(api, project_id, at["doing"])) == cards
    assert {len(api("wu").get(f"items/{card}/moves")["data"]) for card in cards} == {len(steps) + 1}
