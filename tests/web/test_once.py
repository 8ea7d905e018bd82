"""Pressing twice, a slow line, Back and sending again make one thing, not two; without any script (EXPECTED 5)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from backlog.board.models import Item
from backlog.discussion.models import Comment
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.faults import CommitUnsure
from backlog.people import actions
from backlog.people.models import ApiToken, Session
from backlog.usecases.models import UseCase
from backlog.web import application
from backlog.web.models import KeptAnswer
from tests.attacks import forms
from tests.attacks.forms import Form
from tests.lighthouse.factory import started
from tests.world import PASSWORD, Browser, Call, Sign, World

IN_PLACE = {"X-Parts": "true", "HX-Request": "true", "Referer": "http://localhost/projects/AIQC/board"}


def shown(browser: Browser, page: str, action: str, **fields: str) -> dict[str, str]:
    """What the form of that action on a page would send, with these fields typed."""
    found = forms.read(page, browser.get(page).get_data(as_text=True))
    return {**dict(next(each for each in found if each.action == action).pairs), **fields}


def proposal(browser: Browser, title: str = "夜班质检") -> dict[str, str]:
    return shown(browser, "/use-cases/new", "/use-cases/new", title=title)


def send(browser: Browser, sent: dict[str, str], path: str = "/use-cases/new", **more: Any) -> Any:
    return browser.client.post(path, data=sent, **more)


def titles() -> list[str]:
    return sorted(session.scalars(session.query(UseCase.title).statement))


def test_a_form_sent_twice_makes_one_thing_and_leads_to_it(world: World, sign: Sign) -> None:
    browser = sign("wu")
    sent = proposal(browser)
    first, second = send(browser, sent), send(browser, sent)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert titles() == ["夜班质检"]
    assert "sent twice and done once" in browser.get(second.location).get_data(as_text=True)


def test_ten_at_once_make_one_thing(world: World, sign: Sign) -> None:
    browser = sign("wu")
    sent, cookie = proposal(browser), browser.client.get_cookie("dengta").value
    session.rollback()

    def press() -> Any:
        client = world.app.test_client(use_cookies=False)
        return client.post("/use-cases/new", data=sent, headers={"Cookie": f"dengta={cookie}"})

    with ThreadPoolExecutor(10) as pool:
        answers = [each.result() for each in [pool.submit(press) for _ in range(10)]]
    session.expire_all()
    assert {each.status_code for each in answers} <= {303, 503}
    assert len({each.location for each in answers if each.status_code == 303}) == 1
    assert titles() == ["夜班质检"]


def test_what_is_made_with_a_password_is_made_once_by_two_at_once(world: World, sign: Sign) -> None:
    """There the lock is given back while the password is looked at: the database alone lets one through."""
    browser = sign("wu")
    sent = shown(browser, "/tokens", "/tokens", name="报表", password=PASSWORD)
    cookie = browser.client.get_cookie("dengta").value
    session.rollback()

    def press() -> Any:
        client = world.app.test_client(use_cookies=False)
        headers = {"Cookie": f"dengta={cookie}", "Referer": "http://localhost/tokens"}
        return client.post("/tokens", data=sent, headers=headers)

    with ThreadPoolExecutor(4) as pool:
        answers = [each.result() for each in [pool.submit(press) for _ in range(4)]]
    session.expire_all()
    assert sorted(each.status_code for each in answers) == [200, 303, 303, 303]
    assert {each.location for each in answers} == {None, "/tokens"}
    assert session.query(ApiToken).filter_by(name="报表").count() == 1


def test_a_refused_form_may_be_sent_again(world: World, sign: Sign) -> None:
    browser = sign("wu")
    sent = proposal(browser, "")
    assert [send(browser, sent).status_code for _ in range(2)] == [422, 422]
    assert send(browser, {**sent, "title": "夜班质检"}).status_code == 303


def test_a_form_whose_fields_were_changed_is_another(world: World, sign: Sign) -> None:
    browser = sign("wu")
    sent = proposal(browser, "甲")
    assert send(browser, sent).location != send(browser, {**sent, "title": "乙"}).location
    assert titles() == ["乙", "甲"]


def test_the_same_words_typed_into_a_fresh_form_are_a_second_thing(world: World, sign: Sign) -> None:
    browser = sign("wu")
    for _ in range(2):
        assert send(browser, proposal(browser)).status_code == 303
    assert titles() == ["夜班质检"] * 2


def test_the_mark_of_somebody_else_is_another_mark(world: World, sign: Sign) -> None:
    wu, sun = sign("wu"), sign("sun")
    mark = proposal(wu)["once"]
    locations = {send(each, {**proposal(each), "once": mark}).location for each in (wu, sun)}
    assert len(locations) == 2


@pytest.mark.parametrize("mark", ["", " ", "x" * 50_000, "'; --", "标记", "\ud800", "\x00"])
def test_any_mark_will_do(world: World, sign: Sign, mark: str) -> None:
    browser = sign("wu")
    sent = {**proposal(browser), "once": mark.encode("utf-8", "surrogatepass")}
    answers = [send(browser, sent) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert (answers[0].location == answers[1].location) == (mark != "")


def test_no_page_shows_a_mark_twice_and_every_form_has_one(world: World, sign: Sign) -> None:
    browser = sign("lin")
    pages = [forms.read("/squads/new", browser.get("/squads/new").get_data(as_text=True)) for _ in range(2)]
    marks = [{dict(form.pairs).get("once") for form in page} for page in pages]
    assert [len(each) for each in marks] == [1, 1]
    assert None not in marks[0] | marks[1]
    assert marks[0] != marks[1]


def test_a_mark_is_forgotten_after_a_day(world: World, sign: Sign) -> None:
    browser = sign("wu")
    sent = proposal(browser)
    now = clock.now()
    assert send(browser, sent).status_code == 303
    with clock.at(now + timedelta(hours=25)):
        assert send(browser, sent).status_code == 303
    assert (len(titles()), session.query(KeptAnswer).count()) == (2, 1)


def add_in_place(browser: Browser, sent: dict[str, str]) -> Any:
    return send(browser, sent, "/projects/AIQC/board/items", headers=IN_PLACE)


def test_a_field_that_stays_for_the_next_card_gets_its_next_mark(world: World, sign: Sign, api: Call) -> None:
    started(world)
    browser = sign("lin")
    sent = shown(browser, "/projects/AIQC/board", "/projects/AIQC/board/items", title="清洗")
    first = add_in_place(browser, sent)
    assert (first.status_code, len(first.headers["X-Once"])) == (200, 32)
    again = add_in_place(browser, sent)
    assert (again.status_code, again.location) == (303, "/projects/AIQC/board")
    assert session.query(Item).filter_by(title="清洗").count() == 1
    assert add_in_place(browser, {**sent, "once": first.headers["X-Once"]}).status_code == 200
    assert session.query(Item).filter_by(title="清洗").count() == 2


def kept(page: str) -> dict[str, str]:
    """The form that a page offers to send again, as its person would find it."""
    found: Form = next(each for each in forms.read("/", page) if any(one.name == "title" for one in each.fields))
    return dict(found.pairs)


def test_a_form_kept_past_the_end_of_a_session_is_still_one(world: World, sign: Sign) -> None:
    """It got through, its answer did not, and the session ended before it was sent again."""
    browser = sign("wu")
    sent = proposal(browser)
    first = send(browser, sent)
    for row in session.query(Session).filter_by(user_id=world.ids["wu"], ended_at=None):
        actions.end_session(world.person("wu"), row.id)
    door = send(browser, sent)
    assert door.status_code == 401
    carried = dict(next(each.pairs for each in forms.read("/", door.get_data(as_text=True)) if each.named("email")))
    back = browser.client.post("/sign-in", data={**carried, "email": world.email("wu"), "password": PASSWORD})
    assert send(browser, kept(back.get_data(as_text=True))).location == first.location
    assert titles() == ["夜班质检"]


def test_what_may_have_been_saved_is_offered_again_and_made_once(
    world: World, sign: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = sign("wu")
    sent, save = proposal(browser), application.commit

    def lose_the_answer() -> None:
        save()
        raise CommitUnsure

    with monkeypatch.context() as patch:
        patch.setattr(application, "commit", lose_the_answer)
        told = send(browser, sent)
    page = told.get_data(as_text=True)
    assert (told.status_code, "Saved or not?" in page) == (503, True)
    assert send(browser, kept(page)).status_code == 303
    assert titles() == ["夜班质检"]


def test_a_comment_with_many_lines_is_the_same_whatever_ends_them(world: World, sign: Sign) -> None:
    browser = sign("wu")
    page = "/people"
    sent = {"subject_type": "squad", "subject_id": str(world.squad_id), "next": page, "csrf_token": browser.token()}
    for text in ("一\r\n二", "一\n二", "一\r二"):
        assert send(browser, {**sent, "once": "m", "text": text}, "/comments").status_code == 303
    assert session.query(Comment).count() == 1
