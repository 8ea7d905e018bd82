"""Who may call the API, and how often."""

import base64

import pytest

from backlog.api import tokens
from backlog.kernel.database import session
from backlog.people import actions
from backlog.people.models import ApiToken
from tests.discussion.factory import comment_on_squad
from tests.world import Call, World

NONE_ALG = "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."


def basic(token: str) -> str:
    return "Basic " + base64.b64encode(f"wu:{token}".encode()).decode()


@pytest.mark.parametrize(
    "form",
    [
        "",
        "Bearer",
        "Bearer ",
        "{0}",
        "Basic {0}",
        "Token {0}",
        "Bearer {0}x",
        "Bearer {0} {0}",
        "Bearer " + NONE_ALG,
        "Bearer " + "x" * 5000,
        "Bearer 令牌",
    ],
)
def test_anything_but_a_bearer_token_in_the_header_is_nobody(world: World, form: str) -> None:
    header = form.format(world.tokens["wu"]).encode().decode("latin-1")
    answer = world.app.test_client().get("/api/v1/me", headers={"Authorization": header})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.content_type == "application/problem+json"


def test_a_token_elsewhere_is_not_read(world: World) -> None:
    client, token = world.app.test_client(), world.tokens["wu"]
    assert client.get(f"/api/v1/me?access_token={token}&token={token}").status_code == 401
    assert client.get("/api/v1/me", headers={"Cookie": f"token={token}"}).status_code == 401
    assert client.get("/api/v1/me", headers={"X-Api-Key": token}).status_code == 401
    assert client.get("/api/v1/me", headers={"Authorization": basic(token)}).status_code == 401
    twice = [("Authorization", f"Bearer {token}"), ("Authorization", f"Bearer {token}")]
    assert client.get("/api/v1/me", headers=twice).status_code == 401


def test_tokens_are_stored_hashed(world: World) -> None:
    rows = " ".join(str(vars(row)) for row in session.query(ApiToken))
    assert not [token for token in world.tokens.values() if token in rows or token.removeprefix("dt_") in rows]


def test_a_read_token_writes_nothing(world: World, api: Call) -> None:
    caller = api("zhou")
    made = comment_on_squad(world, caller)
    caller.token = actions.make_token(world.person("zhou"), "reader", "read")
    for rule in world.app.url_map.iter_rules():
        for method in (
            (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"} if rule.rule.startswith("/api/v1/") else ()
        ):
            path = "/".join("1" if part.startswith("<") else part for part in rule.rule.split("/"))
            answer = caller(method, path.removeprefix("/api/v1/"), {}, If_Match='"x"')
            assert answer.status_code in {403, 404}, (method, path, answer.status_code)
    assert api("zhou").get(f"comments/{made['id']}")["text"] == made["text"]


def test_a_token_never_exceeds_its_owner(world: World, api: Call) -> None:
    assert api("lin")("POST", "squads", {"name": "x", "model": "star"}).status_code == 201
    api("zhou").edit(f"users/{world.ids['lin']}", {"role": "stakeholder"})
    assert api("lin")("POST", "squads", {"name": "y", "model": "star"}).status_code == 403
    api("zhou").edit(f"users/{world.ids['lin']}", {"active": False})
    assert api("lin")("GET", "me").status_code == 401


def test_no_token_is_made_by_a_token(world: World, api: Call) -> None:
    for path in ("tokens", "me/tokens", "me/password"):
        assert api("zhou")("POST", path, {}).status_code == 404


def test_too_many_requests_wait(world: World, api: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "rate_of_api", lambda: 3)
    answers = [api("wu")("GET", "me") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert api("sun")("GET", "me").status_code == 200
