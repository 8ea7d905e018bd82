"""A member asks for an exception, a leader grants or declines it: by page and API, once, and never by who may not."""

from typing import Any

import pytest

from tests.board.factory import columns, item, project, tick_all
from tests.invariants.races import call, code_of, either_way
from tests.world import Call, Sign, World


@pytest.fixture
def asked(world: World, api: Call) -> dict[str, Any]:
    """A task with an open line, and wu's request to let it be done."""
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task")
    body = {"column_id": at["done"], "reason": "展会"}
    request = api("wu").make(f"items/{made['id']}/override-requests", body)
    return {**made, "at": at, "request": request["id"], "path": f"items/{made['id']}/override-requests"}


def test_a_request_tells_who_asks_and_why(world: World, api: Call, asked: dict[str, Any]) -> None:
    shown = api("zhao").get(f"{asked['path']}/{asked['request']}")
    assert (shown["state"], shown["reason"], shown["asked_by_id"]) == ("open", "展会", world.ids["wu"])
    assert [each["id"] for each in api("lin").get(f"{asked['path']}?state=open")["data"]] == [asked["request"]]


def test_one_waits_at_a_time_and_only_for_a_done_column(api: Call, asked: dict[str, Any]) -> None:
    body = {"column_id": asked["at"]["done"], "reason": "再问"}
    assert code_of(api("chen")("POST", asked["path"], body)) == (409, "override.already_asked")
    assert api("he")("POST", asked["path"], body).status_code == 403
    assert api("chen")("POST", asked["path"], {**body, "column_id": asked["at"]["doing"]}).status_code == 422
    assert api("chen")("POST", asked["path"], {**body, "reason": " "}).status_code == 422


def test_members_neither_grant_nor_decline(api: Call, asked: dict[str, Any]) -> None:
    for act, body in (("grant", {}), ("decline", {"reason": "不"})):
        assert api("wu")("POST", f"{asked['path']}/{asked['request']}/{act}", body).status_code == 403
    assert api("wu").get(f"items/{asked['id']}")["done_at"] is None


def test_granted_the_item_is_done_for_the_reason_that_was_given(world: World, api: Call, asked: dict[str, Any]) -> None:
    answered = api("lin").make(f"{asked['path']}/{asked['request']}/grant", {})
    assert (answered["state"], answered["answered_by_id"]) == ("granted", world.ids["lin"])
    shown = api("wu").get(f"items/{asked['id']}")
    assert (shown["column_id"], shown["override_reason"]) == (asked["at"]["done"], "展会")
    assert shown["override_by_id"] == world.ids["lin"]
    again = api("lin")("POST", f"{asked['path']}/{asked['request']}/decline", {"reason": "不"})
    assert code_of(again) == (409, "override.answered")


def test_a_full_column_refuses_the_grant_and_the_request_still_waits(
    api: Call, sign: Sign, asked: dict[str, Any]
) -> None:
    rows = api("lin")("GET", f"projects/{asked['project_id']}/columns")
    names = ("id", "name", "category", "policy")
    data = [{**{name: row[name] for name in names}, "wip_limit": 1} for row in rows.get_json()["data"]]
    api("lin")("PUT", f"projects/{asked['project_id']}/columns", {"data": data}, If_Match=rows.headers["ETag"])
    other = item(api, asked["project_id"], type="task", column_id=asked["at"]["doing"])
    tick_all(api, other["id"])
    api("wu").make(f"items/{other['id']}/moves", {"column_id": asked["at"]["done"]})
    path = f"{asked['path']}/{asked['request']}"
    assert code_of(api("lin")("POST", f"{path}/grant", {})) == (409, "column.full")
    assert api("lin").get(path)["state"] == "open"
    page = f"/items/{asked['code']}/override-requests/{asked['request']}/grant"
    refused = sign("lin").post(page)
    assert (refused.status_code, 'name="reason"' in refused.get_data(as_text=True)) == (409, True)
    assert sign("lin").post(page, {"reason": "都要"}).status_code == 303
    assert api("lin").get(f"items/{asked['id']}")["override_reason"] == "展会"


def test_declined_by_page_the_reason_is_read_on_the_item(api: Call, sign: Sign, asked: dict[str, Any]) -> None:
    page, lin = f"/items/{asked['code']}", sign("lin")
    assert "吴凡 asks for an exception: 展会" in lin.get(page).get_data(as_text=True)
    assert sign("wu").post(f"{page}/override-requests/{asked['request']}/decline", {"reason": "x"}).status_code == 403
    path = f"{page}/override-requests/{asked['request']}/decline"
    assert lin.post(path, {"reason": ""}).status_code == 422
    assert lin.post(path, {"reason": "先测完"}).status_code == 303
    assert "declined the exception: 先测完" in sign("wu").get(page).get_data(as_text=True)
    body = {"column_id": asked["at"]["done"], "reason": "测完了"}
    assert api("wu")("POST", asked["path"], body).status_code == 201


@pytest.mark.parametrize("way", ["done", "moved away"])
def test_a_request_is_overtaken(world: World, api: Call, asked: dict[str, Any], way: str) -> None:
    if way == "done":
        tick_all(api, asked["id"])
        api("wu").make(f"items/{asked['id']}/moves", {"column_id": asked["at"]["done"]})
    else:
        api("lin").edit(f"items/{asked['id']}", {"project_id": project(world, "EDGE")})
    assert api("lin").get(f"{asked['path']}/{asked['request']}")["state"] == "overtaken"
    assert code_of(api("lin")("POST", f"{asked['path']}/{asked['request']}/grant", {})) == (409, "override.answered")


def test_a_request_of_another_item_is_missing(api: Call, asked: dict[str, Any]) -> None:
    other = item(api, asked["project_id"], type="task")
    assert api("lin")("POST", f"items/{other['id']}/override-requests/{asked['request']}/grant", {}).status_code == 404


def test_two_ask_or_answer_at_once_and_one_gets_through(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    for turn in range(4):
        made = item(api, project_id, type="task")
        path = f"items/{made['id']}/override-requests"
        ask = {"column_id": at["done"], "reason": "展会"}
        asks = [call(api(who), "POST", path, ask) for who in ("wu", "chen")]
        assert sorted(either_way(turn, *asks)) == [201, 409]
        request = api("lin").get(path)["data"][0]["id"]
        grant = call(api("lin"), "POST", f"{path}/{request}/grant", {})
        decline = call(api("zhou"), "POST", f"{path}/{request}/decline", {"reason": "不"})
        statuses = either_way(turn, grant, decline)
        assert sorted(statuses) == [200, 409]
        assert (api("wu").get(f"items/{made['id']}")["done_at"] is not None) == (statuses[0] == 200)
