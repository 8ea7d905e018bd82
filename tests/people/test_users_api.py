"""Accounts through the API."""

import pytest

from backlog.kernel.database import session
from backlog.people.models import Session, User
from tests.world import Call, Sign, World

NEW = {"email": " Ning@Dengta.Example ", "name": "宁远", "role": "member", "password": "a long enough one"}


@pytest.mark.parametrize("name", ["lin", "wu", "sun"])
def test_only_admins_make_and_change_accounts(world: World, api: Call, name: str) -> None:
    assert api(name)("POST", "users", NEW).status_code == 403
    assert api(name)("PATCH", f"users/{world.ids['wu']}", {"name": "x"}, If_Match='"x"').status_code == 403


def test_nobody_changes_their_own_role(world: World, api: Call) -> None:
    tag = api("zhou")("GET", f"users/{world.ids['zhou']}").headers["ETag"]
    assert api("zhou")("PATCH", f"users/{world.ids['zhou']}", {"role": "member"}, If_Match=tag).status_code == 403
    assert api("sun")("PATCH", f"users/{world.ids['sun']}", {"role": "admin"}, If_Match=tag).status_code == 403


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "LIN@dengta.example"}, "email"),
        ({"email": "no address"}, "email"),
        ({"role": "emperor"}, "role"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"name": "x" * 81}, "name"),
        ({"password": "short"}, "password"),
        ({"password": "password1"}, "password"),
        ({"active": "yes"}, "active"),
        ({"id": 7}, "id"),
        ({"version": 7}, "version"),
        ({"is_sample": True}, "is_sample"),
        ({"password_hash": "x"}, "password_hash"),
    ],
)
def test_what_cannot_be_stored_is_named(world: World, api: Call, change: dict[str, object], field: str) -> None:
    answer = api("zhou")("POST", "users", {**NEW, **change})
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])


def test_a_token_changes_no_password(world: World, api: Call) -> None:
    path = f"users/{world.ids['wu']}"
    tag = api("zhou")("GET", path).headers["ETag"]
    answer = api("zhou")("PATCH", path, {"password": "another good one"}, If_Match=tag)
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["password"])


def test_an_admin_makes_an_account(world: World, api: Call) -> None:
    made = api("zhou").make("users", NEW)
    assert (made["email"], made["may_verify"], made["active"]) == ("ning@dengta.example", False, True)
    assert "password" not in str(made)


def test_addresses_are_seen_by_admins_and_their_owners_only(world: World, api: Call) -> None:
    everyone = {each["name"]: each["email"] for each in api("sun").get("users")["data"]}
    assert {name for name, email in everyone.items() if email} == {"孙萌"}
    assert all(each["email"] for each in api("zhou").get("users")["data"])
    assert api("wu").get(f"users/{world.ids['lin']}")["email"] is None


def test_the_list_is_narrowed_sorted_and_paged(world: World, api: Call) -> None:
    found = api("sun").get("users?role=member&sort=-id&page_size=2")
    assert [each["name"] for each in found["data"]] == ["何青", "陈舟"]
    rest = api("sun").get(f"users?role=member&sort=-id&page_size=2&cursor={found['next_cursor']}")
    assert ([each["name"] for each in rest["data"]], rest["next_cursor"]) == (["吴凡"], None)
    assert [each["name"] for each in api("sun").get("users?q=林&active=true")["data"]] == ["林悦"]
    assert api("sun").get("users?q=%25")["data"] == []


def test_the_last_admin_stays(world: World, api: Call) -> None:
    path = f"users/{world.ids['zhou']}"
    tag = api("zhou")("GET", path).headers["ETag"]
    answer = api("zhou")("PATCH", path, {"active": False}, If_Match=tag)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "user.last_admin")


def test_deactivating_ends_sessions_and_tokens_at_once(world: World, api: Call, sign: Sign) -> None:
    browser = sign("wu")
    assert browser.get("/account").status_code == 200
    api("zhou").edit(f"users/{world.ids['wu']}", {"active": False})
    assert browser.get("/account").status_code == 303
    assert api("wu")("GET", "me").status_code == 401
    assert session.query(Session).filter_by(user_id=world.ids["wu"], ended_at=None).count() == 0


def test_a_lower_role_counts_at_the_next_request(world: World, api: Call) -> None:
    api("zhou").edit(f"users/{world.ids['lin']}", {"role": "stakeholder"})
    assert api("lin")("POST", "squads", {"name": "x", "model": "star"}).status_code == 403


def test_me_says_who_asks_and_takes_language_and_zone(world: World, api: Call) -> None:
    me = api("wu").get("me")
    assert (me["name"], me["role"], me["squad_ids"]) == ("吴凡", "member", [world.squad_id])
    assert api("wu")("PATCH", "me", {"locale": "zh"}).status_code == 428
    assert api("wu").edit("me", {"locale": "zh", "time_zone": "Europe/Berlin"}).status_code == 200
    assert session.get(User, world.ids["wu"]).time_zone == "Europe/Berlin"
    assert api("wu").edit("me", {"role": "admin"}).status_code == 422
    assert api("wu").edit("me", {"time_zone": "../etc/passwd"}).status_code == 422
