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
    assert half.status_code == 409
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


def test_a_field_saves_by_itself_and_says_so(world: World, api: Call, sign: Sign) -> None:
    made = item(api, project(world))
    path, form = f"/items/{made['code']}/fields/points", {"version": made["version"], "points": "５"}
    over = "/projects/AIQC/board?type=story&item=" + made["code"]
    plain = sign("wu").post(path, {**form, "next": over})
    assert (plain.status_code, plain.location) == (303, over)
    parts = sign("wu").get(f"{over}&saved=points", headers={"HX-Request": "true", "X-Parts": "true"})
    text = parts.get_data(as_text=True)
    assert "<!DOCTYPE" not in text
    assert all(part in text for part in ("data-saved", 'id="item-body"', f'id="item-{made["code"]}"'))
    assert api("wu").get(f"items/{made['id']}")["points"] == 5
    assert sign("wu").post(path, {**form, "points": "viel"}).status_code == 422
    assert sign("wu").post(f"/items/{made['code']}/fields/order_key", form).status_code == 404
    assert sign("he").post(path, form).status_code == 403


def test_two_versions_of_one_field_stand_side_by_side(world: World, api: Call, sign: Sign) -> None:
    made = item(api, project(world))
    assert api("chen").edit(f"items/{made['id']}", {"title": "别人的标题"}).status_code == 200
    path, form = f"/items/{made['code']}/fields/title", {"version": made["version"], "title": "我的标题"}
    refused = sign("wu").post(path, form)
    assert refused.status_code == 412
    assert all(each in refused.get_data(as_text=True) for each in ("我的标题", "别人的标题", "陈舟"))
    whole = {
        "version": made["version"],
        "title": "我的标题",
        "type": "story",
        "was_title": "'x'",
        "was_type": "'story'",
    }
    refused = sign("wu").post(f"/items/{made['code']}/edit", whole)
    assert all(each in refused.get_data(as_text=True) for each in ("我的标题", "别人的标题", 'name="take_title"'))
    now = api("wu").get(f"items/{made['id']}")["version"]
    kept = sign("wu").post(f"/items/{made['code']}/edit", {**whole, "version": now, "take_title": "theirs"})
    assert (kept.status_code, api("wu").get(f"items/{made['id']}")["title"]) == (303, "别人的标题")
    assert sign("wu").post(path, {**form, "version": now}).status_code == 303


def test_a_copy_leaves_checks_and_history_behind(world: World, api: Call, sign: Sign) -> None:
    made = item(api, project_id := project(world), points=3, tags=["相机"], acceptance=[{"text": "一秒", "met": True}])
    assert sign("wu").post(f"/items/{made['code']}/copies").status_code == 303
    copy = next(each for each in api("wu").get(f"items?project_id={project_id}")["data"] if each["id"] != made["id"])
    assert (copy["title"], copy["points"], copy["tags"]) == (made["title"], 3, ["相机"])
    assert [line["met"] for line in copy["acceptance"]] == [False]


def test_one_press_takes_an_item_and_gives_it_up(world: World, api: Call, sign: Sign) -> None:
    made = item(api, project(world))
    for expected in ([world.ids["wu"]], []):
        assert sign("wu").post(f"/items/{made['code']}/mine").status_code == 303
        assert api("wu").get(f"items/{made['id']}")["assignee_ids"] == expected


def test_acceptance_lines_are_reworded_moved_and_become_items(world: World, api: Call, sign: Sign) -> None:
    made = item(api, project_id := project(world), acceptance=[{"text": "一"}, {"text": "二"}])
    first, second = (line["id"] for line in made["acceptance"])
    path = f"/items/{made['code']}/acceptance"
    sign("wu").post(path, {"lines": "三\n四"})
    sign("wu").post(f"{path}/{first}", {"state": "down"})
    sign("wu").post(f"{path}/{second}", {"state": "text", "text": "二号线"})
    sign("wu").post(f"{path}/{first}", {"state": "item"})
    shown = api("wu").get(f"items/{made['id']}")["acceptance"]
    assert [line["text"] for line in shown] == ["二号线", "三", "四"]
    assert {each["title"] for each in api("wu").get(f"items?project_id={project_id}")["data"]} == {made["title"], "一"}


def test_a_card_just_made_is_shown_although_the_filter_would_hide_it(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project(world))
    values, headers = {"column_id": at["doing"], "title": "快速"}, {"HX-Request": "true", "X-Parts": "true"}
    answer = sign("wu").post("/projects/AIQC/board/items?type=bug", values, headers=headers)
    assert answer.status_code == 200
    assert f'data-into="cards-{at["doing"]}"' in (text := answer.get_data(as_text=True))
    assert "does not match the filters" in text
    narrowed = sign("wu").get("/projects/AIQC/board?type=bug", headers=headers).get_data(as_text=True)
    assert 'id="found"' in narrowed
    assert "快速" not in narrowed


def test_what_was_archived_is_found_and_restored(world: World, api: Call, sign: Sign) -> None:
    made = item(api, project(world), "换镜头")
    item(api, made["project_id"], "留下的")
    assert sign("wu").post(f"/items/{made['code']}/archive").status_code == 303
    shown = sign("wu").get("/projects/AIQC/board/archived").get_data(as_text=True)
    assert ("换镜头" in shown, "留下的" in shown) == (True, False)
    assert "换镜头" not in sign("wu").get("/projects/AIQC/board/archived?q=标定").get_data(as_text=True)
    assert sign("wu").post(f"/items/{made['code']}/restore").status_code == 303
    assert "换镜头" not in sign("wu").get("/projects/AIQC/board/archived").get_data(as_text=True)


def test_an_item_goes_to_another_project_after_saying_what_stays_behind(world: World, api: Call, sign: Sign) -> None:
    made = item(api, project(world), type="task", assignee_ids=[world.ids["wu"]])
    other = project(world, "EDGE", squad_id=None, confidential=True)
    line = api("wu").get(f"items/{made['id']}/ticks")["data"][0]["criterion_id"]
    assert api("lin")("PUT", f"items/{made['id']}/ticks/{line}", {}).status_code == 200
    path = f"/items/{made['code']}/project"
    shown = sign("lin").get(f"{path}?to={other}").get_data(as_text=True)
    assert all(each in shown for each in ("1 tick", "吴凡", "EDGE"))
    assert sign("wu").post(path, {"project_id": other}).status_code == 422
    assert sign("lin").post(path, {"project_id": other}).location.endswith("/items/EDGE-1")


def test_what_is_ticked_in_the_dialog_stays_though_the_move_is_refused(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project(world))
    made = item(api, 1, type="task", acceptance=[{"text": "一秒"}, {"text": "两次"}])
    path, dragged = f"/items/{made['code']}/moves", {"HX-Request": "true"}
    met = [each["id"] for each in made["acceptance"]]
    for line in met:
        half = sign("wu").post(path, {"column_id": at["done"], "met": line}, headers=dragged)
        assert half.status_code == 409
    assert [each["met"] for each in api("wu").get(f"items/{made['id']}")["acceptance"]] == [True, True]
    assert api("wu").get(f"items/{made['id']}")["column_id"] == at["todo"]


def test_a_tick_is_taken_from_a_done_item_only_when_asked(world: World, api: Call, sign: Sign) -> None:
    at = columns(api, project(world))
    made = item(api, 1, type="task", acceptance=[{"text": "一秒"}])
    override = {"column_id": at["done"], "override_reason": "演示"}
    line = made["acceptance"][0]["id"]
    assert sign("lin").post(f"/items/{made['code']}/moves", {"met": line, **override}).status_code == 303
    path = f"/items/{made['code']}/acceptance/{line}"
    asked = sign("wu").post(path, {"state": "open"})
    assert (asked.status_code, 'name="sure"' in asked.get_data(as_text=True)) == (409, True)
    assert api("wu").get(f"items/{made['id']}")["done_at"] is not None
    sign("wu").post(path, {"state": "open", "sure": "1"})
    assert api("wu").get(f"items/{made['id']}")["done_at"] is None
