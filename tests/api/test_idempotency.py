"""Where the Idempotency-Key is judged among the other checks, for every POST; and how long one lasts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from backlog.discussion.models import Comment
from backlog.kernel import clock
from backlog.kernel.database import session
from tests.api.bodies import BODIES, furnish, sender
from tests.house import samples
from tests.world import Call, World

LONG = "x" * 256
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def names(world: World, api: Call) -> dict[str, Any]:
    samples.fill(world, api)
    return furnish(world, api)


def posts(world: World) -> list[str]:
    """Every path of the document that takes a POST, with ones for what it names."""
    spec = world.app.test_client().get("/api/v1/openapi.json").get_json()
    paths = [path.removeprefix("/api/v1/") for path, methods in spec["paths"].items() if "post" in methods]
    return ["/".join("1" if part.startswith("{") else part for part in path.split("/")) for path in paths]


def filled(place: str, body: dict[str, Any], names: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    numbers = {"n": "7", "k": "K", "m": "03", "d": "07"}
    shown = {
        name: value.format(**numbers) if isinstance(value, str) and "{" in value else value
        for name, value in body.items()
    }
    return place.format(**names), shown


def test_a_key_of_wrong_length_is_told_after_404_403_415_and_400(world: World, api: Call, names: Any) -> None:
    found = {}
    # given back and taken back; nobody else restores a comment; that storm has no round; no batch
    lost = ("attributions/1", "comments/1", "storms/1/rounds/1", "use-cases/bulk/1")
    for path in (each for each in posts(world) if not each.startswith(lost)):
        nowhere = path.replace("1", "999999") if "1" in path.split("/") else ""
        got = [
            sender(api, path)("POST", nowhere, {}, Idempotency_Key=LONG).status_code if nowhere else 404,
            sender(api, path).client.post(
                f"/api/v1/{path}",
                data=b"x",
                headers={
                    "Authorization": f"Bearer {sender(api, path).token}",
                    "Idempotency-Key": LONG,
                    "Content-Type": "text/plain",
                },
            ).status_code,
        ]  # fmt: skip
        if got != [404, 415]:
            found[path] = got
    assert found == {}
    refused = [api("sun")("POST", path, {}, Idempotency_Key=LONG).status_code for path in ("squads", "items", "users")]
    assert refused == [403, 403, 403]


def test_every_post_refuses_a_key_of_wrong_length(world: World, api: Call, names: Any) -> None:
    found = {}
    for (method, place), body in BODIES.items():
        if method == "POST":
            path, shown = filled(place, body, names)
            answer = sender(api, path)("POST", path, shown, Idempotency_Key=LONG)
            if answer.status_code != 422 or list(answer.get_json()["errors"]) != ["Idempotency-Key"]:
                found[path] = answer.get_json()
    for path in posts(world):
        if path.endswith(("restore", "newest-definition")) and not path.startswith("comments"):
            answer = sender(api, path)("POST", path, Idempotency_Key=LONG)
            if answer.status_code != 422:
                found[path] = answer.status_code
    assert found == {}


def test_every_post_done_twice_with_one_key_answers_alike(world: World, api: Call, names: Any) -> None:
    found, counted = {}, 0
    for (method, place), body in BODIES.items():
        path, shown = filled(place, body, names)
        if method != "POST":
            continue
        first = sender(api, path)("POST", path, shown, Idempotency_Key=place)
        again = sender(api, path)("POST", path, shown, Idempotency_Key=place)
        counted += first.status_code < 300
        if (first.status_code, _said(first)) != (again.status_code, _said(again)):
            found[path] = (first.get_json(), again.get_json())
        if (again.headers.get("Idempotency-Replayed") == "true") != (first.status_code < 300):
            found[path] = again.status_code
    assert (found, counted > 20) == ({}, True)


def _said(answer: Any) -> Any:
    return answer.get_json(), answer.headers.get("Location"), answer.headers.get("ETag")


def test_what_is_brought_back_with_a_key_is_answered_again(world: World, api: Call, names: Any) -> None:
    lin, found = api("lin"), {}
    for path in ("squads/1", "use-cases/3", "north-stars/1", "kpis/2", "items/1", "reviews/1", "attributions/1"):
        gone = lin("DELETE", path).status_code
        back = [lin("POST", f"{path}/restore", Idempotency_Key=path).status_code for _ in range(2)]
        if [gone, *back] != [204, 200, 200]:
            found[path] = [gone, *back]
    assert found == {}


def comment(world: World, text: str = "once", subject: int = 0) -> dict[str, Any]:
    return {"subject_type": "squad", "subject_id": subject or world.squad_id, "text": text}


def test_a_used_key_is_told_after_the_fields(world: World, api: Call) -> None:
    wu = api("wu")
    assert wu("POST", "comments", comment(world), Idempotency_Key="k").status_code == 201
    bad = [{"text": "x"}, {**comment(world), "colour": 1}, comment(world, "x", 999_999)]
    assert [wu("POST", "comments", each, Idempotency_Key="k").status_code for each in bad] == [422, 422, 422]
    other = wu("POST", "comments", comment(world, "other"), Idempotency_Key="k")
    assert (other.status_code, other.get_json()["code"]) == (409, "request.idempotency")
    assert [row.text for row in session.query(Comment)] == ["once"]


def test_a_used_key_is_told_rather_than_another_rule(world: World, api: Call, names: Any) -> None:
    lin = api("lin")
    said = {"reason": "记错"}
    assert lin("POST", "ledger-entries/1/reversal", said, Idempotency_Key="k").status_code == 201
    assert lin("POST", "ledger-entries/1/reversal", said, Idempotency_Key="k").status_code == 201
    assert lin("POST", "ledger-entries/1/reversal", said).get_json()["code"] == "entry.already_reversed"
    other = lin("POST", "ledger-entries/1/reversal", {"reason": "另"}, Idempotency_Key="k")
    assert (other.status_code, other.get_json()["code"]) == (409, "request.idempotency")


def test_a_key_is_forgotten_after_24_hours(world: World, api: Call) -> None:
    late = timedelta(hours=24)
    for when, text, status in (
        (NOON, "once", 201),
        (NOON + late - timedelta(seconds=1), "other", 409),
        (NOON + late - timedelta(seconds=1), "once", 201),
        (NOON + late, "other", 201),
        (NOON + late, "once", 409),
    ):
        with clock.at(when):
            assert api("wu")("POST", "comments", comment(world, text), Idempotency_Key="k").status_code == status, when
    assert sorted(row.text for row in session.query(Comment)) == ["once", "other"]


@pytest.mark.parametrize("key", ["k", "  k ", "键".encode().decode("latin-1"), "'; --", "%00", '"quoted"', "x" * 255])
def test_any_text_of_that_length_is_a_key(world: World, api: Call, key: str) -> None:
    for _ in range(2):
        assert api("wu")("POST", "comments", comment(world), Idempotency_Key=key).status_code == 201
    assert session.query(Comment).count() == 1


def test_who_lost_the_right_is_not_answered_again(world: World, api: Call) -> None:
    sent = {"name": "新队", "model": "star", "members": []}
    assert api("lin")("POST", "squads", sent, Idempotency_Key="k").status_code == 201
    assert api("zhou").edit(f"users/{world.ids['lin']}", {"role": "member"}).status_code == 200
    assert api("lin")("POST", "squads", sent, Idempotency_Key="k").status_code == 403
