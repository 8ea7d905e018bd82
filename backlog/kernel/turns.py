"""Writers of one process take turns before they ask SQLite for its lock.

SQLite lets waiting connections sleep and try again, in no order; twenty at once would leave some without the lock.
"""

import threading
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

HAS_TURN = "has_turn"


class Busy(Exception):
    """Nobody let go of the lock in time."""


class Turns:
    """One engine's queue of writers; a turn ends when the connection goes back to its pool."""

    def __init__(self, engine: Engine, patience: float) -> None:
        self._lock = threading.Lock()
        self._patience = patience
        event.listen(engine, "checkin", self._end)
        event.listen(engine, "invalidate", self._end)

    def begin(self, connection: Connection) -> None:
        """Wait for the turn, then take SQLite's write lock."""
        if not self._lock.acquire(timeout=self._patience):
            raise OperationalError("BEGIN IMMEDIATE", None, Busy("another writer took too long"))
        connection.info[HAS_TURN] = True
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def _end(self, _connection: Any, record: Any, *_error: Any) -> None:
        if record is not None and record.info.pop(HAS_TURN, False):
            self._lock.release()
