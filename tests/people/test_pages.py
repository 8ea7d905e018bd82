"""Account, tokens, people, squads, rights and settings as pages."""

import re

import pytest

from backlog.kernel.database import session
from backlog.people import policy, queries
from backlog.people.models import ApiToken, Organisation, Session, Squad, User
from backlog.people.pages.rights import VERBS
from tests.world import PASSWORD, Call, Sign, World

PAGES = (
    "/account",
    "/tokens",
    "/people",
    "/people/rights",
    "/settings",
    "/people/new",
    "/squads/new",
    "/people/3",
    "/squads/1",
)
OPEN_TO = {
    "/settings": {"zhou"},
    "/people/new": {"zhou"},
    "/people/3": {"zhou"},
    "/squads/new": {"zhou", "lin"},
    "/squads/1": {"zhou", "lin"},
}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("name", ["zhou", "lin", "wu", "sun"])
def test_each_page_opens_for_those_who_may(world: World, sign: Sign, path: str, name: str) -> None:
    expected = 200 if name in OPEN_TO.get(path, {name}) else 403
    assert sign(name).get(path).status_code == expected


def test_every_right_has_words(world: World, sign: Sign) -> None:
    assert VERBS.keys() == policy.RIGHTS.keys()
    page = sign("sun").get("/people/rights").get_data(as_text=True)
    assert all(f"<code>{verb}</code>" in page for verb in policy.RIGHTS)


def test_addresses_stand_on_the_page_for_admins_only(world: World, sign: Sign) -> None:
    assert world.email("wu") not in sign("lin").get("/people").get_data(as_text=True)
    assert world.email("wu") in sign("zhou").get("/people").get_data(as_text=True)


def test_language_zone_and_theme_are_kept(world: World, sign: Sign) -> None:
    sent = {"locale": "zh", "time_zone": "Europe/Paris", "theme": "dark"}
    assert sign("wu").post("/account", sent).status_code == 303
    wu = world.person("wu")
    assert (wu.locale, wu.time_zone, wu.theme) == ("zh", "Europe/Paris", "dark")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../x"])
def test_an_unknown_zone_is_refused(world: World, sign: Sign, zone: str) -> None:
    assert sign("wu").post("/account", {"locale": "zh", "time_zone": zone, "theme": ""}).status_code == 422


def test_a_password_changes_only_with_the_present_one(world: World, sign: Sign) -> None:
    answer = sign("wu").post("/account/password", {"password": "wrong", "new_password": "another good one"})
    assert answer.status_code == 422
    assert "present password is not right" in answer.get_data(as_text=True)


@pytest.mark.parametrize("new", ["short", "password1", "吴凡", "wu@dengta.example", "x" * 1001, "dengta"])
def test_weak_passwords_are_refused(world: World, sign: Sign, new: str) -> None:
    before = world.person("wu").password_hash
    assert sign("wu").post("/account/password", {"password": PASSWORD, "new_password": new}).status_code == 422
    assert world.person("wu").password_hash == before


def test_a_new_password_ends_all_other_sessions_and_renews_this_one(world: World, sign: Sign) -> None:
    here, elsewhere = sign("wu"), sign("wu")
    with here.client.session_transaction() as cookie:
        old = cookie["_user_id"]
    answer = here.post("/account/password", {"password": PASSWORD, "new_password": " 一个新的口令 12 "})
    assert answer.status_code == 303
    with here.client.session_transaction() as cookie:
        assert cookie["_user_id"] != old
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303


def test_wrong_present_passwords_are_throttled(world: World, sign: Sign) -> None:
    browser = sign("wu")
    statuses = [
        browser.post("/tokens", {"name": "x", "scope": "read", "password": "no"}).status_code for _ in range(11)
    ]
    assert statuses == [422] * 10 + [429]


@pytest.mark.parametrize("which", ["others", "1"])
def test_sessions_end_only_with_the_password(world: World, sign: Sign, which: str) -> None:
    browser, other = sign("wu"), sign("wu")
    assert browser.post("/account/sessions", {"session": which, "password": "no"}).status_code == 422
    assert other.get("/account").status_code == 200


def test_all_other_sessions_end(world: World, sign: Sign) -> None:
    browser, other, stranger = sign("wu"), sign("wu"), sign("sun")
    assert browser.post("/account/sessions", {"session": "others", "password": PASSWORD}).status_code == 303
    assert [each.get("/account").status_code for each in (browser, other, stranger)] == [200, 303, 200]


def test_someone_elses_session_and_token_are_missing(world: World, sign: Sign) -> None:
    sign("sun")
    theirs = session.query(Session).filter_by(user_id=world.ids["sun"]).one().id
    token = session.query(ApiToken).filter_by(user_id=world.ids["sun"]).one().id
    assert sign("wu").post("/account/sessions", {"session": theirs, "password": PASSWORD}).status_code == 404
    assert sign("wu").post(f"/tokens/{token}/revoke").status_code == 404
    assert queries.tokens_of(world.person("sun"))


def test_a_token_is_shown_once_and_works_until_revoked(world: World, sign: Sign, api: Call) -> None:
    browser = sign("wu")
    page = browser.post("/tokens", {"name": "报表", "scope": "read", "password": PASSWORD}).get_data(as_text=True)
    secret = page.split("<code>dt_")[1].split("<")[0]
    assert secret not in browser.get("/tokens").get_data(as_text=True)
    caller = api("wu")
    caller.token = "dt_" + secret
    assert caller("GET", "me").status_code == 200
    assert caller("PATCH", "me", {"locale": "zh"}, If_Match='"x"').status_code == 403
    made = session.query(ApiToken).filter_by(name="报表").one().id
    assert browser.post(f"/tokens/{made}/revoke").status_code == 303
    assert caller("GET", "me").status_code == 401


def test_an_admin_adds_changes_and_deactivates(world: World, sign: Sign) -> None:
    browser = sign("zhou")
    person = {"name": "宁远", "email": "ning@dengta.example", "role": "member", "locale": "zh", "time_zone": "UTC"}
    assert browser.post("/people/new", {**person, "password": "a good long one"}).status_code == 303
    ning = session.query(User).filter_by(email="ning@dengta.example").one()
    answer = browser.post(f"/people/{ning.id}", {**person, "position": "数据", "version": ning.version})
    assert (answer.status_code, session.get(User, ning.id).position) == (303, "数据")
    assert browser.post(f"/people/{ning.id}/active", {"active": "0"}).status_code == 303
    assert session.get(User, ning.id).active is False


def test_an_admins_own_role_and_the_last_admin_stay(world: World, sign: Sign) -> None:
    browser, zhou = sign("zhou"), world.person("zhou")
    values = {"name": zhou.name, "email": zhou.email, "role": "member", "locale": "en", "time_zone": "UTC"}
    assert browser.post(f"/people/{zhou.id}", values).status_code == 403
    assert browser.post(f"/people/{zhou.id}/active", {"active": "0"}).status_code == 409
    assert (world.person("zhou").role, world.person("zhou").active) == ("admin", True)


def test_a_password_an_admin_sets_ends_the_sessions(world: World, sign: Sign) -> None:
    browser = sign("wu")
    assert sign("zhou").post(f"/people/{world.ids['wu']}/password", {"password": "short"}).status_code == 422
    assert sign("zhou").post(f"/people/{world.ids['wu']}/password", {"password": "a good long one"}).status_code == 303
    assert browser.get("/account").status_code == 303


def test_an_edit_begun_from_an_older_version_is_refused(world: World, sign: Sign, api: Call) -> None:
    seen = queries.get_squad(world.squad_id).version
    api("lin").edit(f"squads/{world.squad_id}", {"name": "别名"})
    answer = sign("lin").post(f"/squads/{world.squad_id}", {"name": "mine", "model": "star", "version": seen})
    assert answer.status_code == 412
    assert session.get(Squad, world.squad_id).name == "别名"


def test_a_squad_is_made_with_rows_added_without_script(world: World, sign: Sign) -> None:
    browser = sign("lin")
    row = {"members-0-user_id": world.ids["he"], "members-0-role": "data_engineer", "members-0-capacity_days": "5"}
    page = browser.post("/squads/new", {"name": "新队", "model": "star", **row, "add_row": "1"})
    assert (page.status_code, "members-1-user_id" in page.get_data(as_text=True)) == (200, True)
    assert session.query(Squad).count() == 1
    assert browser.post("/squads/new", {"name": "新队", "model": "star", **row}).status_code == 303
    squad = queries.get_squad(session.query(Squad).filter_by(name="新队").one().id)
    assert [(each.user_id, each.capacity_days) for each in squad.members] == [(world.ids["he"], 5)]


def test_a_squad_is_archived_and_brought_back(world: World, sign: Sign) -> None:
    browser = sign("lin")
    assert browser.post(f"/squads/{world.squad_id}/archive").status_code == 303
    assert "质检小分队" in browser.get("/people?archived=1").get_data(as_text=True)
    assert browser.post(f"/squads/{world.squad_id}/restore").status_code == 303
    assert session.get(Squad, world.squad_id).archived_at is None


def test_settings_show_who_changed_them_and_can_be_put_back(world: World, sign: Sign) -> None:
    browser = sign("zhou")
    sent = {
        "name": "启航",
        "horizon_months": "36",
        "discount_rate_percent": "９",
        "tracked_months": "6",
        "capacity_weeks": "52",
        "locale": "zh",
    }
    assert browser.post("/settings", {**sent, "version": "1"}).status_code == 303
    page = browser.get("/settings").get_data(as_text=True)
    assert "<del>24</del> → 36" in page
    fact = page.split('name="fact" value="')[1].split('"')[0]
    assert browser.post("/settings/put-back", {"fact": fact}).status_code == 303
    settings = session.get(Organisation, 1)
    assert (settings.name, settings.horizon_months, str(settings.discount_rate_percent)) == ("启航精密", 24, "8.00")


def test_settings_out_of_bounds_stay_in_the_form(world: World, sign: Sign) -> None:
    answer = sign("zhou").post("/settings", {"discount_rate_percent": "101", "horizon_months": "13"})
    assert answer.status_code == 422
    assert 'value="101"' in answer.get_data(as_text=True)


def test_a_new_person_begins_as_a_member_in_the_organisations_language(sign: Sign, api: Call) -> None:
    assert api("zhou").edit("settings", {"locale": "en"}).status_code == 200
    page = sign("zhou").get("/people/new").get_data(as_text=True)
    assert {'<option selected value="member"', '<option selected value="en"'} <= set(
        re.findall("<option[^>]*(?=>)", page)
    )


@pytest.mark.parametrize(("said", "may"), [("", True), ("yes", True), ("no", False)])
def test_a_new_product_manager_may_verify_unless_it_is_taken_away(sign: Sign, said: str, may: bool) -> None:
    given = {"name": "韩梅", "email": "han@dengta.example", "role": "product_manager", "password": PASSWORD}
    more = {"may_verify": said, "locale": "zh", "time_zone": "Asia/Shanghai"}
    assert sign("zhou").post("/people/new", given | more).status_code == 303
    found = queries.find_user("han@dengta.example")
    assert found is not None
    assert found.may_verify is may
