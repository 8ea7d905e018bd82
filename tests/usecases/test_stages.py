"""The portfolio's board: limits held at every door that brings a use case into a status, and moves by form and script."""

import re
from typing import Any

import pytest

from backlog.journal.queries import of_subject
from backlog.kernel.database import session
from backlog.usecases import actions, queries
from backlog.usecases.models import UseCase
from tests.usecases.factory import NO_RISK, make_estimate, make_ready, make_use_case
from tests.world import Call, Sign, World

BOARD = "/use-cases/board"
PARTS = {"HX-Request": "true"}


def limit(world: World, **limits: int) -> None:
    actions.set_stages(
        world.person("lin"), [{"status": name, "wip_limit": most, "policy": ""} for name, most in limits.items()]
    )
    session.commit()


@pytest.fixture
def ready(world: World) -> list[UseCase]:
    lin = world.person("lin")
    made = [make_use_case(world.person("zhao"), title) for title in ("甲", "乙", "丙")]
    for each in made:
        make_ready(lin, each)
    session.commit()
    return made


def project(api: Call, ids: list[int], **more: Any) -> Any:
    return api("lin")("POST", "projects", {"key": f"P{ids[0]}X", "name": "p", "use_case_ids": ids, **more})


def test_a_full_status_refuses_one_more_unless_the_mover_says_why(world: World, api: Call) -> None:
    first, second = (make_use_case(world.person("lin"), title) for title in "甲乙")
    for each in (first, second):
        actions.answer_risks(world.person("lin"), each, answers=NO_RISK)
    limit(world, ready=1)
    lin = api("lin")
    lin.make(f"use-cases/{first.id}/status", {"status": "ready"})
    refused = lin("POST", f"use-cases/{second.id}/status", {"status": "ready"})
    assert (refused.status_code, refused.get_json()["code"]) == (409, "stage.full")
    assert refused.get_json()["facts"] == {"status": "ready", "limit": 1}
    lin.make(f"use-cases/{second.id}/status", {"status": "ready", "reason": "客户等着"})
    fact = of_subject("use_case", second.id)[0]
    assert (fact.values["reason"], fact.values["over_limit"]) == ("客户等着", 1)


def test_a_project_that_is_begun_selects_within_the_limit(world: World, api: Call, ready: list[UseCase]) -> None:
    limit(world, selected=1)
    assert project(api, [ready[0].id]).status_code == 201
    assert project(api, [ready[1].id]).get_json()["code"] == "stage.full"
    assert api("lin").get(f"use-cases/{ready[1].id}")["status"] == "ready"
    assert project(api, [ready[1].id], stage_reason="第二条线同时停").status_code == 201
    assert api("lin").get(f"use-cases/{ready[1].id}")["status_reason"] == "第二条线同时停"
    edited = api("lin").edit("projects/1", {"use_case_ids": [ready[0].id, ready[2].id]})
    assert edited.get_json()["code"] == "stage.full"


def test_what_goes_back_always_finds_room_and_shows_as_over(world: World, api: Call, ready: list[UseCase]) -> None:
    project(api, [ready[0].id])
    limit(world, ready=1)
    assert api("lin")("DELETE", "projects/1").status_code == 204
    standing = {each.status: each for each in queries.stages().columns}["ready"]
    assert (standing.count, standing.full, standing.over) == (3, True, True)


def test_bringing_back_from_the_archive_asks_too(sign: Sign, world: World, api: Call, ready: list[UseCase]) -> None:
    lin = api("lin")
    assert lin("DELETE", f"use-cases/{ready[0].id}").status_code == 204
    limit(world, ready=2)
    assert lin("POST", f"use-cases/{ready[0].id}/restore").get_json()["code"] == "stage.full"
    page = sign("lin").post("/use-cases/UC-1/restore")
    assert (page.status_code, 'name="reason"' in page.get_data(as_text=True)) == (409, True)
    assert sign("lin").post("/use-cases/UC-1/restore", {"reason": "仍要做"}).status_code == 303
    assert lin.get(f"use-cases/{ready[0].id}")["archived_at"] is None


def test_a_project_brought_back_asks_for_its_use_cases(
    sign: Sign, world: World, api: Call, ready: list[UseCase]
) -> None:
    project(api, [ready[0].id])
    api("lin")("DELETE", "projects/1")
    project(api, [ready[1].id])
    limit(world, selected=1)
    assert api("lin")("POST", "projects/1/restore").get_json()["code"] == "stage.full"
    key = api("lin").get("projects/1")["key"]
    assert sign("lin").post(f"/projects/{key}/restore").status_code == 409
    assert sign("lin").post(f"/projects/{key}/restore", {"reason": "回来"}).status_code == 303


def test_a_bulk_edit_meets_the_same_limit(world: World, api: Call) -> None:
    ids = [make_use_case(world.person("lin"), title).id for title in "甲乙丙"]
    limit(world, triaged=2)
    batch = api("lin").make("use-cases/bulk", {"use_case_ids": ids, "status": "triaged"})
    assert [line["refusal"] for line in batch["lines"]] == ["", "", "stage.full"]


@pytest.mark.parametrize("status", ["idea", "delivered", "measured", "rejected", "parked"])
def test_what_ends_or_only_begins_takes_no_limit(api: Call, status: str) -> None:
    tag = api("lin")("GET", "use-cases/columns").headers["ETag"]
    body = {"columns": [{"status": status, "wip_limit": 1}]}
    answer = api("lin")("PUT", "use-cases/columns", body, If_Match=tag)
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["columns.0.wip_limit"]


def test_limits_are_the_product_managers(sign: Sign, api: Call) -> None:
    assert sign("wu").get(f"{BOARD}/columns").status_code == 403
    lin = sign("lin")
    assert lin.get(f"{BOARD}/columns").status_code == 200
    assert lin.post(f"{BOARD}/columns", {"limit_ready": "0"}).status_code == 422
    assert lin.post(f"{BOARD}/columns", {"limit_ready": "3", "policy_ready": "数据齐了"}).status_code == 303
    shown = {each["status"]: each for each in api("wu").get("use-cases/columns")["columns"]}
    assert (shown["ready"]["wip_limit"], shown["ready"]["policy"]) == (3, "数据齐了")
    assert lin.post(f"{BOARD}/columns", {"limit_ready": "4", "version": "1"}).status_code == 412
    assert api("wu")("PUT", "use-cases/columns", {"columns": []}).status_code == 403


def test_the_board_shows_each_status_with_its_cards_by_rank(sign: Sign, world: World, ready: list[UseCase]) -> None:
    make_estimate(world.person("lin"), ready[1])
    limit(world, ready=3)
    page = sign("sun").get(BOARD).get_data(as_text=True)
    assert page.count('class="lane"') == 10
    assert page.index("UC-2 乙") < page.index("UC-1 甲") < page.index("UC-3 丙")
    assert "3/3 full" in page
    assert "UC-1/moves" not in page
    assert "UC-2 乙" not in sign("sun").get(f"{BOARD}?q=丙").get_data(as_text=True)


def test_a_move_answers_the_card_in_its_place_and_the_heads(sign: Sign, ready: list[UseCase]) -> None:
    sent = {"column_id": "triaged", "version": stamp(ready[0])}
    answer = sign("lin").post("/use-cases/UC-1/moves", sent, headers=PARTS)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'data-into="cards-triaged"' in text
    assert all(f'id="head-{each}"' in text for each in ("ready", "triaged"))
    assert sign("lin").post("/use-cases/UC-2/moves", {"column_id": "idea"}).headers["Location"] == BOARD


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("parked", 'name="reason"'),
        ("selected", "once a project is begun with it"),
        ("delivering", "through the gate"),
        ("measured", "first verified benefit"),
    ],
)
def test_a_refused_move_says_what_would_do_it(sign: Sign, ready: list[UseCase], column: str, words: str) -> None:
    for headers in (PARTS, {}):
        answer = sign("lin").post("/use-cases/UC-1/moves", {"column_id": column}, headers=headers)
        assert (answer.status_code, words in answer.get_data(as_text=True)) == (409, True)
    assert queries.find_use_case(None, "UC-1").status == "ready"


def test_what_asks_for_the_sheet_of_risks_leads_to_it(sign: Sign, world: World) -> None:
    make_use_case(world.person("lin"), "还没答")
    session.commit()
    answer = sign("lin").post("/use-cases/UC-1/moves", {"column_id": "ready"}, headers=PARTS)
    assert (answer.status_code, 'href="/use-cases/UC-1/risks"' in answer.get_data(as_text=True)) == (409, True)


def test_a_move_with_its_reason_goes_through(sign: Sign, world: World, api: Call, ready: list[UseCase]) -> None:
    limit(world, triaged=1)
    lin = sign("lin")
    sent = {"column_id": "parked", "reason": "等预算", "parked_until": "2027-03-01"}
    assert lin.post("/use-cases/UC-1/moves", sent).status_code == 303
    assert api("lin").get("use-cases/1")["parked_until"] == "2027-03-01"
    lin.post("/use-cases/UC-2/moves", {"column_id": "triaged"})
    full = lin.post("/use-cases/UC-3/moves", {"column_id": "triaged"}, headers=PARTS)
    assert (full.status_code, "is full: 1 at most" in full.get_data(as_text=True)) == (409, True)
    assert (
        lin.post("/use-cases/UC-3/moves", {"column_id": "triaged", "reason": "并行"}, headers=PARTS).status_code == 200
    )


def test_two_movers_are_told_apart_and_an_edit_disturbs_nobody(sign: Sign, world: World, ready: list[UseCase]) -> None:
    seen = stamp(ready[0])
    actions.edit(world.person("lin"), ready[0], department="生产")
    session.commit()
    sent = {"column_id": "triaged", "version": seen}
    assert sign("lin").post("/use-cases/UC-1/moves", sent, headers=PARTS).status_code == 200
    late = sign("lin").post("/use-cases/UC-1/moves", {**sent, "column_id": "idea"}, headers=PARTS)
    assert late.status_code == 412
    assert 'data-into="cards-triaged"' in late.get_data(as_text=True)


def test_who_may_not_triage_moves_nothing(sign: Sign, ready: list[UseCase]) -> None:
    for name in ("wu", "sun"):
        assert sign(name).get("/use-cases/UC-1/moves").status_code == 403
        assert sign(name).post("/use-cases/UC-1/moves", {"column_id": "idea"}).status_code == 403
    assert sign("lin").get("/use-cases/UC-1/moves").status_code == 200


def stamp(use_case: UseCase) -> str:
    assert use_case.status_since is not None
    return str(int(use_case.status_since.timestamp() * 1_000_000))


def test_an_open_board_hears_what_others_move_and_nothing_else(sign: Sign, api: Call, world: World) -> None:
    case = make_use_case(world.person("zhao"), "夜班换线")
    session.commit()
    qian = sign("qian")
    since = re.search(r'data-since="(\d+)"', qian.get("/use-cases/board").text)
    assert since is not None
    quiet = qian.get(f"/use-cases/board/news?since={since[1]}")
    assert (quiet.status_code, quiet.headers["X-Since"]) == (204, since[1])
    api("lin").make(f"use-cases/{case.id}/status", {"status": "triaged"})
    told = qian.get(f"/use-cases/board/news?since={since[1]}")
    assert told.status_code == 200
    assert re.search(r'id="cards-triaged">\s*<li class="card" id="item-UC-1"', told.text)
    assert qian.get(f"/use-cases/board/news?since={told.headers['X-Since']}").status_code == 204
    assert "item-UC-1" not in qian.get("/use-cases/board/news?since=x&q=zzzz").text
