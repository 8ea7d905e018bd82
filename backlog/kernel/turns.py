"""Writers of one process take turns before they ask SQLite for its lock.

SQLite lets waiting connections sleep and try again, in no order; twenty at once would leave some without the lock.
Turn and lock are waited for within one patience. Where it ran out, the next writers hardly wait until one has got the
lock: else every thread would wait for a lock that someone holds for long, and none would be left to read.
"""

import threading
import time
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from backlog.kernel.faults import Busy

HAS_TURN = "has_turn"
SHORT_PATIENCE = 0.1


class Turns:
    """One engine's queue of writers; a turn ends when the connection goes back to its pool."""

    def __init__(self, engine: Engine, patience: float) -> None:
        self._lock = threading.Lock()
        self._patience = patience
        self._in_vain = False
        event.listen(engine, "checkin", self._end)
        event.listen(engine, "invalidate", self._end)

    def begin(self, connection: Connection) -> None:
        """Wait for the turn, then take SQLite's write lock."""
        patience = min(SHORT_PATIENCE, self._patience) if self._in_vain else self._patience
        end = time.monotonic() + patience
        if not self._lock.acquire(timeout=patience):
            self._in_vain = True
            raise OperationalError("BEGIN IMMEDIATE", None, Busy("another writer took too long"))
        connection.info[HAS_TURN] = True
        try:
            self._take_lock(connection, end - time.monotonic())
        except OperationalError:
            self._in_vain = True
            raise
        self._in_vain = False

    def _take_lock(self, connection: Connection, seconds: float) -> None:
        raw: Any = connection.connection.dbapi_connection
        raw.execute(f"PRAGMA busy_timeout={max(1, int(seconds * 1000))}")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            raw.execute(f"PRAGMA busy_timeout={int(self._patience * 1000)}")

    def _end(self, _connection: Any, record: Any, *_error: Any) -> None:
        if record is not None and record.info.pop(HAS_TURN, False):
            self._lock.release()
