"""Moving: every way into a column is refused with all reasons at once, and opened by a reason alone."""

from tests.board.factory import columns, item, project, tick_all
from tests.world import Call, World


def move(api: Call, who: str, item_id: int, column_id: int, **more):
    return api(who)("POST", f"items/{item_id}/moves", {"column_id": column_id, **more})


def test_an_item_with_open_lines_is_not_done(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task", acceptance=[{"text": "一秒内判定"}])
    answer = move(api, "wu", made["id"], at["done"])
    assert answer.status_code == 409
    assert answer.get_json()["code"] == "item.not_done"
    assert answer.get_json()["facts"] == {"criteria": ["复核通过"], "acceptance": ["一秒内判定"]}
    assert api("wu").get(f"items/{made['id']}")["column_id"] == at["todo"]


def test_all_reasons_come_at_once(world: World, api: Call) -> None:
    project_id = project(world)
    at = columns(api, project_id)
    first = item(api, project_id, type="task")
    tick_all(api, first["id"])
    assert move(api, "wu", first["id"], at["done"]).status_code == 201
    rows = api("lin").get(f"projects/{project_id}/columns")["data"]
    rows[3]["wip_limit"] = 1
    body = [{name: row[name] for name in ("id", "name", "category", "wip_limit", "policy")} for row in rows]
    tag = api("lin")("GET", f"projects/{project_id}/columns").headers["ETag"]
    assert api("lin")("PUT", f"projects/{project_id}/columns", body, If_Match=tag).status_code == 200
    second = item(api, project_id, type="task")
    facts = move(api, "lin", second["id"], at["done"]).get_json()["facts"]
    assert facts == {"criteria": ["复核通过"], "acceptance": [], "limit": 1}


def test_a_full_column_is_opened_by_a_reason_that_is_kept(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    for _ in range(2):
        assert move(api, "wu", item(api, project_id)["id"], at["review"]).status_code == 201
    third = item(api, project_id)
    answer = move(api, "wu", third["id"], at["review"])
    assert (answer.status_code, answer.get_json()["code"], answer.get_json()["facts"]) == (
        409,
        "column.full",
        {"limit": 2},
    )
    assert item_refused(api, project_id, at["review"]) == "column.full"
    assert move(api, "wu", third["id"], at["review"], reason="客户在等").status_code == 201
    assert api("wu").get(f"items/{third['id']}/moves")["data"][-1]["reason"] == "客户在等"


def item_refused(api: Call, project_id: int, column_id: int) -> str:
    answer = api("wu")("POST", "items", {"project_id": project_id, "title": "x", "column_id": column_id})
    return answer.get_json()["code"]


def test_creating_into_done_asks_as_well(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    assert item_refused(api, project_id, at["done"]) == "item.not_done"
    assert api("wu").get(f"items?project_id={project_id}")["data"] == []


def test_only_leaders_override_and_the_reason_stays(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id)
    assert move(api, "wu", made["id"], at["done"], override_reason="赶").status_code == 403
    assert move(api, "lin", made["id"], at["done"], override_reason="试点先上").status_code == 201
    shown = api("wu").get(f"items/{made['id']}")
    assert (shown["override_reason"], shown["done_at"] is not None) == ("试点先上", True)


def test_strangers_do_not_move(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id)
    assert move(api, "he", made["id"], at["doing"]).status_code == 403
    assert move(api, "sun", made["id"], at["doing"]).status_code == 403


def test_a_confidential_item_is_missing_for_strangers(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world, confidential=True))
    made = item(api, project_id)
    assert move(api, "he", made["id"], at["doing"]).status_code == 404
    assert api("he").get("items")["data"] == []
    assert len(api("zhao").get("items")["data"]) == 1


def test_a_column_of_another_project_is_unknown(world: World, api: Call) -> None:
    made = item(api, project(world))
    other = columns(api, project(world, "OPS"))
    assert move(api, "wu", made["id"], other["doing"]).status_code == 422


def test_cards_stand_between_their_neighbours(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    a, b, c = (item(api, project_id, title)["id"] for title in "abc")
    assert move(api, "wu", c, at["todo"], before_id=b).status_code == 201
    assert move(api, "wu", a, at["todo"], after_id=b).status_code == 201
    assert order(world, at["todo"]) == [c, b, a]


def order(world: World, column_id: int) -> list[int]:
    from sqlalchemy import select

    from backlog.board.models import Item
    from backlog.kernel.database import session

    session.rollback()
    query = select(Item.id).where(Item.column_id == column_id).order_by(Item.order_key, Item.id)
    return list(session.scalars(query))


def test_unticking_a_done_item_reopens_it(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task")
    tick_all(api, made["id"])
    assert move(api, "wu", made["id"], at["done"]).status_code == 201
    line = api("wu").get(f"items/{made['id']}/ticks")["data"][0]
    assert api("wu")("DELETE", f"items/{made['id']}/ticks/{line['criterion_id']}").status_code == 204
    shown = api("wu").get(f"items/{made['id']}")
    assert (shown["column_id"], shown["done_at"], shown["checks_met"]) == (at["review"], None, 0)


def test_restoring_meets_the_limit(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    first = item(api, project_id, column_id=at["review"])
    assert api("wu")("DELETE", f"items/{first['id']}").status_code == 204
    for _ in range(2):
        item(api, project_id, column_id=at["review"])
    assert api("wu")("POST", f"items/{first['id']}/restore").get_json()["code"] == "column.full"
    assert api("wu")("POST", f"items/{first['id']}/restore", {"reason": "要的"}).status_code == 200


def test_another_type_takes_the_newest_definition_and_drops_ticks(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task")
    tick_all(api, made["id"])
    move(api, "wu", made["id"], at["done"])
    refused = api("wu").edit(f"items/{made['id']}", {"type": "data"})
    assert (refused.status_code, refused.get_json()["code"]) == (409, "item.not_done")
    assert api("wu").get(f"items/{made['id']}")["type"] == "task"
    move(api, "wu", made["id"], at["doing"])
    assert api("wu").edit(f"items/{made['id']}", {"type": "data"}).status_code == 200
    assert api("wu").get(f"items/{made['id']}")["checks_met"] == 0


def test_another_project_gives_another_code(world: World, api: Call) -> None:
    made = item(api, project(world))
    other = project(world, "OPS")
    assert api("wu").edit(f"items/{made['id']}", {"project_id": other}).get_json()["code"] == "OPS-1"


def test_a_removed_column_sends_its_cards_by_their_own_moves(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, column_id=at["doing"])
    rows = api("lin").get(f"projects/{project_id}/columns")["data"]
    names = ("id", "name", "category", "wip_limit", "policy")
    kept = [{name: row[name] for name in names} for row in rows if row["id"] != at["doing"]]
    path = f"projects/{project_id}/columns"
    tag = {"If_Match": api("lin")("GET", path).headers["ETag"]}
    assert api("lin")("PUT", path, kept).status_code == 428
    assert api("lin")("PUT", path, kept, **tag).get_json()["code"] == "column.not_empty"
    to_done = {"data": kept, "cards_to": [{"column_id": at["doing"], "to_id": at["done"]}]}
    assert api("lin")("PUT", path, to_done, **tag).get_json()["code"] == "item.not_done"
    to_todo = {"data": kept, "cards_to": [{"column_id": at["doing"], "to_id": at["todo"]}]}
    assert api("lin")("PUT", path, to_todo, **tag).status_code == 200
    assert api("wu").get(f"items/{made['id']}")["column_id"] == at["todo"]
    assert api("lin")("PUT", path, kept, **tag).status_code == 412
