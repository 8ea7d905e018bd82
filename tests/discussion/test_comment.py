"""Comments through the API and the page."""

import pytest

from backlog.discussion.models import Comment
from backlog.discussion.views import comments_of
from backlog.kernel.database import session
from tests.discussion.factory import comment_on_squad
from tests.world import Call, Sign, World


@pytest.mark.parametrize(
    ("kind", "number"), [("squad", 999_999), ("spaceship", 1), ("user", 1), ("settings", 1), ("comment", 1)]
)
def test_what_does_not_exist_or_takes_no_comments_is_an_unknown_id(api: Call, kind: str, number: int) -> None:
    answer = api("lin")("POST", "comments", {"subject_type": kind, "subject_id": number, "text": "hello"})
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["subject_id"]


@pytest.mark.parametrize("text", ["", "   ", "x" * 20_001])
def test_a_comment_has_a_text_of_bounded_length(world: World, api: Call, text: str) -> None:
    body = {"subject_type": "squad", "subject_id": world.squad_id, "text": text}
    assert api("sun")("POST", "comments", body).status_code == 422


def test_read_only_fields_are_refused_by_name(world: World, api: Call) -> None:
    body = {"subject_type": "squad", "subject_id": world.squad_id, "text": "x", "author_id": 1, "version": 3, "id": 9}
    assert set(api("sun")("POST", "comments", body).get_json()["errors"]) == {"author_id", "version", "id"}


def test_someone_elses_comment_is_seen_but_not_changed(world: World, api: Call) -> None:
    made = comment_on_squad(world, api("sun"))
    assert api("wu")("PATCH", f"comments/{made['id']}", {"text": "mine"}, If_Match='"x"').status_code == 403
    assert api("wu")("DELETE", f"comments/{made['id']}").status_code == 403
    assert api("wu").get(f"comments/{made['id']}")["text"] == "Looks *good*."


def test_an_edit_names_the_version_it_began_from(world: World, api: Call) -> None:
    made = comment_on_squad(world, api("sun"))
    path = f"comments/{made['id']}"
    assert api("sun")("PATCH", path, {"text": "b"}).status_code == 428
    first = api("sun")("GET", path).headers["ETag"]
    assert api("sun")("PATCH", path, {"text": "b"}, If_Match=first).status_code == 200
    stale = api("sun")("PATCH", path, {"text": "c"}, If_Match=first)
    assert (stale.status_code, stale.get_json()["current"]["text"]) == (412, "b")


def test_a_comment_taken_back_is_gone_until_restored(world: World, api: Call) -> None:
    made = comment_on_squad(world, api("sun"))
    assert api("sun")("DELETE", f"comments/{made['id']}").status_code == 204
    assert api("sun").get(f"comments/{made['id']}")["archived_at"] is not None
    assert api("lin").get("comments")["data"] == []
    assert api("sun").make(f"comments/{made['id']}/restore", None)["text"] == "Looks *good*."


def test_the_list_narrows_to_one_thing(world: World, api: Call) -> None:
    comment_on_squad(world, api("sun"), "one")
    comment_on_squad(world, api("wu"), "two")
    path = f"comments?subject_type=squad&subject_id={world.squad_id}"
    assert [each["text"] for each in api("he").get(path)["data"]] == ["one", "two"]
    assert [each["text"] for each in api("he").get(path + "&q=tw&sort=-id")["data"]] == ["two"]
    assert api("he").get("comments?subject_type=squad&subject_id=999999")["data"] == []


def test_the_page_form_adds_changes_and_takes_back(world: World, sign: Sign) -> None:
    browser = sign("sun")
    thing = {"subject_type": "squad", "subject_id": world.squad_id, "next": "/people"}
    answer = browser.post("/comments", {**thing, "text": "first"})
    comment = session.query(Comment).one()
    assert (answer.status_code, answer.location) == (303, f"/people#comment-{comment.id}")
    browser.post(f"/comments/{comment.id}", {"text": "second", "version": 1, "next": "/people"})
    session.expire_all()
    assert session.query(Comment).one().text == "second"
    assert browser.post(f"/comments/{comment.id}/archive", {"next": "/people"}).location == "/people#comments"
    assert comments_of(world.person("sun"), "squad", world.squad_id).comments == []


def test_a_refused_page_form_keeps_what_was_typed(world: World, sign: Sign) -> None:
    answer = sign("sun").post("/comments", {"subject_type": "squad", "subject_id": 404, "text": "typed words"})
    assert answer.status_code == 422
    assert "typed words" in answer.get_data(as_text=True)


def test_a_page_may_change_only_ones_own(world: World, api: Call, sign: Sign) -> None:
    made = comment_on_squad(world, api("sun"))
    assert sign("wu").post(f"/comments/{made['id']}", {"text": "mine"}).status_code == 403
    assert sign("wu").post(f"/comments/{made['id']}/archive").status_code == 403


def test_the_discussion_of_a_page_says_what_may_be_changed(world: World, api: Call) -> None:
    comment_on_squad(world, api("sun"))
    seen = {
        name: comments_of(world.person(name), "squad", world.squad_id).comments[0].may_edit
        for name in ("sun", "wu", "zhou")
    }
    assert seen == {"sun": True, "wu": False, "zhou": True}
