"""A file is on the disk before the transaction that tells of it: nobody waits for a disk behind its lock."""

import pytest

from backlog.kernel import shelf
from backlog.kernel.database import session
from tests.discussion import files
from tests.discussion.files import attach, send
from tests.house import samples
from tests.world import Call, Sign, World


@pytest.fixture
def held(world: World, api: Call, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each file that is written, whether a transaction was open."""
    samples.fill(world, api)
    seen: list[bool] = []
    copy = shelf._copy

    def watched(*words):
        seen.append(session().in_transaction())
        return copy(*words)

    monkeypatch.setattr(shelf, "_copy", watched)
    return seen


def test_files_are_written_while_no_transaction_is_open(held: list[bool], api: Call, sign: Sign) -> None:
    assert send(api("wu"), b"one").status_code == 201
    assert attach(sign("wu"), (b"two", "a.txt"), (b"three", "b.txt")).status_code == 303
    assert held == [False, False, False]


def test_what_is_refused_was_written_for_nothing_and_is_gone(held: list[bool], world: World, api: Call) -> None:
    assert send(api("wu"), b"one", number=99).status_code == 422
    assert held == [False]
    assert [each for each in world.app.settings.uploads.rglob("*.part") if each.is_file()] == []


def test_nobody_writes_without_signing_in(held: list[bool], world: World) -> None:
    body = files.form({"subject_type": "item", "subject_id": "1"}, (b"x", "x.png"))
    assert world.app.test_client().post("/api/v1/attachments", **body).status_code == 401
    assert world.app.test_client().post("/attachments", **body).status_code in {303, 400, 401}
    assert held == []
