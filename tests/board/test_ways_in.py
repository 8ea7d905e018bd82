"""Every way into a column beside dragging: refused as a drag is, and opened by the same words through page and API."""

from typing import Any

import pytest

from tests.board.factory import columns, item, project, tick_all
from tests.world import Call, Sign, World

NAMES = ("id", "name", "category", "wip_limit", "policy")


def rows_of(api: Call, project_id: int) -> tuple[list[dict[str, Any]], str]:
    answer = api("lin")("GET", f"projects/{project_id}/columns")
    return [{name: row[name] for name in NAMES} for row in answer.get_json()["data"]], answer.headers["ETag"]


def put(api: Call, project_id: int, rows: list[dict[str, Any]], **more: Any) -> Any:
    tag = rows_of(api, project_id)[1]
    return api("lin")("PUT", f"projects/{project_id}/columns", {"data": rows, **more}, If_Match=tag)


def limit(api: Call, project_id: int, column_id: int, most: int) -> None:
    rows = rows_of(api, project_id)[0]
    changed = [{**row, "wip_limit": most} if row["id"] == column_id else row for row in rows]
    assert put(api, project_id, changed).status_code == 200


def form_of(api: Call, project_id: int, **more: Any) -> dict[str, Any]:
    rows = rows_of(api, project_id)[0]
    lists = {name: [row[name] or "" for row in rows] for name in NAMES}
    return {**lists, "position": [str(place + 1) for place in range(len(rows))], **more}


@pytest.mark.parametrize("goal", ["itself", "also removed", "unknown"])
def test_cards_never_go_to_a_column_that_is_taken_away(world: World, api: Call, goal: str) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, column_id=at["doing"])["id"]
    goals = {"itself": at["doing"], "also removed": at["review"], "unknown": 99_999}
    gone = {at["doing"], goals[goal]}
    rows = [row for row in rows_of(api, project_id)[0] if row["id"] not in gone]
    answer = put(api, project_id, rows, cards_to=[{"column_id": at["doing"], "to_id": goals[goal]}])
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["cards_to"])
    assert api("wu").get(f"items/{made}")["column_id"] in {row["id"] for row in rows_of(api, project_id)[0]}


def test_a_box_takes_a_column_away_and_a_leader_says_why_its_cards_are_done(
    world: World, api: Call, sign: Sign
) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task", column_id=at["doing"])["id"]
    form = form_of(api, project_id, gone=[at["doing"]])
    lin = sign("lin")
    assert lin.post("/projects/AIQC/columns", {**form, "cards_to": at["doing"]}).status_code == 422
    refused = lin.post("/projects/AIQC/columns", {**form, "cards_to": at["done"]})
    text = refused.get_data(as_text=True)
    assert (refused.status_code, f'name="gone" value="{at["doing"]}" checked' in text) == (409, True)
    why = {"cards_to": at["done"], "override_reason": "展会"}
    assert lin.post("/projects/AIQC/columns", {**form, **why}).status_code == 303
    shown = api("wu").get(f"items/{made}")
    assert (shown["column_id"], shown["override_reason"]) == (at["done"], "展会")


def test_columns_changed_by_another_meanwhile_are_not_overwritten(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project_id := project(world))
    page = sign("lin").get("/projects/AIQC/columns").get_data(as_text=True)
    version = page.split('name="version" value="')[1].split('"')[0]
    form = form_of(api, project_id)
    limit(api, project_id, at["review"], 7)
    stale = sign("zhou").post("/projects/AIQC/columns", {**form, "version": version})
    assert (stale.status_code, "≤ 7" in stale.get_data(as_text=True)) == (412, True)
    assert [row["wip_limit"] for row in rows_of(api, project_id)[0]] == [None, 3, 7, None]


def test_restoring_into_a_full_column_asks_for_the_reason(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project_id := project(world))
    old = item(api, project_id, column_id=at["review"])
    assert api("wu")("DELETE", f"items/{old['id']}").status_code == 204
    limit(api, project_id, at["review"], 1)
    item(api, project_id, column_id=at["review"])
    path, wu = f"/items/{old['code']}/restore", sign("wu")
    refused = wu.post(path)
    assert (refused.status_code, 'name="reason"' in refused.get_data(as_text=True)) == (409, True)
    assert wu.post(path, {"reason": "客户来访"}).status_code == 303
    assert api("wu").get(f"items/{old['id']}/moves")["data"][-1]["reason"] == "客户来访"


def make_done(api: Call, project_id: int, column_id: int) -> None:
    """Let a column count as done."""
    path, names = f"projects/{project_id}/columns", ("id", "name", "category", "wip_limit", "policy")
    kept = [{name: row[name] for name in names} for row in api("lin").get(path)["data"]]
    data = [{**row, "category": "done"} if row["id"] == column_id else row for row in kept]
    tag = api("lin")("GET", path).headers["ETag"]
    assert api("lin")("PUT", path, {"data": data}, If_Match=tag).status_code == 200


def test_restoring_into_done_asks_a_leader_for_the_exception(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project_id := project(world))
    old = item(api, project_id, type="task")
    api("wu").make(f"items/{old['id']}/moves", {"column_id": at["doing"]})
    assert api("wu")("DELETE", f"items/{old['id']}").status_code == 204
    make_done(api, project_id, at["doing"])
    path = f"/items/{old['code']}/restore"
    assert 'name="override_reason"' not in sign("wu").post(path).get_data(as_text=True)
    assert 'name="override_reason"' in sign("lin").post(path).get_data(as_text=True)
    assert sign("lin").post(path, {"override_reason": "试点先上"}).status_code == 303
    assert api("wu").get(f"items/{old['id']}")["override_reason"] == "试点先上"


def test_what_is_done_by_an_exception_comes_back_from_the_archive_with_it(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task")
    api("lin").make(f"items/{made['id']}/moves", {"column_id": at["done"], "override_reason": "展会"})
    assert api("wu")("DELETE", f"items/{made['id']}").status_code == 204
    assert sign("wu").post(f"/items/{made['code']}/restore").status_code == 303
    shown = api("wu").get(f"items/{made['id']}")
    assert (shown["column_id"], shown["override_reason"]) == (at["done"], "展会")


def test_an_exception_ends_when_the_item_leaves_done_and_the_move_keeps_it(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task")
    api("lin").make(f"items/{made['id']}/moves", {"column_id": at["done"], "override_reason": "展会"})
    api("wu").make(f"items/{made['id']}/moves", {"column_id": at["doing"]})
    shown = api("wu").get(f"items/{made['id']}")
    assert (shown["override_reason"], shown["override_by_id"]) == (None, None)
    assert "展会" in [move["override_reason"] for move in api("wu").get(f"items/{made['id']}/moves")["data"]]
    assert "Done by exception" not in sign("wu").get(f"/items/{made['code']}").get_data(as_text=True)


def test_a_new_card_may_go_elsewhere_or_in_with_the_reason(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project(world))
    new = {"title": "展台演示", "column_id": at["done"]}
    path = "/projects/AIQC/board/items"
    by_wu = sign("wu").post(path, new).get_data(as_text=True)
    assert ('value="展台演示"' in by_wu, 'name="override_reason"' in by_wu) == (True, False)
    assert sign("wu").post(path, {**new, "override_reason": "赶"}).status_code == 403
    assert 'name="override_reason"' in sign("lin").post(path, new).get_data(as_text=True)
    assert sign("lin").post(path, {**new, "override_reason": "展会"}).status_code == 303


def test_another_projects_full_first_column_is_opened_by_a_reason(world: World, api: Call, sign: Sign) -> None:
    made, more = item(api, project(world)), item(api, project(world, "CHAT"))
    other = project(world, "EDGE")
    limit(api, other, columns(api, other)["todo"], 1)
    item(api, other)
    path, form = f"/items/{made['code']}/project", {"project_id": other}
    refused = sign("wu").post(path, form)
    assert (refused.status_code, 'name="reason"' in refused.get_data(as_text=True)) == (409, True)
    assert sign("wu").post(path, {**form, "reason": "归他们"}).location.endswith("/items/EDGE-2")
    assert api("wu").edit(f"items/{more['id']}", {"project_id": other}).get_json()["code"] == "column.full"
    assert api("wu").edit(f"items/{more['id']}", {"project_id": other, "reason": "也是"}).status_code == 200


def test_a_met_line_sent_again_as_open_reopens_a_done_item(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task", acceptance=[{"text": "一秒", "met": True}])
    tick_all(api, made["id"])
    api("wu").make(f"items/{made['id']}/moves", {"column_id": at["done"]})
    assert (
        api("wu").edit(f"items/{made['id']}", {"acceptance": [{"text": "一秒"}, {"text": "新的"}]}).status_code == 200
    )
    assert api("wu").get(f"items/{made['id']}")["column_id"] == at["review"]


def test_the_page_of_an_archived_item_offers_to_restore_it_and_nothing_else(
    world: World, api: Call, sign: Sign
) -> None:
    made = item(api, project(world), type="task")
    assert api("lin")("DELETE", f"items/{made['id']}").status_code == 204
    page = sign("lin").get(f"/items/{made['code']}").get_data(as_text=True)
    forms = {part.split('"')[0] for part in page.split('action="/items/')[1:]}
    assert {each for each in forms if each.startswith(made["code"])} == {f"{made['code']}/restore"}


def test_what_lies_in_an_archived_project_stays_as_it_was_left(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task", acceptance=[{"text": "一秒"}])
    line = api("wu").get(f"items/{made['id']}/ticks")["data"][0]["criterion_id"]
    tag = api("lin")("GET", f"projects/{project_id}").headers["ETag"]
    assert api("lin")("DELETE", f"projects/{project_id}", If_Match=tag).status_code == 204
    tried = [
        api("wu")("POST", f"items/{made['id']}/moves", {"column_id": at["doing"]}),
        api("wu").edit(f"items/{made['id']}", {"title": "anders"}),
        api("lin")("PUT", f"items/{made['id']}/ticks/{line}", {}),
    ]
    assert {(each.status_code, each.get_json()["code"]) for each in tried} == {(409, "item.project_archived")}
    assert api("lin")("POST", f"projects/{project_id}/restore").status_code == 200
    assert api("wu")("POST", f"items/{made['id']}/moves", {"column_id": at["doing"]}).status_code == 201
