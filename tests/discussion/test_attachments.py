"""SECURITY-CASES 49-53, and what attachments are for: by page and API, seen by those who see the thing, gone when undone."""

import io
import os
import re
from pathlib import Path
from typing import Any

import pytest

from backlog.discussion import actions
from backlog.discussion.models import Attachment
from backlog.journal.models import Fact
from backlog.kernel import shelf
from backlog.kernel.database import session
from tests.attacks import secret
from tests.discussion import files
from tests.discussion.files import attach, send
from tests.house import samples
from tests.world import Call, Sign, World


@pytest.fixture
def item(world: World, api: Call) -> World:
    """AIQC-1 and UC-1, open to all."""
    samples.fill(world, api)
    return world


def stored(world: World) -> list[Path]:
    """Every file on the shelf."""
    return [each for each in world.app.settings.uploads.rglob("*") if each.is_file()]


@pytest.fixture(autouse=True)
def _empty_shelf(world: World) -> None:
    for each in stored(world):
        each.unlink()


DANGEROUS = [
    (files.SVG, "x.svg"), (files.SVG, "x.png"), (files.HTML, "x.html"), (files.HTML, "x.html.png"), (files.HTML, "noext"),
    (b"<?xml version='1.0'?><!DOCTYPE x>", "x.xml"), (files.PDF, "x.pdf"), (files.PDF + files.HTML, "x.jpg"),
    (b"\x00\x01binary", "x.png"), (b"\xff\xd8\xff\xe0not a jpeg", "x.jpg"), (b"\x89PNG\r\n\x1a\nno header", "x.png"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "name"), DANGEROUS)
def test_49_what_could_run_is_handed_over_with_a_fixed_type_and_never_shown(
    item: World, api: Call, sign: Sign, content: bytes, name: str
) -> None:
    made = send(api("wu"), content, name).get_json()
    answer = sign("sun").get(f"/attachments/{made['id']}")
    assert answer.get_data() == content
    assert answer.content_type in {"text/plain; charset=utf-8", "application/pdf", "application/octet-stream"}
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert sign("sun").get(f"/attachments/{made['id']}/picture").status_code == 404
    assert "/picture" not in sign("sun").get("/items/AIQC-1").get_data(as_text=True)


@pytest.mark.parametrize("draw", [files.png, files.gif, files.jpeg, files.webp])
def test_49_a_picture_that_is_one_is_shown_whatever_it_is_called(item: World, api: Call, sign: Sign, draw: Any) -> None:
    made = send(api("wu"), draw(30, 20), "x.html").get_json()
    assert (made["media_type"], made["width"], made["height"]) == (f"image/{draw.__name__}", 30, 20)
    answer = sign("sun").get(f"/attachments/{made['id']}/picture")
    assert (answer.status_code, answer.content_type) == (200, made["media_type"])
    assert f'src="/attachments/{made["id"]}/picture"' in sign("sun").get("/items/AIQC-1").get_data(as_text=True)


NAMES = [
    ("../../etc/passwd", "passwd"), ("/etc/报告.pdf", "报告.pdf"), ("C:\\x\\a.txt", "a.txt"), ("a\x00b.txt", "ab.txt"),
    ("a\nb: c.txt", "ab c.txt"), ("-rf.txt", "rf.txt"), ("\u202egpj.exe", "gpj.exe"), ("..", "file"), ("", "file"),
    (".htaccess", "htaccess"), ('a"; filename="b.exe', "a; filename=b.exe"), ("שלום.pdf", "שלום.pdf"), ("CON:", "CON"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "shown"), NAMES)
def test_50_a_name_is_shown_without_its_tricks_and_names_no_place(item: World, given: str, shown: str) -> None:
    about = {"subject_type": "item", "subject_id": 1}
    made = actions.add_attachment(item.person("wu"), **about, file=io.BytesIO(b"x"), name=given)
    assert made.name == shown
    assert re.fullmatch(r"[0-9a-f]{32}", made.file)
    assert stored(item) == [item.app.settings.uploads / made.file[:2] / made.file]


def test_50_a_name_of_10000_characters_is_cut_in_the_middle(item: World, api: Call, sign: Sign) -> None:
    made = send(api("wu"), b"x", "报" * 10_000 + ".pdf").get_json()
    assert made["name"].endswith("报.pdf")
    assert len(made["name"].encode()) <= 240
    header = sign("wu").get(f"/attachments/{made['id']}").headers["Content-Disposition"]
    assert header.isascii()
    assert header.endswith("%E6%8A%A5.pdf")


def test_51_who_may_not_see_the_thing_finds_nothing(world: World, api: Call, sign: Sign) -> None:
    secret.public_things(world, api)
    hidden = secret.build(world, api)
    number = hidden.ids["item_id"][0]
    made = send(api("wu"), files.png(), number=number).get_json()["id"]
    for outsider in secret.OUTSIDERS:
        pages = [f"/attachments/{made}", f"/attachments/{made}/picture"]
        assert {sign(outsider).get(each).status_code for each in pages} == {404}
        assert {sign(outsider).post(f"/attachments/{made}/{act}").status_code for act in ("archive", "restore")} == {
            404
        }
        program = api(outsider)
        assert {program("GET", f"attachments/{made}{rest}").status_code for rest in ("", "/content")} == {404}
        assert program("DELETE", f"attachments/{made}").status_code == 404
        assert program.get(f"attachments?subject_type=item&subject_id={number}")["data"] == []
        assert send(program, b"x", number=number).status_code == 422
    assert api("wu")("GET", f"attachments/{made}/content").status_code == 200


def test_51_nobody_gets_one_without_signing_in(item: World, api: Call) -> None:
    made = send(api("wu"), files.png()).get_json()["id"]
    stranger = item.app.test_client()
    assert {stranger.get(f"/attachments/{made}{rest}").status_code for rest in ("", "/picture")} == {303}
    assert stranger.get(f"/api/v1/attachments/{made}/content").status_code == 401


def test_51_what_lies_by_an_archived_thing_is_shut_until_it_is_restored(item: World, api: Call, sign: Sign) -> None:
    made = send(api("wu"), files.png(), "跑.png").get_json()["id"]
    assert api("lin")("DELETE", "items/1").status_code == 204
    shut = [f"/attachments/{made}", f"/attachments/{made}/picture"]
    assert {sign("wu").get(each).status_code for each in shut} == {404}
    assert api("wu")("GET", f"attachments/{made}/content").status_code == 404
    assert send(api("wu"), b"x").get_json()["code"] == "attachment.subject_archived"
    page = sign("wu").get("/items/AIQC-1").get_data(as_text=True)
    assert ("跑.png" in page, f"/attachments/{made}" in page) == (True, False)
    assert api("lin")("POST", "items/1/restore").status_code == 200
    assert {sign("wu").get(each).status_code for each in shut} == {200}


def test_51_only_its_author_or_a_leader_takes_one_away(item: World, api: Call, sign: Sign) -> None:
    made = send(api("sun"), b"x").get_json()["id"]
    assert api("he")("DELETE", f"attachments/{made}").status_code == 403
    assert sign("he").post(f"/attachments/{made}/archive").status_code == 403
    assert api("sun")("DELETE", f"attachments/{made}").status_code == 204
    assert sign("sun").get(f"/attachments/{made}").status_code == 404
    assert api("lin").make(f"attachments/{made}/restore", None)["archived_at"] is None
    assert sign("he").get(f"/attachments/{made}").status_code == 200


def test_51_a_merged_use_case_gives_its_attachments_to_the_survivor(item: World, api: Call, sign: Sign) -> None:
    lin = api("lin")
    double = lin.make("use-cases", {"title": "重复"})["id"]
    made = send(lin, files.png(), kind="use_case", number=double).get_json()["id"]
    lin.make(f"use-cases/{double}/merge", {"into_id": 1, "reason": "重复"})
    assert lin.get(f"attachments/{made}")["subject_id"] == 1
    assert f"/attachments/{made}" in sign("sun").get("/use-cases/UC-1").get_data(as_text=True)


def test_52_what_is_too_large_is_refused_and_leaves_nothing(item: World, api: Call, sign: Sign) -> None:
    most = item.app.settings.attachment_kib * 1024
    assert send(api("wu"), b"x" * (most + 1)).get_json()["errors"]["file"]
    assert send(api("wu"), b"x" * (most + 100_000)).status_code == 413
    assert attach(sign("wu"), (b"x" * (most + 100_000), "x")).status_code == 413
    assert (stored(item), session.query(Attachment).count()) == ([], 0)


def test_52_another_form_takes_no_more_than_before(item: World, sign: Sign) -> None:
    assert sign("wu").post("/comments", {"text": "x" * 3_000_000}).status_code == 413


def test_52_10000_parts_or_a_part_without_end_are_refused(item: World, api: Call, sign: Sign) -> None:
    part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nx\r\n'
    headers = {"Authorization": f"Bearer {item.tokens['wu']}"}
    for body in (part * 10_000 + b"--b--\r\n", part.removesuffix(b"\r\n") * 1, b"--b", b""):
        sent = {"data": body, "content_type": "multipart/form-data; boundary=b"}
        assert item.app.test_client().post("/api/v1/attachments", headers=headers, **sent).status_code in {400, 413}
        assert sign("wu").client.post("/attachments", **sent).status_code in {400, 413}
    assert (stored(item), session.query(Attachment).count()) == ([], 0)


def test_52_a_refused_form_keeps_none_of_its_files(item: World, sign: Sign) -> None:
    answer = attach(sign("wu"), (b"one", "1.txt"), (b"", "2.txt"))
    assert (answer.status_code, "The file is empty." in answer.get_data(as_text=True)) == (422, True)
    assert (stored(item), session.query(Attachment).count()) == ([], 0)


def test_52_a_full_disk_keeps_nothing_and_says_so(item: World, api: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = send(api("wu"), b"x" * 200_000)
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    monkeypatch.undo()
    assert (stored(item), session.query(Attachment).count()) == ([], 0)
    assert send(api("wu"), b"x").status_code == 201


def test_52_a_commit_that_fails_takes_the_file_along(item: World) -> None:
    about = {"subject_type": "item", "subject_id": 1}
    actions.add_attachment(item.person("wu"), **about, file=io.BytesIO(b"x"), name="x")
    assert len(stored(item)) == 1
    session.rollback()
    assert stored(item) == []


def test_52_what_a_killed_process_left_is_swept_and_what_is_on_its_way_is_not(item: World, api: Call) -> None:
    made = send(api("wu"), b"kept").get_json()
    old, fresh = (shelf.shelf().place_of(f"{letter}{'0' * 31}") for letter in "ab")
    for path in (old, old.with_suffix(".part"), fresh):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"left")
    for path in (old, old.with_suffix(".part")):
        os.utime(path, (1, 1))
    assert set(actions.forget_unknown_files()) == {old, old.with_suffix(".part")}
    assert {each.name for each in stored(item)} == {fresh.name, session.get_one(Attachment, made["id"]).file}


def test_53_a_picture_of_50000_by_50000_points_is_only_handed_over(item: World, api: Call, sign: Sign) -> None:
    made = send(api("wu"), files.png(50_000, 50_000)).get_json()
    assert (made["width"], made["height"]) == (50_000, 50_000)
    assert sign("wu").get(f"/attachments/{made['id']}/picture").status_code == 404
    assert sign("wu").get(f"/attachments/{made['id']}").status_code == 200


def test_the_page_takes_several_and_says_so(item: World, sign: Sign) -> None:
    browser = sign("sun")
    answer = attach(browser, (files.png(), "一.png"), (b"hello", "二.txt"))
    assert (answer.status_code, answer.location) == (303, "/items/AIQC-1#attachments")
    page = browser.get("/items/AIQC-1").get_data(as_text=True)
    assert all(each in page for each in ("一.png", "二.txt", "2 files were attached."))
    codes = [each.code for each in session.query(Fact).filter(Fact.code.like("attachment.%"))]
    assert codes == ["attachment.added"] * 2


def test_an_open_page_gets_what_it_sent_as_a_part(item: World, sign: Sign) -> None:
    made = attach(sign("sun"), (files.png(), "a[b].png"), part="yes").get_data(as_text=True)
    assert re.search(r'data-markdown="!\[a\(b\)\.png\]\(/attachments/\d+\)"', made)
    refused = attach(sign("sun"), (b"", "x"), part="yes")
    assert (refused.status_code, "The file is empty." in refused.get_data(as_text=True)) == (422, True)


def test_the_same_key_with_the_same_file_attaches_once_and_with_another_is_refused(item: World, api: Call) -> None:
    first, again = (send(api("wu"), b"same", Idempotency_Key="k") for _ in range(2))
    assert (first.status_code, first.get_json()) == (201, again.get_json())
    assert send(api("wu"), b"else", Idempotency_Key="k").status_code == 409
    assert len(stored(item)) == 1


def test_the_same_form_with_another_file_is_another_form(item: World, sign: Sign) -> None:
    browser = sign("wu")
    for content in (b"one", b"one", b"two"):
        assert attach(browser, (content, "x"), once="a" * 32).status_code == 303
    assert session.query(Attachment).count() == 2


def test_a_file_that_did_not_change_is_not_sent_again(item: World, api: Call, sign: Sign) -> None:
    made = send(api("wu"), b"hello").get_json()
    first = sign("wu").get(f"/attachments/{made['id']}")
    again = sign("wu").get(f"/attachments/{made['id']}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "private, no-cache")
    part = sign("wu").get(f"/attachments/{made['id']}", headers={"Range": "bytes=1-2"})
    assert (part.status_code, part.get_data()) == (206, b"el")


@pytest.mark.parametrize("kind", ["user", "settings", "comment", "spaceship", "\x00"])
def test_what_takes_no_comments_takes_no_files(item: World, api: Call, kind: str) -> None:
    assert send(api("zhou"), b"x", kind=kind).status_code == 422


def test_another_body_is_refused(item: World, api: Call) -> None:
    assert api("wu")("POST", "attachments", {"subject_type": "item"}).status_code == 415
    data = {"subject_type": "item", "subject_id": "1", "colour": "red"}
    headers = {"Authorization": f"Bearer {item.tokens['wu']}"}
    answer = item.app.test_client().post(
        "/api/v1/attachments", data=data, headers=headers, content_type="multipart/form-data"
    )
    assert set(answer.get_json()["errors"]) == {"file"}
