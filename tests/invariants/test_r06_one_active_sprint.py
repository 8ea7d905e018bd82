"""R6: one sprint of a project is active; and what a sprint freezes at its close is true."""

import pytest
from sqlalchemy.exc import IntegrityError

from backlog.kernel.database import session, writing
from backlog.sprints.models import Sprint
from tests.board.factory import columns, item, project, tick_all
from tests.invariants.races import call, code_of, either_way, press
from tests.world import Call, Sign, World

ROUNDS = 5


def planned(api: Call, project_id: int) -> int:
    made: int = api("lin").make("sprints", {"project_id": project_id, "goal": "误报可测", "starts_on": "2026-11-02"})[
        "id"
    ]
    return made


def active(api: Call, project_id: int) -> list[int]:
    return [each["id"] for each in api("lin").get(f"sprints?project_id={project_id}&state=active")["data"]]


def test_a_second_start_is_refused_by_api_and_page(world: World, api: Call, sign: Sign) -> None:
    at = project(world)
    first, second = planned(api, at), planned(api, at)
    api("lin").make(f"sprints/{first}/start", {})
    assert code_of(api("lin")("POST", f"sprints/{second}/start")) == (409, "sprint.already_active")
    assert code_of(api("lin")("POST", f"sprints/{first}/start")) == (409, "sprint.already_active")
    assert sign("lin").post(f"/sprints/{second}/start", {"goal": "可测"}).status_code == 409
    assert active(api, at) == [first]


def test_no_edit_makes_a_sprint_active(world: World, api: Call) -> None:
    made = planned(api, project(world))
    answer = api("lin").edit(f"sprints/{made}", {"state": "active"})
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["state"])


def test_the_database_keeps_one(world: World, api: Call) -> None:
    at = project(world)
    first, second = planned(api, at), planned(api, at)
    with writing():
        for each in (first, second):
            session.get_one(Sprint, each).state = "active"
        with pytest.raises(IntegrityError, match="sprints"):
            session.flush()
    session.rollback()


def test_two_starts_at_once_make_one_active(world: World, api: Call, sign: Sign) -> None:
    lin = sign("lin")
    for turn in range(ROUNDS):
        at = project(world, key=f"R{turn}")
        first, second = planned(api, at), planned(api, at)
        by_page = press(lin, f"/sprints/{second}/start", goal="可测")
        statuses = either_way(turn, call(api("lin"), "POST", f"sprints/{first}/start", {}), by_page)
        assert statuses in ((200, 409), (409, 303))
        assert active(api, at) == [first if statuses[0] == 200 else second]


def test_a_sprint_is_not_started_beside_the_stop_of_its_project(world: World, api: Call) -> None:
    for turn in range(ROUNDS):
        at = project(world, key=f"R{turn}")
        sprint = planned(api, at)
        stop = call(api("lin"), "POST", f"projects/{at}/stop", {"reason": "no data"})
        statuses = either_way(turn, call(api("lin"), "POST", f"sprints/{sprint}/start", {}), stop)
        assert statuses in ((200, 200), (409, 200))
        assert (active(api, at) == [sprint]) == (statuses[0] == 200)


def test_what_is_finished_while_a_sprint_closes_is_in_its_figures_or_in_the_next_one(world: World, api: Call) -> None:
    at = project(world)
    there = columns(api, at)
    for turn in range(ROUNDS):
        sprint, made = planned(api, at), item(api, at, type="task", points=3)["id"]
        tick_all(api, made)
        api("lin").make(f"sprints/{sprint}/items", {"item_ids": [made]})
        api("lin").make(f"sprints/{sprint}/start", {})
        close = call(api("lin"), "POST", f"sprints/{sprint}/close", {"unfinished": "backlog_top"})
        move = call(api("wu"), "POST", f"items/{made}/moves", {"column_id": there["done"]})
        assert either_way(turn, close, move) == (200, 201)
        shown, closed = api("wu").get(f"items/{made}"), api("wu").get(f"sprints/{sprint}")
        assert shown["column_id"] == there["done"]
        assert closed["done_points"] == (0 if len(api("wu").get(f"items/{made}/moves")["data"]) == 3 else 3)


def test_an_item_is_in_one_sprint_whoever_takes_it_first(world: World, api: Call) -> None:
    at = project(world)
    one, two = planned(api, at), planned(api, at)
    for turn in range(ROUNDS):
        made = item(api, at)["id"]
        takes = [call(api("lin"), "POST", f"sprints/{each}/items", {"item_ids": [made]}) for each in (one, two)]
        assert either_way(turn, *takes) == (201, 201)
        inside = [made in [row["id"] for row in api("lin").get(f"sprints/{each}/items")["data"]] for each in (one, two)]
        assert sorted(inside) == [False, True]


def test_an_action_of_a_retrospective_becomes_one_item(world: World, api: Call, sign: Sign) -> None:
    at = project(world)
    sprint, lin = planned(api, at), sign("lin")
    notes = [{"lane": "action", "text": f"早点测 {turn}"} for turn in range(ROUNDS)]
    held = api("lin").make(f"sprints/{sprint}/ceremonies", {"kind": "retrospective", "notes": notes})["id"]
    for turn in range(ROUNDS):
        path = f"/sprints/{sprint}/ceremonies/{held}/actions/{turn}"
        assert either_way(turn, press(lin, path), press(sign("zhou"), path)) == (303, 303)
    assert len(api("lin").get(f"items?project_id={at}")["data"]) == ROUNDS
