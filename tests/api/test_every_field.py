"""Every field of every body gets what it should not: refused by name or kept as typed, never broken, nothing half done."""

import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from backlog.kernel.database import db
from tests.api.bodies import BODIES, furnish, sender
from tests.house import samples
from tests.world import Call, Caller, World

LITERAL = [
    "<script>alert(1)</script>",
    "=1+1",
    "{{7*7}}",
    "%s %(x)s %n",
    "{0.__class__}",
    "';--",
    "\u202eabc",
    "a\u200b",
]
WRONG: list[Any] = [
    "x" * 50_001, {"a": 1}, {}, [], [[1]], [None], ["x" * 5_000], [1, 1], [{}], 2**63, -(2**63), 10**24, -1, 0, True, None,
    1.5, 1e-30, "0001-01-01", "9999-12-31", "2026-02-30", "2026-11-20T08:00:00", "9999-12-31T23:59:59Z", "", "  ", "1e5",
    "1_000", "١٢", 999_999, "low", {"low": 3, "likely": 2, "high": 1}, {"low": None, "likely": [], "high": {}}, "\n", "\t\r",
]  # fmt: skip
UNREADABLE = [
    '"\\ud800"', '"\\u0000"', '"\\u001b[31m"', "NaN", "Infinity", "1e400", "1" + "0" * 30, "[" * 50 + "]" * 50,
]  # fmt: skip
PLACE = "PLACE"
EVERY, SHARES = 6, 4
COUNT = itertools.count(1)


@pytest.fixture
def names(world: World, api: Call) -> dict[str, Any]:
    samples.fill(world, api)
    return furnish(world, api)


@contextmanager
def written() -> Iterator[list[str]]:
    """Statements that change rows and were committed inside the block."""
    waiting: list[str] = []
    kept: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_more: Any) -> None:
        if statement.split(" ", 1)[0] in {"INSERT", "UPDATE", "DELETE"} and "api_tokens" not in statement:
            waiting.append(statement)

    def keep(_connection: Any) -> None:
        kept.extend(waiting)
        waiting.clear()

    listeners = [("before_cursor_execute", note), ("commit", keep), ("rollback", lambda _connection: waiting.clear())]
    for name, listener in listeners:
        event.listen(db.engine, name, listener)
    yield kept
    for name, listener in listeners:
        event.remove(db.engine, name, listener)


def filled(value: Any) -> Any:
    """A body of its own: what must be unique gets a number."""
    number = next(COUNT)
    text = json.dumps(value, ensure_ascii=False).replace("{n}", str(number)).replace("{k}", _letters(number))
    return json.loads(text.replace("{m}", f"{number % 12 + 1:02}").replace("{d}", f"{number % 28 + 1:02}"))


def _letters(number: int) -> str:
    return "".join(chr(65 + number // 26**place % 26) for place in range(4))


def send(caller: Caller, method: str, path: str, raw: str) -> Any:
    headers = {"Authorization": f"Bearer {caller.token}", "Accept-Language": "en"}
    conditional = method == "PATCH" or path.endswith("columns")
    if conditional:
        headers["If-Match"] = caller("GET", path).headers["ETag"]
    return caller.client.open(
        f"/api/v1/{path}", method=method, headers=headers, data=raw, content_type="application/json"
    )


def faults(method: str, path: str, name: str, given: Any, answer: Any, changes: list[str]) -> list[str]:
    """What is wrong with an answer."""
    told = f"{method} {path} {name}={json.dumps(given)[:60]} -> {answer.status_code}"
    if answer.status_code >= 500 or answer.status_code in {404, 403, 428, 412}:
        return [told + answer.get_data(as_text=True)[:200]]
    if answer.status_code == 409 and answer.get_json()["code"] == "conflict":
        return [f"{told} told by the database alone"]
    if answer.status_code >= 400 and changes:
        return [f"{told} wrote {changes[:2]}"]
    if answer.status_code == 422:
        errors = answer.get_json().get("errors", {})
        if not errors or not all(texts and all(texts) for texts in errors.values()):
            return [f"{told} without a word: {errors}"]
    return []


def turns(values: list[Any], base: dict[str, Any], every: int) -> Iterator[tuple[str, Any]]:
    """Each field with some of the values, so that all values are met across the fields; all of them with EVERY=1."""
    for at, name in enumerate(base):
        for value in values[at % every :: every]:
            yield name, value


def of_share(share: slice, names: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and body of a share of the resources."""
    for method, place in list(BODIES)[share]:
        yield method, place.format(**names), BODIES[method, place]


@pytest.mark.parametrize("share", range(SHARES))
def test_a_field_takes_what_it_means_or_says_no(world: World, api: Call, names: Any, share: int) -> None:
    found: list[str] = []
    for method, path, base in of_share(slice(share, None, SHARES), names):
        caller = sender(api, path)
        for name, value in turns([*WRONG, *LITERAL], base, EVERY):
            body = {**filled(base), name: value}
            with written() as changes:
                answer = send(caller, method, path, json.dumps(body))
            found += faults(method, path, name, value, answer, changes)
    assert found == []


@pytest.mark.parametrize("share", range(SHARES))
def test_what_is_not_json_is_unreadable(world: World, api: Call, names: Any, share: int) -> None:
    found = {}
    for method, path, base in of_share(slice(share, None, SHARES), names):
        caller = sender(api, path)
        for name, raw in turns(UNREADABLE, base, EVERY):
            body = json.dumps({**filled(base), name: PLACE}).replace(json.dumps(PLACE), raw)
            with written() as changes:
                answer = send(caller, method, path, body)
            if (answer.status_code, changes) != (400, []):
                found[method, path, name, raw[:20]] = answer.status_code, changes
    assert found == {}


def test_read_only_and_unknown_fields_are_refused_by_name(world: World, api: Call, names: Any) -> None:
    wrong = {"hash": "x", "id": 7, "version": 9, "created_at": "2026-01-01T00:00:00Z", "colour": "red"}
    found = {}
    for method, path, base in of_share(slice(None), names):
        with written() as changes:
            answer = send(sender(api, path), method, path, json.dumps({**filled(base), **wrong}))
        if (answer.status_code, changes) != (422, []) or not set(wrong) <= set(answer.get_json()["errors"]):
            found[method, path] = answer.status_code, changes
    assert found == {}


def test_the_bodies_themselves_work(world: World, api: Call, names: Any) -> None:
    found = {}
    for method, path, base in of_share(slice(None), names):
        answer = send(sender(api, path), method, path, json.dumps(filled(base)))
        if answer.status_code not in {200, 201, 409}:
            found[method, path] = answer.get_data(as_text=True)
    assert found == {}
