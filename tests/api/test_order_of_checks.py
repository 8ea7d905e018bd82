"""401, 404, 403, 415/400, 428, 422, 412: in this order, for every resource that takes a body; and the doors' manners."""

import re
from typing import Any

import pytest

from tests.api.bodies import BODIES, furnish, sender
from tests.house import samples
from tests.world import Call, Caller, World

CONDITIONAL = [(method, place) for method, place in BODIES if method == "PATCH" or place.endswith("columns")]
CHILDREN = [
    (method, place) for method, place in BODIES if any(part.isdigit() or "{" in part for part in place.split("/"))
]


@pytest.fixture
def names(world: World, api: Call) -> dict[str, Any]:
    samples.fill(world, api)
    return furnish(world, api)


def send(
    caller: Caller, method: str, path: str, raw: bytes = b"{}", kind: str = "application/json", **headers: str
) -> Any:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if caller.token:
        sent["Authorization"] = f"Bearer {caller.token}"
    return caller.client.open(f"/api/v1/{path}", method=method, headers=sent, data=raw, content_type=kind)


def missing(place: str) -> str:
    """The same resource of a thing that does not exist."""
    return "/".join("999999" if part.isdigit() or "{" in part else part for part in place.split("/"))


def test_nobody_is_asked_who_they_are_before_all_else(world: World) -> None:
    nobody = Caller(world.app.test_client(), "")
    found = {(method, place): send(nobody, method, missing(place), b"\x00", "text/plain") for method, place in BODIES}
    assert {key: each.status_code for key, each in found.items() if each.status_code != 401} == {}


def test_what_is_not_there_comes_before_what_was_sent(world: World, api: Call, names: Any) -> None:
    found = {
        (method, place): send(
            sender(api, place), method, missing(place) + "?colour=red", b"\x00", "text/plain"
        ).status_code
        for method, place in CHILDREN
    }
    assert {key: status for key, status in found.items() if status != 404} == {}


def test_who_may_not_learns_it_before_what_was_sent_is_read(world: World, api: Call, names: Any) -> None:
    """sun, a stakeholder, may propose, estimate, storm, comment, save views, edit what is hers, and nothing else."""
    own = ("me", "comments", "use-cases", "feedback", "views", "bulk", "ideas", "marks")
    asked = [(m, p) for m, p in BODIES if not p.endswith(own) and not p.endswith("estimates")]
    found = {
        (method, place): send(api("sun"), method, place.format(**names), b"\x00", "text/plain").status_code
        for method, place in asked
    }
    assert {key: status for key, status in found.items() if status != 403} == {}


def test_what_cannot_be_read_comes_before_its_condition(world: World, api: Call, names: Any) -> None:
    found = {}
    for method, place in BODIES:
        path = place.format(**names)
        kinds = [(b"{}", "text/plain", 415), (b"{", "application/json", 400)]
        for raw, kind, status in kinds:
            answer = send(sender(api, path), method, path + "?colour=red", raw, kind)
            if answer.status_code != status:
                found[method, path, kind] = answer.status_code
    assert found == {}


def test_where_no_field_is_needed_no_body_is(world: World, api: Call, names: Any) -> None:
    spec = world.app.test_client().get("/api/v1/openapi.json").get_json()
    refused, asked = {}, 0
    for path, methods in spec["paths"].items():
        for method, one in methods.items():
            if method not in {"post", "put"} or one.get("requestBody", {}).get("required", True):
                continue
            asked += 1
            place = re.sub(r"{.*?}", "1", path.removeprefix("/api/v1/"))
            if (answer := api("lin")(method.upper(), place)).status_code in {400, 415, 500}:
                refused[method, path] = answer.status_code
    assert (refused, asked > 8) == ({}, True)


def test_a_condition_comes_before_the_fields_and_those_before_the_version(world: World, api: Call, names: Any) -> None:
    found = {}
    for method, place in CONDITIONAL:
        path = place.format(**names)
        caller = sender(api, path)
        tag = caller("GET", path).headers["ETag"]
        wrong = b'{"colour": "red"}'
        fields = BODIES[method, place]
        got = [
            send(caller, method, path, wrong).status_code,
            send(caller, method, path, wrong, If_Match="*").status_code,
            send(caller, method, path, wrong, If_Match='"stale"').status_code,
            *(
                caller(method, path, fields, If_Match=each).status_code
                for each in ('"stale"', f'{tag}, "x"', f"W/{tag}")
            ),
        ]
        if got != [428, 428, 422, 412, 412, 412]:
            found[path] = got
        if "version" in (shown := caller("GET", path).get_json()):
            current = caller(method, path, fields, If_Match='"stale"').get_json()["current"]
            if current != shown:
                found[path, "current"] = current
    assert found == {}


@pytest.mark.parametrize("accept", ["text/html", "application/xml;q=1", "application/json;q=0"])
def test_a_form_of_answer_we_have_not_is_refused(world: World, api: Call, accept: str) -> None:
    answer = api("lin")("GET", "me", Accept=accept)
    assert (answer.status_code, answer.content_type) == (406, "application/problem+json")


@pytest.mark.parametrize(
    "accept", ["", "*/*", "application/*", "application/json", "text/html, */*;q=0.1", "application/problem+json", "x"]
)
def test_any_other_wish_gets_json(world: World, api: Call, accept: str) -> None:
    assert api("lin")("GET", "me", Accept=accept).status_code in ({200} if accept != "x" else {200, 406})


def test_a_method_that_is_not_there_names_those_that_are(world: World, api: Call) -> None:
    answer = api("lin")("DELETE", "me")
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert {"GET", "PATCH"} <= set(answer.headers["Allow"].split(", "))
    assert api("lin")("TRACE", "me").status_code == 405


def test_heads_have_no_body_and_options_name_the_methods(world: World, api: Call) -> None:
    head = api("lin")("HEAD", "me")
    assert (head.status_code, head.get_data()) == (200, b"")
    assert "PATCH" in api("lin")("OPTIONS", "me").headers["Allow"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
@pytest.mark.parametrize("method", ["OPTIONS", "GET"])
def test_no_other_origin_gets_permission(world: World, api: Call, origin: str, method: str) -> None:
    answer = api("lin")(method, "me", Origin=origin, Access_Control_Request_Method="PATCH")
    assert [name for name in answer.headers.keys() if name.lower().startswith("access-control")] == []  # noqa: SIM118
