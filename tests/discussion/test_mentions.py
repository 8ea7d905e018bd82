"""Who is called in a comment is told, where they may see it; by id, so that a new name changes nothing (EXPECTED 46)."""

import re
from typing import Any

import pytest

from backlog.discussion.models import Mention
from backlog.discussion.views import comments_of
from backlog.kernel.database import session
from tests.attacks import secret
from tests.house import samples
from tests.statements import statements
from tests.world import Call, Caller, Sign, World


@pytest.fixture
def item(world: World, api: Call) -> World:
    """AIQC-1 and UC-1, open to all."""
    samples.fill(world, api)
    return world


def say(caller: Caller, text: str, kind: str = "item", number: int = 1) -> Any:
    return caller.make("comments", {"subject_type": kind, "subject_id": number, "text": text})


def waiting(caller: Caller) -> list[str]:
    return [each["text"] for each in caller.get("mentions?seen=false")["data"]]


def test_who_is_called_finds_it_and_why_until_it_is_seen(item: World, api: Call, sign: Sign) -> None:
    made = say(api("wu"), "@赵航 请看 #AIQC-1")
    assert made["mentions"] == [{"user_id": item.ids["zhao"], "called": "赵航", "told": True}]
    zhao = api("zhao")
    found = zhao.get("mentions")["data"][0]
    assert (found["comment_id"], found["author_id"], found["seen_at"]) == (made["id"], item.ids["wu"], None)
    page = sign("zhao").get("/").get_data(as_text=True)
    assert "吴凡 mentioned you" in page
    assert f"/items/AIQC-1#comment-{made['id']}" in page
    assert zhao("PUT", f"mentions/{found['id']}/seen").get_json()["seen_at"] is not None
    assert waiting(zhao) == []
    assert "mentioned you" not in sign("zhao").get("/").get_data(as_text=True)


def test_an_answer_has_seen_it(item: World, api: Call) -> None:
    say(api("wu"), "@赵航 ?")
    say(api("zhao"), "好", kind="use_case")
    assert waiting(api("zhao")) == ["@赵航 ?"]
    say(api("zhao"), "好")
    assert waiting(api("zhao")) == []


def test_the_page_sees_one_and_all(item: World, api: Call, sign: Sign) -> None:
    for text in ("@赵航 1", "@赵航 2", "@赵航 3"):
        say(api("wu"), text)
    newest = api("zhao").get("mentions?sort=-id")["data"][0]["id"]
    assert sign("wu").post(f"/mentions/{newest}/seen").status_code == 404
    assert sign("zhao").post(f"/mentions/{newest}/seen", {"next": "/"}).location == "/"
    assert waiting(api("zhao")) == ["@赵航 1", "@赵航 2"]
    shown = newest - 1
    assert sign("zhao").post("/mentions/seen", {"up_to": shown, "next": "/"}).status_code == 303
    assert waiting(api("zhao")) == []


def test_what_came_after_the_page_was_drawn_still_waits(item: World, api: Call, sign: Sign) -> None:
    for text in ("@赵航 1", "@赵航 2"):
        say(api("wu"), text)
    browser = sign("zhao")
    page = browser.get("/").get_data(as_text=True)
    shown = re.findall(r'name="up_to" value="(\d+)"', page.split('action="/mentions/seen"')[1].split("</form>")[0])
    say(api("wu"), "@赵航 3")
    browser.post("/mentions/seen", {"up_to": shown[0], "next": "/"})
    assert waiting(api("zhao")) == ["@赵航 3"]


def test_all_is_all_however_much_waits(item: World, api: Call, sign: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backlog.discussion.queries.mentions.MOST_WAITING", 2)
    for number in range(4):
        say(api("wu"), f"@赵航 {number}")
    newest = api("zhao").get("mentions?sort=-id")["data"][0]["id"]
    sign("zhao").post("/mentions/seen", {"up_to": newest, "next": "/"})
    assert waiting(api("zhao")) == []


def test_ones_own_act_notifies_nobody(item: World, api: Call) -> None:
    say(api("wu"), "@吴凡 别忘了")
    assert api("wu").get("mentions")["data"] == []


def test_a_comment_taken_back_calls_nobody_until_it_is_restored(item: World, api: Call) -> None:
    made = say(api("wu"), "@赵航")["id"]
    assert api("wu")("DELETE", f"comments/{made}").status_code == 204
    assert waiting(api("zhao")) == []
    api("wu").make(f"comments/{made}/restore", None)
    assert waiting(api("zhao")) == ["@赵航"]


def test_who_is_called_anew_is_told_and_who_no_longer_is_forgets_it(item: World, api: Call) -> None:
    made = say(api("wu"), "@赵航")["id"]
    api("zhao")("PUT", f"mentions/{api('zhao').get('mentions')['data'][0]['id']}/seen")
    edited = api("wu").edit(f"comments/{made}", {"text": "@赵航 @孙萌"}).get_json()
    assert [each["called"] for each in edited["mentions"]] == ["赵航", "孙萌"]
    assert (waiting(api("zhao")), waiting(api("sun"))) == ([], ["@赵航 @孙萌"])
    api("wu").edit(f"comments/{made}", {"text": "好"})
    assert api("sun").get("mentions")["data"] == []


def test_a_new_name_is_drawn_and_stays_called(item: World, api: Call, sign: Sign) -> None:
    made = say(api("wu"), "@赵航 看")["id"]
    api("zhou").edit(f"users/{item.ids['zhao']}", {"name": "赵远航"})
    page = sign("wu").get("/items/AIQC-1").get_data(as_text=True)
    assert '<b class="called">@<bdi>赵远航</bdi></b> 看' in page
    api("wu").edit(f"comments/{made}", {"text": "@赵航 看一下"})
    assert waiting(api("zhao")) == ["@赵航 看一下"]


def test_namesakes_are_told_apart(item: World, api: Call) -> None:
    new = {"name": "赵航", "role": "member", "email": "zhao2@dengta.example", "password": "long enough 2026"}
    second = api("zhou").make("users", new)["id"]
    offered = api("wu").get("mentionable-people?subject_type=item&subject_id=1&q=赵航")["data"]
    handles = {each["user_id"]: each["handle"] for each in offered}
    assert handles == {item.ids["zhao"]: f"赵航({item.ids['zhao']})", second: f"赵航({second})"}
    assert say(api("wu"), "@赵航 ?")["mentions"] == []
    assert [each["user_id"] for each in say(api("wu"), f"@{handles[second]} ?")["mentions"]] == [second]


@pytest.mark.parametrize("text", ["`@赵航`", "```\n@赵航\n```", "wu@赵航", "@赵", "＠ 赵航", "@周", ""])
def test_what_calls_nobody(item: World, api: Call, text: str) -> None:
    assert say(api("wu"), f"{text} x")["mentions"] == []


@pytest.mark.parametrize("text", ["＠赵航", "(@赵航)", "请@赵航看", "**@赵航**", "@赵航，@赵航"])
def test_what_calls_somebody(item: World, api: Call, text: str) -> None:
    assert [each["called"] for each in say(api("wu"), text)["mentions"]] == ["赵航"]


def test_57_who_cannot_see_it_is_not_told_and_the_writer_learns_it(world: World, api: Call, sign: Sign) -> None:
    secret.public_things(world, api)
    number = secret.build(world, api).ids["item_id"][0]
    made = say(api("wu"), f"@赵航 @陈舟 {secret.WORD}", number=number)
    assert {each["called"]: each["told"] for each in made["mentions"]} == {"赵航": False, "陈舟": True}
    assert api("zhao").get("mentions")["data"] == []
    assert "mentioned you" not in sign("zhao").get("/").get_data(as_text=True)
    assert len(waiting(api("chen"))) == 1
    browser = sign("wu")
    about = {"subject_type": "item", "subject_id": number, "next": f"/items/{secret.KEY}-1", "text": "@赵航 再看"}
    browser.post("/comments", about)
    page = browser.get(f"/items/{secret.KEY}-1").get_data(as_text=True)
    assert "赵航 can&#39;t see this and is not told." in page
    assert "<bdi>赵航</bdi> <small>can&#39;t see this</small>" in page


def test_57_who_lost_sight_of_it_finds_nothing_of_it(world: World, api: Call, sign: Sign) -> None:
    secret.public_things(world, api)
    number = secret.build(world, api).ids["item_id"][0]
    say(api("wu"), f"@陈舟 {secret.WORD}", number=number)
    mention = api("chen").get("mentions")["data"][0]["id"]
    api("lin").edit(
        f"squads/{world.squad_id}",
        {"members": [{"user_id": world.ids["wu"], "role": "ml_engineer", "capacity_days": 8}]},
    )
    assert api("chen").get("mentions")["data"] == []
    assert api("chen")("GET", f"mentions/{mention}").status_code == 404
    assert secret.WORD not in sign("chen").get("/").get_data(as_text=True)


def test_the_chooser_offers_those_who_can_see_the_thing(world: World, api: Call, sign: Sign) -> None:
    secret.public_things(world, api)
    number = secret.build(world, api).ids["item_id"][0]
    path = f"mentionable-people?subject_type=item&subject_id={number}"
    assert {each["name"] for each in api("wu").get(path)["data"]} == {"周敏", "林悦", "陈舟", "钱程"}
    assert api("zhao").get(path)["data"] == []
    shown = sign("wu").get(f"/mentions/people?subject_type=item&subject_id={number}&q=陈").get_data(as_text=True)
    assert ('data-handle="陈舟"' in shown, "赵航" in shown) == (True, False)


def test_who_may_be_called_is_asked_once_for_all(item: World, sign: Sign) -> None:
    browser = sign("lin")

    def asked(words: str) -> int:
        with statements() as said:
            browser.get(f"/mentions/people?subject_type=item&subject_id=1&q={words}")
        return len(said)

    assert asked("") == asked("赵航")


def test_too_many_are_not_called(item: World, api: Call) -> None:
    names = [f"众{number:02}号" for number in range(31)]
    for number, name in enumerate(names):
        new = {
            "name": name,
            "role": "stakeholder",
            "email": f"m{number}@dengta.example",
            "password": "long enough 2026",
        }
        api("zhou").make("users", new)
    body = {"subject_type": "item", "subject_id": 1, "text": " ".join(f"@{each}" for each in names)}
    assert list(api("wu")("POST", "comments", body).get_json()["errors"]) == ["text"]
    assert session.query(Mention).count() == 0


def test_a_preview_is_what_will_be_drawn_and_keeps_nothing(item: World, sign: Sign) -> None:
    about = {"subject_type": "item", "subject_id": 1, "next": "/items/AIQC-1", "text": "**好** @赵航 #AIQC-1 <b>"}
    browser = sign("wu")
    part = browser.post("/comments/preview", about, headers={"HX-Request": "true"}).get_data(as_text=True)
    drawn = '<p><strong>好</strong> <b class="called">@<bdi>赵航</bdi></b> <a href="/items/AIQC-1">#AIQC-1</a> &lt;b&gt;</p>'
    assert drawn in part
    page = browser.post("/comments/preview", about)
    assert (page.status_code, drawn in page.get_data(as_text=True)) == (200, True)
    assert "**好** @赵航 #AIQC-1 &lt;b&gt;</textarea>" in page.get_data(as_text=True)
    assert comments_of(item.person("wu"), "item", 1).comments == []
    browser.post("/comments", about)
    assert drawn in browser.get("/items/AIQC-1").get_data(as_text=True)


def test_a_preview_of_what_one_may_not_see_tells_nothing(world: World, api: Call, sign: Sign) -> None:
    secret.public_things(world, api)
    number = secret.build(world, api).ids["item_id"][0]
    about = {"subject_type": "item", "subject_id": number, "text": "@陈舟 @赵航"}
    part = sign("zhao").post("/comments/preview", about, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert '<div class="markdown"><p>@陈舟 @赵航</p>' in part


def test_a_pasted_picture_is_shown_in_the_comment(item: World, api: Call, sign: Sign) -> None:
    say(api("wu"), "![图](/attachments/7)")
    assert '<img src="/attachments/7/picture" alt="图" loading="lazy">' in sign("sun").get("/items/AIQC-1").get_data(
        as_text=True
    )
