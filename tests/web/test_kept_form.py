"""When the session ends while somebody types, nothing of it is lost (EXPECTED 7)."""

import html
import re

import pytest

from backlog.discussion.models import Comment
from backlog.kernel.database import session
from backlog.people import actions
from backlog.people.models import Session
from tests.world import PASSWORD, Browser, Sign, World

TYPED = '  第一行\n\n<b>"second"</b> line  '


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


def texts(page: str) -> dict[str, str]:
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: html.unescape(value) for name, value in found}


def ended(world: World, sign: Sign) -> tuple[Browser, str]:
    browser = sign("wu")
    token = browser.token()
    row = session.query(Session).filter_by(user_id=world.ids["wu"]).one()
    actions.end_session(world.person("wu"), row.id)
    session.commit()
    return browser, token


def test_typed_text_survives_signing_in_again(world: World, sign: Sign) -> None:
    browser, token = ended(world, sign)
    sent = {
        "csrf_token": token,
        "subject_type": "squad",
        "subject_id": world.squad_id,
        "text": TYPED,
        "next": "/people",
    }
    door = browser.client.post("/comments", data=sent)
    assert door.status_code == 401
    carried = hidden(door.get_data(as_text=True))
    wrong = browser.client.post("/sign-in", data={**carried, "email": world.email("wu"), "password": "no"})
    carried = hidden(wrong.get_data(as_text=True))
    again = browser.client.post("/sign-in", data={**carried, "email": world.email("wu"), "password": PASSWORD})
    page = again.get_data(as_text=True)
    assert (again.status_code, session.query(Comment).count()) == (200, 0)
    assert 'action="/comments"' in page
    assert browser.client.post("/comments", data={**hidden(page), **texts(page)}).status_code == 303
    assert session.query(Comment).one().text == TYPED.strip()


def test_a_form_whose_cookie_is_gone_is_kept_too(world: World) -> None:
    answer = world.app.test_client().post("/comments", data={"text": "typed words"})
    assert answer.status_code == 401
    assert hidden(answer.get_data(as_text=True))["kept.text"] == "typed words"


def test_what_was_typed_is_shown_under_its_labels(world: World) -> None:
    browser = Browser(world.app.test_client())
    sent = {
        "kept_path": "/use-cases/new",
        "kept.title": "夜班换线慢",
        "kept.pain": "停两小时",
        "kept.sourcing": "undecided",
    }
    page = browser.post("/sign-in", {"email": world.email("wu"), "password": PASSWORD, **sent}).text
    shown = page.split("<dl")[1].split("</dl>")[0]
    assert "<dt>Title</dt><dd>夜班换线慢</dd>" in shown
    assert "<dt>What hurts today</dt><dd>停两小时</dd>" in shown
    assert "undecided" not in shown


def test_passwords_are_never_kept(world: World) -> None:
    sent = {"password": "my secret", "new_password": "my secret", "members-0-password": "my secret"}
    assert "my secret" not in world.app.test_client().post("/account/password", data=sent).get_data(as_text=True)


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example/x", "javascript:x", "/\\evil"])
def test_a_kept_form_goes_nowhere_else(world: World, path: str) -> None:
    browser = Browser(world.app.test_client())
    answer = browser.post(
        "/sign-in", {"email": world.email("wu"), "password": PASSWORD, "kept_path": path, "kept.text": "x"}
    )
    assert (answer.status_code, answer.location) == (303, "/")


def test_a_form_from_another_site_is_not_kept(world: World) -> None:
    answer = world.app.test_client().post("/comments", data={"text": "x"}, headers={"Origin": "https://evil.example"})
    assert "kept.text" not in answer.get_data(as_text=True)
