"""Sessions: ended ones are over at the next request, cookies are what they should be."""

from datetime import timedelta

import pytest
from itsdangerous import URLSafeTimedSerializer

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.people import actions
from backlog.people.models import Session
from tests.statements import statements
from tests.world import PASSWORD, Browser, Call, Sign, World


def cookie_of(answer: object) -> str:
    return next(value for name, value in answer.headers if name == "Set-Cookie" and "dengta" in value)


def sign_in(world: World, **more: object) -> object:
    browser = Browser(world.app.test_client())
    return browser.post("/sign-in", {"email": world.email("wu"), "password": PASSWORD}, **more)


def test_a_copied_cookie_is_worth_nothing_after_sign_out(world: World, sign: Sign) -> None:
    browser, copy = sign("wu"), world.app.test_client()
    with browser.client.session_transaction() as mine, copy.session_transaction() as theirs:
        theirs.update(mine)
    assert copy.get("/account").status_code == 200
    assert browser.post("/sign-out").status_code == 303
    assert copy.get("/account").status_code == 303


@pytest.mark.parametrize(("hours", "status"), [(1, 200), (169, 303), (24 * 365, 303)])
def test_an_idle_session_ends(world: World, sign: Sign, hours: int, status: int) -> None:
    browser = sign("wu")
    with clock.at(clock.now() + timedelta(hours=hours)):
        assert browser.get("/account").status_code == status


def test_a_session_in_use_ends_after_thirty_days(world: World, sign: Sign) -> None:
    browser, start = sign("wu"), clock.now()
    for day in range(1, 30):
        with clock.at(start + timedelta(days=day)):
            assert browser.get("/account").status_code == 200
    with clock.at(start + timedelta(days=30, minutes=1)):
        assert browser.get("/account").status_code == 303


def test_a_clock_set_back_keeps_no_session_longer(world: World, sign: Sign) -> None:
    browser, start = sign("wu"), clock.now()
    with clock.at(start - timedelta(hours=1)):
        assert browser.get("/account").status_code == 200
    row = session.query(Session).filter_by(user_id=world.ids["wu"]).one()
    assert row.started_at <= start + timedelta(seconds=5)
    with clock.at(start + timedelta(days=31)):
        assert browser.get("/account").status_code == 303


def test_reading_notes_the_use_at_most_every_five_minutes(world: World, sign: Sign) -> None:
    browser, start = sign("wu"), clock.now()
    seen = []
    for minutes in (1, 6, 8):
        with clock.at(start + timedelta(minutes=minutes)):
            browser.get("/account")
            seen.append(session.query(Session).filter_by(user_id=world.ids["wu"]).one().last_seen_at)
    assert seen[0] < seen[1] == seen[2]


@pytest.mark.parametrize("value", ["", "x", "e30.x.y", "a" * 8000, "\x80", '"', "a=b; dengta=c", "eyJ9.Z.Z"])
def test_a_broken_cookie_is_nobody(world: World, value: str) -> None:
    client = world.app.test_client()
    answer = client.get("/account", headers={"Cookie": f"dengta={value}; dengta={value}; =x; {value}"})
    assert answer.status_code == 303


def test_a_cookie_signed_with_another_key_is_nobody(world: World) -> None:
    forged = URLSafeTimedSerializer("another-key-0123456789-abcdefghijkl", salt="cookie-session").dumps(
        {"_user_id": "1"}
    )
    assert world.app.test_client().get("/account", headers={"Cookie": f"dengta={forged}"}).status_code == 303


def test_the_cookies_flags(world: World) -> None:
    plain = cookie_of(sign_in(world))
    assert plain.startswith("dengta=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(plain.split("; "))
    assert "Domain" not in plain
    assert "Secure" not in plain


def test_over_https_the_cookie_is_secure_and_host_bound(world: World) -> None:
    answer = world.app.test_client().get("/sign-in", base_url="https://localhost")
    cookie = cookie_of(answer)
    assert cookie.startswith("__Host-dengta=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_what_is_shown_to_people_is_kept_by_no_cache(world: World, sign: Sign) -> None:
    browser = sign("wu")
    assert all(browser.get(path).headers["Cache-Control"] == "no-store" for path in ("/account", "/people", "/nowhere"))
    static = browser.get("/static/favicon.svg?v=1")
    assert "Set-Cookie" not in static.headers
    assert "immutable" in static.headers["Cache-Control"]


def test_a_role_lowered_counts_at_the_next_request(world: World, sign: Sign, api: Call) -> None:
    browser = sign("lin")
    assert browser.get("/squads/new").status_code == 200
    token = browser.token()
    api("zhou").edit(f"users/{world.ids['lin']}", {"role": "member"})
    assert browser.client.post("/squads/new", data={"csrf_token": token, "name": "x", "model": "star"}).status_code in {
        303,
        400,
        401,
        403,
    }
    assert sign("lin").get("/squads/new").status_code == 403


def test_who_is_taken_out_of_a_squad_is_out_at_once(world: World, sign: Sign, api: Call) -> None:
    api("lin").edit(f"squads/{world.squad_id}", {"members": []})
    assert api("wu").get("me")["squad_ids"] == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost:99"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_another_site_changes_nothing(world: World, sign: Sign, headers: dict[str, str]) -> None:
    answer = sign("wu").post("/account", {"locale": "zh", "time_zone": "UTC", "theme": ""}, headers=headers)
    assert (answer.status_code, world.person("wu").locale) == (403, "en")


def test_a_token_of_another_session_or_in_the_address_is_none(world: World, sign: Sign) -> None:
    foreign, browser = sign("sun").token(), sign("wu")
    sent = {"locale": "zh", "time_zone": "UTC", "theme": ""}
    assert browser.client.post("/account", data={**sent, "csrf_token": foreign}).status_code == 400
    assert browser.client.post("/account", data=sent).status_code == 400
    own = browser.token()
    assert browser.client.post(f"/account?csrf_token={own}", data=sent).status_code == 400
    assert world.person("wu").locale == "en"


def test_a_cookie_alone_opens_no_part_of_the_api(world: World, sign: Sign) -> None:
    browser = sign("zhou")
    assert browser.get("/api/v1/me").status_code == 401
    assert browser.client.post("/api/v1/comments", json={}).status_code == 401


def test_method_override_is_not_heard(world: World, sign: Sign) -> None:
    browser = sign("wu")
    browser.get("/sign-out?_method=POST", headers={"X-HTTP-Method-Override": "POST"})
    assert browser.get("/account").status_code == 200


def test_the_secret_is_stored_hashed(world: World) -> None:
    secret = actions.open_session(world.person("wu"), "x")
    session.commit()
    assert all(secret not in str(vars(row)) for row in session.query(Session))


def test_a_read_within_five_minutes_takes_no_write_lock(world: World, sign: Sign) -> None:
    browser = sign("wu")
    browser.get("/account")
    with statements() as sent:
        browser.get("/account")
    assert sent
    assert not [each for each in sent if each.startswith(("BEGIN IMMEDIATE", "UPDATE", "INSERT"))]
