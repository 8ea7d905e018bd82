"""Two connections at once: the last place (R7), done against an untick (R8), one version (R1), and nothing lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.board.factory import columns, item, project, tick_all
from tests.world import Call, World


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(act) for act in acts]]


def test_two_moves_into_the_last_place(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    item(api, project_id, column_id=at["review"])
    ids = [item(api, project_id)["id"] for _ in range(2)]
    body = {"column_id": at["review"]}
    answers = at_once([lambda each=each: api("wu")("POST", f"items/{each}/moves", body) for each in ids])
    assert sorted(each.status_code for each in answers) == [201, 409]


def test_two_writers_of_one_version(world: World, api: Call) -> None:
    made = item(api, project(world))
    tag = api("wu")("GET", f"items/{made['id']}").headers["ETag"]
    acts = [lambda t=t: api("wu")("PATCH", f"items/{made['id']}", {"title": t}, If_Match=tag) for t in "ab"]
    assert sorted(each.status_code for each in at_once(acts)) == [200, 412]


def test_done_is_never_reached_beside_an_untick(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    made = item(api, project_id, type="task")
    tick_all(api, made["id"])
    line = api("lin").get(f"items/{made['id']}/ticks")["data"][0]["criterion_id"]
    at_once(
        [
            lambda: api("wu")("POST", f"items/{made['id']}/moves", {"column_id": at["done"]}),
            lambda: api("lin")("DELETE", f"items/{made['id']}/ticks/{line}"),
        ]
    )
    shown = api("wu").get(f"items/{made['id']}")
    assert (shown["done_at"], shown["column_id"] == at["done"]) == (None, False)


def test_five_people_twenty_moves_none_lost(world: World, api: Call) -> None:
    at = columns(api, project_id := project(world))
    ids = [item(api, project_id)["id"] for _ in range(5)]

    def walk(item_id: int) -> list[int]:
        caller = api("wu")
        steps = [at["todo"], at["doing"], at["review"], at["todo"]]
        moves = [caller("POST", f"items/{item_id}/moves", {"column_id": to, "reason": "走"}) for to in steps]
        return [each.status_code for each in moves]

    assert [code for codes in at_once([lambda each=each: walk(each) for each in ids]) for code in codes] == [201] * 20
    assert sum(len(api("wu").get(f"items/{each}/moves")["data"]) for each in ids) == 25
