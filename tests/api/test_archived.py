"""What is deleted is archived, for every kind alike: readable, found under a filter, changed by nothing, restored whole."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.bodies import BODIES, furnish, sender
from tests.api.lists import rows
from tests.house import samples
from tests.world import Call, Caller, World

METHODS = {"get", "post", "put", "patch", "delete"}
OTHER_THAN_ONE = {"use-cases": 2, "kpis": 2, "projects": 2}  # what nothing under way hangs on
Operation = tuple[str, str]


@pytest.fixture
def names(world: World, api: Call) -> dict[str, Any]:
    samples.fill(world, api)
    return furnish(world, api)


def operations(world: World) -> list[Operation]:
    """Method and path of everything the document names."""
    spec = world.app.test_client().get("/api/v1/openapi.json").get_json()
    return [
        (m.upper(), path.removeprefix("/api/v1/"))
        for path, methods in spec["paths"].items()
        for m in methods
        if m in METHODS
    ]


def kinds(world: World) -> dict[str, str]:
    """What can be deleted as a whole: its list, and its path."""
    deleted = [path for method, path in operations(world) if method == "DELETE" and path.count("/") == 1]
    return {path.split("/")[0]: path for path in deleted}


def things(world: World, api: Call, names: dict[str, Any]) -> Iterator[tuple[str, str, Caller]]:
    """Each kind's list, one thing of it, and who may archive it."""
    furnished = {"comments": names["comment"], "storms": names["asked"]}
    for kind in kinds(world):
        number = furnished.get(kind, OTHER_THAN_ONE.get(kind, 1))
        path = f"{kind}/{number}"
        yield kind, path, sender(api, path)


def test_whatever_can_be_deleted_can_be_restored(world: World) -> None:
    known = operations(world)
    assert len(kinds(world)) >= 9
    assert [kind for kind, path in kinds(world).items() if ("POST", f"{path}/restore") not in known] == []


def test_it_stays_readable_and_is_found_under_the_filter_only(world: World, api: Call, names: dict[str, Any]) -> None:
    wrong = []
    for kind, path, caller in things(world, api, names):
        before = caller.get(path)
        if before["archived_at"] is not None or caller("DELETE", path).status_code != 204:
            wrong.append((path, "archived"))
        after = api("qian").get(path)
        listed, kept = rows(api("qian"), kind), rows(api("qian"), kind, archived="true")
        if after["archived_at"] is None or before["id"] in ids(listed) or before["id"] not in ids(kept):
            wrong.append((path, "found"))
        again = caller("DELETE", path).status_code, api("qian").get(path)
        if again != (204, after):
            wrong.append((path, "archived again"))
    assert wrong == []


def ids(found: list[Any]) -> set[int]:
    return {each["id"] for each in found}


def test_nothing_else_is_done_to_it_until_it_is_restored(world: World, api: Call, names: dict[str, Any]) -> None:
    wrong, tried = {}, 0
    for kind, path, caller in things(world, api, names):
        assert caller("DELETE", path).status_code == 204
        kept = caller.get(path)
        for method, place in changing(world, kind):
            sent, tried = act(caller, method, path, place, names), tried + 1
            if sent.status_code != 409 or not str(sent.json["code"]).endswith(".archived"):
                wrong[method, place] = (sent.status_code, sent.json)
        assert caller.get(path) == kept
    assert (wrong, tried > 30) == ({}, True)


def changing(world: World, kind: str) -> list[Operation]:
    """What changes things of a kind or what hangs on them, but for archiving and restoring."""
    own = [(method, place) for method, place in operations(world) if place.startswith(f"{kind}/{{") and method != "GET"]
    return [(m, p) for m, p in own if (m, p) != ("DELETE", kinds(world)[kind]) and not p.endswith("}/restore")]


def act(caller: Caller, method: str, path: str, place: str, names: dict[str, Any]) -> Any:
    """Do one thing to the archived one, with a body that works for those of its kind."""
    child = {"{request_id}": "1", "{idea_id}": "5", "{number}": "1"}
    rest = re.sub(r"{.*?}", lambda each: child.get(each[0], str(names["tick"])), "/".join(place.split("/")[2:]))
    target = f"{path}/{rest}".rstrip("/")
    body = next((b for (m, p), b in BODIES.items() if m == method and same_place(p, place)), None)
    tag = caller("GET", target).headers.get("ETag", "") if method in {"PATCH", "PUT"} else ""
    return caller(method, target, filled(body), **({"If_Match": tag} if tag else {}))


def same_place(known: str, place: str) -> bool:
    return re.sub(r"\d+|{.*?}", "*", known) == re.sub(r"{.*?}", "*", place)


def filled(body: Any) -> Any:
    return (
        None
        if body is None
        else {
            name: value.format(n=9, m="01", d="05", k=9) if isinstance(value, str) else value
            for name, value in body.items()
        }
    )


def test_restored_it_is_what_it_was(world: World, api: Call, names: dict[str, Any]) -> None:
    wrong = []
    for kind, path, caller in things(world, api, names):
        before = caller.get(path)
        caller("DELETE", path)
        restored = [caller("POST", f"{path}/restore") for _ in range(2)]
        after = caller.get(path)
        moved = {name for name in before if before[name] != after[name]} - {"version", "updated_at"}
        if (
            [each.status_code for each in restored] != [200, 200]
            or moved
            or before["id"] not in ids(rows(caller, kind))
        ):
            wrong.append((path, sorted(moved)))
        if restored[0].json != restored[1].json:
            wrong.append((path, ["restored again"]))
    assert wrong == []
