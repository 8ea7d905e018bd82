"""Killed or stopped while fifty people write: every confirmed write is there once, and it serves again."""

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from backlog.kernel.sqlite import sqlite_module
from backlog.ledger import witness
from tests.server.furnish import Furnished
from tests.server.process import PATIENCE, Served, command, environment_of, serving
from tests.server.writers import fifty_writers

LIVE = {"backlog.db", "backlog.db-wal", "backlog.db-shm", "ledger.head", "lived", "secret.key", "templates"}
AT_REST = LIVE - {"backlog.db-wal", "backlog.db-shm"}


@pytest.fixture
def again(instance: Path, furnished: Furnished) -> Iterator[tuple[Served, list[str]]]:
    """A server begun anew after the first was killed under fifty writers, and what those were told was saved."""
    with serving(instance, BACKLOG_API_RATE="0", BACKLOG_SQLITE_SYNCHRONOUS="FULL") as first:
        with fifty_writers(first, furnished.token, "first", wanted=30) as told:
            first.process.kill()
            first.process.wait()
        began = first.seconds
    (instance / witness.FRESH).write_text('{"posi')
    with serving(instance, BACKLOG_API_RATE="0", BACKLOG_SQLITE_SYNCHRONOUS="FULL") as second:
        assert second.seconds < 3 * began + 5, "it takes hardly longer than any start"
        yield second, told.confirmed


def test_no_confirmed_write_is_lost_by_kill_or_stop(
    again: tuple[Served, list[str]], instance: Path, furnished: Furnished
) -> None:
    served, confirmed = again
    assert served.get("/readyz")[0] == 200
    assert _each_is_there_once(instance, confirmed)
    assert {each.name for each in instance.iterdir()} == LIVE
    with fifty_writers(served, furnished.token, "second", wanted=30) as told:
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(PATIENCE) == 0
    assert set(told.others) <= {"line lost", "503"}, "nothing but a stop or a busy moment"
    assert _each_is_there_once(instance, [*confirmed, *told.confirmed])
    assert {each.name for each in instance.iterdir()} == AT_REST
    assert command(environment_of(instance), "ledger", "verify").returncode == 0


def _each_is_there_once(instance: Path, keys: list[str]) -> bool:
    """Whether each is there with its fact, and nothing by half."""
    with sqlite_module().connect(instance / "backlog.db") as line:
        stored = Counter(row[0] for row in line.execute("SELECT metric FROM ledger_entries"))
        facts = line.execute("SELECT count(*) FROM facts WHERE code = 'entry.recorded'").fetchone()[0]
    line.close()
    return all(stored[key] == 1 for key in keys) and facts == len(stored) == stored.total()
