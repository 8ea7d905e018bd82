"""The door: who gets in, how often one may try, and where one lands."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.people import secrets
from backlog.people.models import Session, Try
from tests.world import PASSWORD, Browser, Call, Sign, World


def enter(world: World, email: str, password: str, client: FlaskClient | None = None, **more: object) -> object:
    """Send the sign-in form."""
    browser = Browser(client or world.app.test_client())
    peer = {"REMOTE_ADDR": str(more.pop("peer", "10.0.0.1"))}
    return browser.post("/sign-in", {"email": email, "password": password, **more}, environ_base=peer)


def fail(world: World, email: str, count: int, peer: str = "10.0.0.1") -> list[int]:
    return [enter(world, email, "wrong words", peer=peer).status_code for _ in range(count)]


def test_unknown_wrong_and_deactivated_are_told_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.person("he").active = False
    session.commit()
    hashed = []
    verify = secrets.Hashing.hasher.verify
    monkeypatch.setattr(
        type(secrets.Hashing.hasher), "verify", lambda self, kept, typed: hashed.append(typed) or verify(kept, typed)
    )
    answers = [
        enter(world, name, "wrong words") for name in ("wu@dengta.example", "xx@dengta.example", "he@dengta.example")
    ]
    answers.append(enter(world, world.email("he"), PASSWORD))
    assert [each.status_code for each in answers] == [401] * 4
    assert len({len(each.get_data()) for each in answers}) == 1
    assert len(hashed) == 4


def test_however_the_address_is_written_it_is_the_same_account(world: World) -> None:
    assert enter(world, "  ＷＵ＠Dengta.Example ", PASSWORD).status_code == 303


def test_the_eleventh_try_waits_and_says_how_long(world: World) -> None:
    assert fail(world, world.email("wu"), 11) == [401] * 10 + [429]
    answer = enter(world, world.email("wu"), PASSWORD)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 900


def test_the_owner_elsewhere_and_open_sessions_are_not_shut_out(world: World, sign: Sign) -> None:
    browser = sign("wu")
    fail(world, world.email("wu"), 11)
    assert browser.get("/account").status_code == 200
    assert enter(world, world.email("wu"), PASSWORD, peer="10.9.9.9").status_code == 303


def test_the_wait_ends(world: World) -> None:
    fail(world, world.email("wu"), 11)
    with clock.at(clock.now() + timedelta(minutes=6)):
        assert enter(world, world.email("wu"), PASSWORD).status_code == 303


def test_one_address_tries_no_more_than_sixty_accounts(world: World) -> None:
    session.add_all([Try(bucket="peer:10.0.0.1", at=clock.now()) for _ in range(60)])
    session.commit()
    assert enter(world, world.email("wu"), PASSWORD).status_code == 429
    browser = Browser(world.app.test_client())
    forged = {"X-Forwarded-For": "1.2.3.4", "Forwarded": "for=1.2.3.4", "X-Real-IP": "1.2.3.4"}
    sent = {"email": world.email("wu"), "password": PASSWORD}
    assert browser.post("/sign-in", sent, headers=forged, environ_base={"REMOTE_ADDR": "10.0.0.1"}).status_code == 429


def test_a_clock_set_forward_or_back_shuts_nobody_out_for_ever(world: World) -> None:
    with clock.at(clock.now() + timedelta(days=365)):
        fail(world, world.email("wu"), 11)
    with clock.at(clock.now() + timedelta(minutes=5, seconds=1)):
        fail(world, world.email("wu"), 1)
    with clock.at(clock.now() + timedelta(minutes=16)):
        assert enter(world, world.email("wu"), PASSWORD).status_code == 303


def test_a_huge_password_is_refused_before_it_is_hashed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(secrets.Hashing.hasher), "verify", lambda *_: pytest.fail("hashed"))
    assert enter(world, world.email("wu"), "x" * 1_000_000).status_code == 401


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example", "javascript:alert(1)",
        "/\tevil", "/\n/evil.example", "/%2f%2fevil.example", "/%252f%252fevil.example", "／／evil.example",
        "/／evil.example", "user@evil.example", "//user@evil.example", "\\\\evil", "/%5cevil.example", "",
    ],
)  # fmt: skip
def test_one_lands_on_a_page_of_this_site(world: World, target: str) -> None:
    assert enter(world, world.email("wu"), PASSWORD, next=target).location == "/"


@pytest.mark.parametrize("target", ["/people", "/use-cases?status=ready&q=%E8%B4%A8", "/projects/AIQC/board"])
def test_one_lands_where_one_was_going(world: World, target: str) -> None:
    assert enter(world, world.email("wu"), PASSWORD, next=target).location == target


def test_a_page_asked_for_without_a_session_is_come_back_to(world: World) -> None:
    answer = world.app.test_client().get("/people?archived=1")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/people?archived%3D1")


def test_a_planted_session_is_replaced(world: World, sign: Sign) -> None:
    client = sign("sun").client
    assert client.get("/sign-in").status_code == 303
    fresh = world.app.test_client()
    with fresh.session_transaction() as cookie:
        cookie["_user_id"], cookie["planted"] = "known-to-the-attacker", "yes"
    assert enter(world, world.email("wu"), PASSWORD, fresh).status_code == 303
    with fresh.session_transaction() as cookie:
        assert cookie["_user_id"] != "known-to-the-attacker"
        assert "planted" not in cookie
        assert session.query(Session).filter_by(secret_hash=secrets.hash_secret(cookie["_user_id"])).count() == 1


def test_the_form_from_elsewhere_is_refused(world: World) -> None:
    browser = Browser(world.app.test_client())
    sent = {"email": world.email("wu"), "password": PASSWORD}
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser.post("/sign-in", sent, headers=headers).status_code == 403
    assert world.app.test_client().post("/sign-in", data=sent).status_code == 400


def test_no_password_stands_in_the_database(world: World, api: Call) -> None:
    enter(world, world.email("wu"), "my secret words")
    assert all("my secret words" not in str(vars(row)) for row in session.query(Try))
    assert world.person("wu").password_hash.startswith("$argon2id$")
