"""Bodies, conditions, keys and cursors: every fault of a request is told, none is stored."""

import json
from datetime import timedelta
from typing import Any

import pytest

from backlog.discussion.models import Comment
from backlog.kernel import clock
from backlog.kernel.database import session
from tests.discussion.factory import comment_on_squad
from tests.world import Call, Caller, World

JSON = "application/json"
MALFORMED = [
    b"", b"{", b"nope", b'{"text": NaN}', b'{"text": Infinity}', b'{"text": 1e400}', b'{"text": 1, "text": 2}',
    b'{"text": "\xff"}', b'{"text": "\\ud800"}', b'{"text": "\\u0000"}', '{"text": "x"}'.encode("utf-16"), b"[" * 100_000,
    b'{"a":' * 100_000, b'{"text": ' + b"1" * 5000 + b"}", b'{"text": 1.' + b"1" * 5000 + b"}", b"\xef\xbb\xbf{}",
    json.dumps({f"k{n}": 1 for n in range(100_000)}).encode(), b'{"text": "a\nb"}', b"{} {}", b"'x'",
]  # fmt: skip


def send(caller: Caller, raw: bytes, kind: str = JSON, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {"Authorization": f"Bearer {caller.token}", **named}
    return caller.client.post("/api/v1/comments", data=raw, content_type=kind, headers=sent)


@pytest.mark.parametrize("raw", MALFORMED, ids=range(len(MALFORMED)))
def test_a_malformed_body_is_a_bad_request(world: World, api: Call, raw: bytes) -> None:
    answer = send(api("wu"), raw)
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert session.query(Comment).count() == 0


@pytest.mark.parametrize(
    "raw",
    [b"null", b"[]", b'"x"', b"1", b"true", b'{"text": null}', b'{"text": 1.9, "subject_id": 1.9}', b'{"text": []}'],
)
def test_json_of_another_shape_is_told_by_field(world: World, api: Call, raw: bytes) -> None:
    answer = send(api("wu"), raw)
    assert answer.status_code == 422
    assert answer.get_json()["errors"]


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "",
        "application/json; charset=utf-16",
        "text/json",
    ],
)
def test_another_content_type_is_refused(world: World, api: Call, kind: str) -> None:
    raw = json.dumps({"subject_type": "squad", "subject_id": world.squad_id, "text": "x"}).encode()
    assert send(api("wu"), raw, kind).status_code == 415
    assert send(api("wu"), raw, JSON, Content_Encoding="gzip").status_code == 415


@pytest.mark.parametrize("number", [0, -1, 2**63, 10**30, 1.0, True, "1", None, [1], {"id": 1}])
def test_what_is_no_id_is_told(world: World, api: Call, number: object) -> None:
    answer = api("wu")("POST", "comments", {"subject_type": "squad", "subject_id": number, "text": "x"})
    assert answer.status_code in {400, 422}
    assert answer.status_code == 400 or list(answer.get_json()["errors"]) == ["subject_id"]


@pytest.mark.parametrize("number", ["0", "-1", str(2**63), str(10**30), "1.0", "x", "%00", "٣", "1e3", "+1"])
def test_an_address_with_no_id_is_not_found(world: World, api: Call, number: str) -> None:
    comment_on_squad(world, api("wu"))
    assert api("wu")("GET", f"comments/{number}").status_code == 404


def test_all_faults_are_told_at_once_in_the_callers_language(world: World, api: Call) -> None:
    answer = api("wu")("POST", "comments", {"subject_type": "squad", "colour": "red", "text": ""})
    assert set(answer.get_json()["errors"]) == {"subject_id", "colour", "text"}


@pytest.mark.parametrize(
    "query",
    [
        "page_size=0",
        "page_size=-1",
        "page_size=1000000000",
        "page_size=x",
        "page_size=1&page_size=2",
        "cursor=x",
        "cursor=AAAA",
        "colour=red",
        "sort=text;DROP",
        "subject_id=1e3",
        "cursor=" + "A" * 3000,
        "q=" + "x" * 300,
    ],
)
def test_a_query_that_cannot_be_is_refused(world: World, api: Call, query: str) -> None:
    assert api("wu")("GET", f"comments?{query}").status_code == 422


def test_a_route_without_a_query_takes_none(api: Call) -> None:
    assert api("wu")("GET", "me?colour=red").status_code == 422


def test_a_cursor_belongs_to_one_list_and_one_person(world: World, api: Call) -> None:
    for text in ("one", "two", "three"):
        comment_on_squad(world, api("wu"), text)
    cursor = api("wu").get("comments?page_size=1")["next_cursor"]
    assert [each["text"] for each in api("wu").get(f"comments?page_size=2&cursor={cursor}")["data"]] == ["two", "three"]
    assert api("sun")("GET", f"comments?cursor={cursor}").status_code == 422
    assert api("wu")("GET", f"comments?q=o&cursor={cursor}").status_code == 422
    assert api("wu")("GET", f"squads?cursor={cursor}").status_code == 422
    assert api("wu")("GET", f"comments?cursor={cursor[:-2]}xx").status_code == 422


def body(world: World, text: str = "once") -> dict[str, Any]:
    return {"subject_type": "squad", "subject_id": world.squad_id, "text": text}


def test_a_key_sent_twice_does_one_thing(world: World, api: Call) -> None:
    first, second = (api("wu")("POST", "comments", body(world), Idempotency_Key="k1") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.get_json(), first.headers["Location"], first.headers["ETag"]) == (
        second.get_json(),
        second.headers["Location"],
        second.headers["ETag"],
    )
    assert session.query(Comment).count() == 1


def test_a_key_kept_by_a_clock_a_year_ahead_is_not_kept_for_ever(world: World, api: Call) -> None:
    with clock.at(clock.now() + timedelta(days=365)):
        api("wu")("POST", "comments", body(world), Idempotency_Key="k1")
    assert api("wu")("POST", "comments", body(world, "other"), Idempotency_Key="k1").status_code == 201


def test_a_key_with_another_body_or_address_is_refused(world: World, api: Call) -> None:
    api("lin")("POST", "comments", body(world), Idempotency_Key="k1")
    assert api("lin")("POST", "comments", body(world, "other"), Idempotency_Key="k1").status_code == 409
    squad = {"name": "新队", "model": "star", "members": []}
    assert api("lin")("POST", "squads", squad, Idempotency_Key="k1").status_code == 409


def test_a_key_of_another_person_is_another_key(world: World, api: Call) -> None:
    mine = api("wu")("POST", "comments", body(world), Idempotency_Key="k1").get_json()
    theirs = api("sun")("POST", "comments", body(world), Idempotency_Key="k1").get_json()
    assert (mine["author_id"], theirs["author_id"]) == (world.ids["wu"], world.ids["sun"])


def test_a_refused_request_keeps_no_key(world: World, api: Call) -> None:
    assert api("wu")("POST", "comments", body(world, ""), Idempotency_Key="k1").status_code == 422
    assert api("wu")("POST", "comments", body(world), Idempotency_Key="k1").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_has_a_length(world: World, api: Call, key: str) -> None:
    assert api("wu")("POST", "comments", body(world), Idempotency_Key=key).status_code == 422


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 428),
        ("*", 428),
        ("", 428),
        ('"x"', 412),
        ('W/"comment-1-1"', 412),
        ('"comment-1-1", "comment-1-2"', 412),
        ('"comment-1-2"', 412),
        ("comment-1-1", 412),
    ],
)
def test_an_edit_needs_the_one_present_version(world: World, api: Call, header: str | None, status: int) -> None:
    comment_on_squad(world, api("wu"), "before")
    sent = {} if header is None else {"If_Match": header}
    assert api("wu")("PATCH", "comments/1", {"text": "after"}, **sent).status_code == status
    assert session.query(Comment).one().text == "before"


def test_checks_come_in_their_order(world: World, api: Call) -> None:
    comment_on_squad(world, api("wu"))
    path, wrong = "comments/1", {"colour": "red"}
    assert world.app.test_client().patch("/api/v1/" + path).status_code == 401
    assert api("wu")("PATCH", "comments/99", wrong).status_code == 404
    assert api("sun")("PATCH", path, wrong).status_code == 403
    assert api("wu")("PATCH", path).status_code == 415
    assert api("wu")("PATCH", path, wrong).status_code == 428
    assert api("wu")("PATCH", path, wrong, If_Match='"x"').status_code == 422
    assert api("wu")("PATCH", path, {"text": "y"}, If_Match='"x"').status_code == 412


def test_a_problem_says_what_happened_in_the_callers_language(world: World, api: Call) -> None:
    found = api("wu")("GET", "comments/99", Accept_Language="en").get_json()
    assert {"type", "title", "status", "detail"} <= found.keys()
    assert (found["status"], found["title"]) == (404, "Not found")
    chinese = api("wu")("GET", "comments/99", Accept_Language="zh-CN,zh;q=0.9").get_json()
    assert (chinese["title"], chinese["detail"]) == ("找不到", "这个地址没有内容，或未对你开放。")


def test_the_description_is_open_and_names_every_path(world: World) -> None:
    found = world.app.test_client().get("/api/v1/openapi.json").get_json()
    assert found["openapi"].startswith("3.1")
    assert {"/api/v1/me", "/api/v1/users/{user_id}", "/api/v1/comments"} <= found["paths"].keys()
