"""SQLite as we want it: the newest there is, WAL, foreign keys, patience, and never a file begun anew by itself."""

import os
import sqlite3
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError, OperationalError

from backlog.kernel.faults import Gone, Unwritable
from backlog.kernel.turns import Turns

try:
    import pysqlite3.dbapi2 as newest_sqlite
except ImportError:  # no wheel for this machine
    newest_sqlite = None

SAFE_SQLITE = (3, 51, 3)  # up to 3.51.2 a WAL file with several writers could be corrupted
LIVES_AS = "lives_as"


def sqlite_module() -> ModuleType:
    """The SQLite to use: the newest there is; warns where that one can corrupt a WAL file."""
    module: ModuleType = newest_sqlite if newest_sqlite is not None else sqlite3
    if module.sqlite_version_info < SAFE_SQLITE:
        warnings.warn(
            f"SQLite {module.sqlite_version} is older than 3.51.3; install pysqlite3", RuntimeWarning, stacklevel=2
        )
    return module


def prepare(engine: Engine, synchronous: str, busy_seconds: int, writes: Callable[[], bool]) -> None:
    """Set up each connection, and begin its transactions with the write lock where `writes()` says so."""
    turns, place = Turns(engine, busy_seconds), Place(engine)
    settings = (
        f"busy_timeout={busy_seconds * 1000}",
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cache_size=-8000",
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")
        record.info[LIVES_AS] = place.inode()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if writes():
            place.check_writable()
            turns.begin(connection)
        else:
            connection.exec_driver_sql("BEGIN")


class Place:
    """Where the file lies: a line into a file that was moved or replaced would write where nobody reads again."""

    def __init__(self, engine: Engine) -> None:
        name = engine.url.database
        self._file = Path(name) if name and name != ":memory:" else None
        self._seen = False
        event.listen(engine, "checkout", self._check)
        event.listen(engine, "do_connect", self._keep)

    def inode(self) -> tuple[int, int] | None:
        """Which file lies there now; an emptied one is none."""
        try:
            found = self._file.stat() if self._file else None
        except OSError:
            return None
        return (found.st_dev, found.st_ino) if found and found.st_size else None

    def check_writable(self) -> None:
        """Refuse a transaction that writes where permissions or the disk forbid it, also on a line opened before."""
        if self._file is not None and not all(os.access(each, os.W_OK) for each in (self._file, self._file.parent)):
            raise OperationalError("BEGIN IMMEDIATE", None, Unwritable("the database's file can't be written to"))

    def _check(self, _connection: Any, record: Any, _fairy: Any) -> None:
        """Before each transaction: a line into another file than the one that lies there now is replaced by a new one."""
        if record.info.get(LIVES_AS) != self.inode():
            raise DisconnectionError

    def _keep(self, *_arguments: Any) -> None:
        """SQLite makes a file where it finds none: not where there was one before."""
        there = self.inode() is not None
        if self._seen and not there:
            raise OperationalError("connect", None, Gone("the database's file has vanished"))
        self._seen = self._seen or there
