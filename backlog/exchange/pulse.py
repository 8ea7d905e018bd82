"""Whether an import is being run just now, and how far it is: told past the transaction that writes its rows.

On SQLite by a locked file beside the database, on PostgreSQL by a lock and the name of the line that holds it. Both end
with the process: one that was killed is known at once.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, text

from backlog.kernel.database import session

NAME = "dengta imports"
NUMBER = 0x64656E67746101  # of the lock: "dengta", one
LOCK_FILE = "imports.lock"


class Pulse(NamedTuple):
    """The import being run, and how many of its rows are done."""

    import_id: int
    done: int


Beat = Callable[[int, int], None]


@contextmanager
def alone() -> Iterator[Beat | None]:
    """Be the one process that runs imports, and get what tells how far it is; None where there is one already."""
    if session.get_bind().dialect.name == "postgresql":
        with _alone_on_postgresql() as beat:
            yield beat
    else:
        with _alone_beside(_lock_file()) as beat:
            yield beat


def pulse() -> Pulse | None:
    """What is being run; None where nobody runs anything."""
    if session.get_bind().dialect.name == "postgresql":
        query = "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE :name"
        session.connection().execute(
            text("SELECT pg_stat_clear_snapshot()")
        )  # as it is now, not as it was asked before
        found = session.connection().execute(text(query), {"name": f"{NAME} %"}).scalar()
        return None if found is None else _read(str(found).removeprefix(NAME))
    return _pulse_beside(_lock_file())


def _read(told: str) -> Pulse:
    numbers = [int(each) for each in told.split() if each.isdecimal()]
    return Pulse(*numbers[:2]) if len(numbers) >= len(Pulse._fields) else Pulse(0, 0)


def _lock_file() -> Path:
    database = session.get_bind().engine.url.database or ""
    return Path(database).with_name(LOCK_FILE)


@contextmanager
def _alone_beside(path: Path) -> Iterator[Beat | None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        yield None
        return

    def beat(import_id: int, done: int) -> None:
        os.pwrite(handle, f"{import_id:<12} {done:<12}\n".encode(), 0)

    try:
        beat(0, 0)
        yield beat
    finally:
        os.close(handle)


def _pulse_beside(path: Path) -> Pulse | None:
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(os.pread(handle, 100, 0).decode("ascii", "replace"))
    finally:
        os.close(handle)
    return None


@contextmanager
def _alone_on_postgresql() -> Iterator[Beat | None]:
    engine = session.get_bind().engine
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        if not line.execute(text("SELECT pg_try_advisory_lock(:number)"), {"number": NUMBER}).scalar():
            yield None
            return
        try:
            yield lambda import_id, done: _name(line, f"{NAME} {import_id} {done}")
        finally:
            _name(line, "dengta")
            line.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": NUMBER})


def _name(line: Connection, name: str) -> None:
    line.execute(text("SELECT set_config('application_name', :name, false)"), {"name": name})
