"""How many files lie by one thing, how large all are, of which kinds: kept by both doors, and by two at once."""

from dataclasses import replace
from typing import Any

import pytest

from backlog.kernel import shelf
from backlog.kernel.database import db
from tests.discussion import files
from tests.discussion.files import attach, send
from tests.house import samples
from tests.invariants.races import at_once, call
from tests.world import Call, Sign, World


@pytest.fixture
def item(world: World, api: Call) -> World:
    """AIQC-1 and UC-1, open to all."""
    samples.fill(world, api)
    return world


def limit(world: World, monkeypatch: pytest.MonkeyPatch, **limits: Any) -> None:
    own = shelf.shelf()
    monkeypatch.setitem(shelf._shelves, db.engine, replace(own, limits=replace(own.limits, **limits)))


def test_the_limits_are_kept_by_both_doors(item: World, api: Call, sign: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    limit(item, monkeypatch, most_each=1, most_bytes_in_all=10, kinds=("text",))
    assert send(api("wu"), files.png()).get_json()["code"] == "attachment.kind"
    assert send(api("wu"), b"x" * 11).get_json()["code"] == "attachment.no_room"
    assert send(api("wu"), b"hello").status_code == 201
    assert send(api("wu"), b"x").get_json()["code"] == "attachment.too_many"
    refused = attach(sign("wu"), (b"x", "x.txt"))
    assert (refused.status_code, "attachments here already" in refused.get_data(as_text=True)) == (409, True)


def test_two_brought_back_at_once_are_no_more_than_the_limit(
    item: World, api: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [send(api("wu"), b"x").get_json()["id"] for _ in range(4)]
    for each in made:
        api("lin")("DELETE", f"attachments/{each}")
    limit(item, monkeypatch, most_each=1)
    acts = [call(api("lin"), "POST", f"attachments/{each}/restore") for each in made]
    assert sorted(answer.status_code for answer in at_once(*acts)) == [200, 409, 409, 409]


def test_programs_are_not_taken_unless_wanted(item: World, api: Call) -> None:
    refused = send(api("wu"), b"MZ\x90\x00", "setup.txt").get_json()
    assert (refused["code"], refused["facts"]["kind"]) == ("attachment.kind", "program")
