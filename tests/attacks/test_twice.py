"""Every form of our pages, sent twice as it stands: the second makes nothing and is answered like the first."""

import re
from typing import Any

import pytest
from sqlalchemy import inspect, text

from backlog.kernel.database import db, session
from tests.api.bodies import furnish
from tests.attacks import filled, walk
from tests.attacks.walk import Seen
from tests.house import samples
from tests.world import Call, Sign, World

# What takes things away from the other forms comes last.
LAST = re.compile(
    r"archive|withdraw|/stop|deliver|/account|/password|tokens|reversal|/people/|/settings|remove|revoke|/close|/start|"
    r"merge|status|project$"
)
OWN_SESSION = {"/account/password"}  # ends the session it was sent with: the second is asked to sign in again


@pytest.fixture
def seen(world: World, sign: Sign, api: Call) -> list[Seen]:
    samples.fill(world, api)
    furnish(world, api)
    filled.furnish(world, api)
    return sorted(walk.every_form(world, sign), key=lambda each: LAST.search(each.form.action) is not None)


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    tables = inspect(db.engine).get_table_names()
    found = {name: session.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in tables if name != "tries"}
    session.rollback()
    return found


def told(answer: Any) -> tuple[int, str | None]:
    return answer.status_code, answer.location


def test_every_form_sent_twice_does_one_thing(seen: list[Seen]) -> None:
    faults, took = {}, 0
    for each in seen:
        pairs = filled.pairs(each.form)
        first, before = each.send(pairs), rows()
        second = each.send(pairs)
        if rows() != before or (told(first) != told(second) and each.form.action not in OWN_SESSION):
            faults[each.form.action] = told(first), told(second)
        took += first.status_code == 303
    assert faults == {}
    assert took > 60
