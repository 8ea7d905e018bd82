"""Hosts, headers and errors."""

import pytest

from tests.world import Call, Sign, World

PATHS = (
    "/sign-in",
    "/people",
    "/nowhere",
    "/static/favicon.svg",
    "/api/v1/me",
    "/api/docs",
    "/healthz",
    "/people/999999",
)


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "localhost@evil.example", "", "127.0.0.1.evil", "evil.example:8000"],
)
def test_an_unknown_host_is_refused(world: World, host: str) -> None:
    answer = world.app.test_client().get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers
    assert not host or host not in answer.get_data(as_text=True)


def test_forwarding_headers_of_strangers_are_not_believed(world: World, sign: Sign) -> None:
    forged = {
        "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Original-URL": "/settings",
        "X-Rewrite-URL": "/settings", "X-Remote-User": "zhou", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/evil",
    }  # fmt: skip
    answer = sign("wu").get("/people", headers=forged)
    assert answer.status_code == 200
    assert "evil" not in answer.get_data(as_text=True) + str(answer.headers)
    redirect = world.app.test_client().get("/people", headers=forged)
    assert redirect.location == "/sign-in?next=/people"


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_bears_its_headers(world: World, sign: Sign, path: str) -> None:
    headers = sign("wu").get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert {"frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"} <= set(policy.split("; "))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not {"Server", "X-Powered-By", "Access-Control-Allow-Origin"} & set(headers.keys())


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_no_other_origin_is_given_leave(world: World, api: Call, origin: str) -> None:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "DELETE",
        "Access-Control-Request-Headers": "authorization",
    }
    for answer in (world.app.test_client().options("/api/v1/me", headers=asked), api("wu")("GET", "me", Origin=origin)):
        assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "FOO"])
def test_strange_methods_are_refused(world: World, method: str) -> None:
    for path in ("/sign-in", "/api/v1/me"):
        assert world.app.test_client().open(path, method=method).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/people/999999",
        "/squads/0",
        "/people/99999999999999999999",
        "/people/-1",
        "/people/٣",
        "/people/1e3",
        "/api/v1/nowhere",
        "/%00",
        "/people/%ff",
    ],
)
def test_what_is_not_there_is_said_without_a_word_too_many(world: World, sign: Sign, path: str) -> None:
    answer = sign("zhou").get(path)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert not [word for word in ("Traceback", "SELECT", "sqlalchemy", "werkzeug", ".py") if word in said]
    assert answer.headers["X-Request-Id"] in said or path.startswith("/api/")


def test_a_body_beyond_the_limit_is_told_so(world: World, sign: Sign, api: Call) -> None:
    huge = "x" * (3 * 1024 * 1024)
    assert sign("wu").post("/account", {"locale": huge}).status_code == 413
    assert api("wu")("POST", "comments", {"text": huge}).status_code == 413


def test_every_form_posted_with_nothing_and_with_rubbish_is_answered(world: World, sign: Sign) -> None:
    browser = sign("zhou")
    rules = [rule for rule in world.app.url_map.iter_rules() if "POST" in (rule.methods or ()) and not rule.arguments]
    rubbish = {
        "name": "x" * 1000,
        "email": "\x00",
        "members-0-user_id": "９" * 30,
        "version": "-1",
        "session": "²",
        "fact": "٣",
    }
    for rule in (each for each in rules if not each.rule.startswith("/api/") and each.rule != "/sign-out"):
        for sent in ({}, rubbish):
            assert browser.post(rule.rule, sent).status_code < 500, rule.rule


def test_a_file_that_is_not_there_sets_no_cookie_and_is_not_kept(world: World) -> None:
    answer = world.app.test_client().get("/static/nothing.js?v=1")
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (404, [])
    assert answer.headers["Cache-Control"] == "no-store"
