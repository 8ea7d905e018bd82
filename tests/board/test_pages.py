"""The board's pages: shown in a constant number of queries, moved by form, refused with boxes to tick."""

from sqlalchemy import event

from backlog.kernel.database import _writes, db
from tests.board.factory import columns, item, project
from tests.world import Call, Sign, World


def test_every_page_of_the_board_opens(world: World, api: Call, sign: Sign) -> None:
    project_id = project(world)
    at = columns(api, project_id)
    made = item(
        api, project_id, "<b>相机</b>", type="task", points=3, acceptance=[{"text": "一秒"}], blocked_reason="等驱动"
    )
    code = made["code"]
    paths = [
        "/projects/AIQC/board",
        f"/projects/AIQC/board?item={code}&mine=1",
        "/projects/AIQC/columns",
        "/projects/AIQC/done",
    ]
    paths += [
        f"/items/{code}",
        f"/items/{code}/edit",
        f"/items/{code}/moves",
        f"/projects/AIQC/board/columns/{at['todo']}",
    ]
    for path in paths:
        answer = sign("lin").get(path)
        assert answer.status_code == 200, path
        assert "<b>相机" not in answer.get_data(as_text=True)


def test_the_board_asks_at_most_eight_queries_however_many_cards(world: World, api: Call, sign: Sign) -> None:
    project_id = project(world)
    counts = []
    browser = sign("wu")
    for more in (1, 5):
        for _ in range(more):
            item(api, project_id, assignee_ids=[world.ids["wu"]])
        browser.get("/projects/AIQC/board")
        counts.append(asked_by(lambda: browser.get("/projects/AIQC/board")))
    assert counts[0] == counts[1] <= 8


def asked_by(act) -> int:
    asked: list[str] = []

    def note(*args) -> None:
        if not _writes.get():  # the note that a session is in use comes after the answer
            asked.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    act()
    event.remove(db.engine, "before_cursor_execute", note)
    return sum(each.startswith("SELECT") for each in asked)


def test_a_refused_form_offers_the_open_lines_and_ticking_the_last_moves_it(
    world: World, api: Call, sign: Sign
) -> None:
    project_id = project(world)
    at = columns(api, project_id)
    made = item(api, project_id, type="task", acceptance=[{"text": "一秒"}])
    line = api("wu").get(f"items/{made['id']}/ticks")["data"][0]["criterion_id"]
    path = f"/items/{made['code']}/moves"
    refused = sign("wu").post(path, {"column_id": at["done"]})
    assert refused.status_code == 409
    assert "复核通过" in refused.get_data(as_text=True)
    half = sign("wu").post(path, {"column_id": at["done"], "tick": line})
    assert half.status_code == 200
    assert api("wu").get(f"items/{made['id']}")["checks_met"] == 1
    moved = sign("wu").post(path, {"column_id": at["done"], "met": made["acceptance"][0]["id"]})
    assert moved.status_code == 303
    assert api("wu").get(f"items/{made['id']}")["column_id"] == at["done"]


def test_a_dragged_card_is_answered_with_fragments(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id)
    form = {"column_id": at["doing"], "before_id": "", "after_id": "", "version": made["version"]}
    answer = sign("wu").post(f"/items/{made['code']}/moves", form, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert f'id="item-{made["code"]}"' in answer.get_data(as_text=True)
    assert f'id="head-{at["todo"]}"' in answer.get_data(as_text=True)
    stale = sign("wu").post(f"/items/{made['code']}/moves", form, headers={"HX-Request": "true"})
    assert stale.status_code == 412
    done = sign("wu").post(f"/items/{made['code']}/moves", {"column_id": at["done"]}, headers={"HX-Request": "true"})
    assert done.status_code == 409
    assert "<dialog" in done.get_data(as_text=True)


def test_quick_add_makes_a_card_and_strangers_make_none(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project_id := project(world))
    values = {"column_id": at["doing"], "title": "快速"}
    assert sign("wu").post("/projects/AIQC/board/items", values).status_code == 303
    assert sign("he").post("/projects/AIQC/board/items", values).status_code == 403
    assert sign("wu").post("/projects/AIQC/board/items", {**values, "column_id": at["done"]}).status_code == 409
    assert [each["title"] for each in api("wu").get(f"items?project_id={project_id}")["data"]] == ["快速"]


def test_news_come_once(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project_id := project(world))
    browser = sign("wu")
    first = browser.get("/projects/AIQC/board/news?since=0")
    item(api, project_id, column_id=at["doing"])
    second = browser.get(f"/projects/AIQC/board/news?since={first.headers['X-Since']}")
    assert second.status_code == 200
    assert browser.get(f"/projects/AIQC/board/news?since={second.headers['X-Since']}").status_code == 204


def test_two_people_who_change_different_fields_never_meet(world: World, api: Call, sign: Sign) -> None:
    made = item(api, project(world))
    form = {
        "version": made["version"],
        "title": made["title"],
        "was_title": repr(made["title"]),
        "type": "story",
        "was_type": repr("story"),
    }
    form |= {"points": "5", "was_points": "None", "description": "", "was_description": repr("")}
    assert api("chen").edit(f"items/{made['id']}", {"title": "别人改的"}).status_code == 200
    assert sign("wu").post(f"/items/{made['code']}/edit", form).status_code == 303
    shown = api("wu").get(f"items/{made['id']}")
    assert (shown["title"], shown["points"]) == ("别人改的", 5)
    assert sign("wu").post(f"/items/{made['code']}/edit", {**form, "title": "我的"}).status_code == 412


def test_columns_and_definitions_are_set_by_form(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project(world))
    rows = {
        "id": [at["todo"], at["done"]],
        "name": ["待办", ""],
        "category": ["todo", "done"],
        "wip_limit": ["", ""],
        "policy": ["", ""],
        "position": ["1", "2"],
    }
    assert sign("lin").post("/projects/AIQC/columns", rows).status_code == 409
    assert sign("wu").post("/projects/AIQC/columns", rows).status_code == 403
    rows["name"] = ["待办", "完成"]
    assert sign("lin").post("/projects/AIQC/columns", rows).status_code == 303
    lines = {"text": ["复核", ""], "by": ["anyone", "anyone"], "required": ["1", "1"]}
    assert sign("lin").post("/projects/AIQC/done/task", lines).status_code == 303


def test_the_pages_of_a_sprint_open_in_every_state(world: World, api: Call, sign: Sign) -> None:
    project_id = project(world)
    made = item(api, project_id, points=3)
    lin = sign("lin")
    assert lin.get("/projects/AIQC/sprints").status_code == 200
    assert lin.post("/projects/AIQC/sprints", {"goal": "可测", "weeks": "1"}).status_code == 303
    sprint = api("lin").get("sprints")["data"][0]["id"]
    assert lin.post(f"/sprints/{sprint}/items", {"item_id": made["id"]}).status_code == 303
    assert lin.get(f"/sprints/{sprint}/start").status_code == 200
    assert lin.post(f"/sprints/{sprint}/start", {"goal": ""}).status_code == 422
    assert lin.post(f"/sprints/{sprint}/start", {"goal": "可测"}).status_code == 303
    for path in ("", "/edit", "/close", "/stand-up"):
        assert lin.get(f"/sprints/{sprint}{path}").status_code == 200, path
    assert lin.get("/projects/AIQC/board").status_code == 200
    assert sign("wu").post(f"/sprints/{sprint}/stand-up", {f"done_{world.ids['wu']}": "标定"}).status_code == 303
    assert sign("wu").post(f"/sprints/{sprint}/retrospectives", {"action": "早点测"}).status_code == 303
    assert lin.post(f"/sprints/{sprint}/close", {f"to_{made['id']}": "backlog_top"}).status_code == 303
    assert "早点测" in lin.get(f"/sprints/{sprint}").get_data(as_text=True)
