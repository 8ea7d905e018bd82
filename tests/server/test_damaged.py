"""A database that is damaged: found at the start or by /readyz, never written to, and the sentence names the way out."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.server.furnish import Furnished
from tests.server.process import Served, command, environment_of, serving
from tests.server.writers import write


def zero_page(file: Path) -> None:
    """Overwrite the root page of the items with nothing."""
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as line:
        size = line.execute("PRAGMA page_size").fetchone()[0]
        page = line.execute("SELECT rootpage FROM sqlite_master WHERE name = 'items'").fetchone()[0]
    with file.open("r+b") as out:
        out.seek((page - 1) * size)
        out.write(bytes(size))


def cut(file: Path) -> None:
    """Leave the first half."""
    with file.open("r+b") as out:
        out.truncate(file.stat().st_size // 2)


def empty(file: Path) -> None:
    """Leave nothing."""
    file.write_bytes(b"")


@pytest.mark.parametrize("spoil", [zero_page, cut, empty])
def test_a_damaged_file_is_not_served_and_the_line_names_restore(instance: Path, spoil: Callable[[Path], None]) -> None:
    spoil(instance / "backlog.db")
    before = (instance / "backlog.db").read_bytes()
    done = command(environment_of(instance), "serve")
    assert done.returncode == 1 and "backlog restore" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert (instance / "backlog.db").read_bytes() == before


def test_damage_under_a_running_server_is_found_by_readyz_and_ends_writing(
    instance: Path, furnished: Furnished
) -> None:
    with serving(instance) as served:
        assert write(served, furnished.token, "before").status == 201
        zero_page(instance / "backlog.db")
        status, said = _until_not_ready(served)
        refused = write(served, furnished.token, "after")
        assert (status, refused.status, refused.retry_after) == (503, 503, "30")
        assert b"backlog restore" in said and "backlog restore" in refused.body["detail"]
        assert served.get("/healthz")[0] == 200


def _until_not_ready(served: Served) -> tuple[int, bytes]:
    """What /readyz says once it has looked; a look that takes long is waited for."""
    end = time.monotonic() + 60
    while (answer := served.get("/readyz"))[0] == 200 and time.monotonic() < end:
        continue
    return answer[0], answer[1]
