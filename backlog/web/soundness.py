"""Whether SQLite's file is sound: looked through before serving and now and then; a damaged one takes no more writes."""

import threading
import time
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy.exc import DatabaseError

from backlog.kernel.faults import DAMAGED, SQLITE_CORRUPT, SQLITE_IOERR, SQLITE_NOTADB, Gone, fault_of
from backlog.kernel.sqlite import sqlite_module

AT_START_SECONDS = 1.0
AT_ONCE_SECONDS = 0.5
PAUSE_SECONDS = 1.0
SHARE = 100  # a look is followed by a pause this many times as long
DAMAGES = frozenset({SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB})
STEPS = 100_000  # of SQLite's machine, between two glances at the clock


class Soundness:
    """What is known of one file."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.damaged = False
        self._next = 0.0
        self._looking = threading.Lock()

    def look(self, seconds: float | None = None) -> None:
        """Look through the file, for so many seconds at most; what isn't finished says nothing."""
        began = time.monotonic()
        if self.file is None or not self.file.exists():
            return
        self.damaged = self.damaged or _is_damaged(self.file, None if seconds is None else began + seconds)

    def look_again(self) -> None:
        """Look through the file if that is due, beside the requests: who asks waits for a small file only."""
        if self.file is None or time.monotonic() < self._next or not self._looking.acquire(blocking=False):
            return
        looker = threading.Thread(target=self._look_and_tell, daemon=True)
        looker.start()
        looker.join(AT_ONCE_SECONDS)

    def _look_and_tell(self) -> None:
        began = time.monotonic()
        try:
            self.look()
        finally:
            self._next = began + max(PAUSE_SECONDS, SHARE * (time.monotonic() - began))
            self._looking.release()

    def heed(self, error: BaseException) -> None:
        """Remember what an error of the database tells."""
        self.damaged = self.damaged or (fault_of(error) == DAMAGED and not isinstance(_origin(error), Gone))


def soundness() -> Soundness:
    """What is known of this application's file."""
    found: Soundness = current_app.extensions["soundness"]
    return found


def refuse_writes() -> None:
    """Let nobody write to a file that is known to be damaged."""
    if soundness().damaged:
        raise DatabaseError("BEGIN", None, Gone("the database is damaged"))


def _origin(error: BaseException) -> BaseException | None:
    return getattr(error, "orig", None)


def _is_damaged(file: Path, until: float | None) -> bool:
    """Ask SQLite itself; a lock or a look that took too long is no damage."""
    driver: Any = sqlite_module()
    line = driver.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        if until is not None:
            line.set_progress_handler(lambda: time.monotonic() > until, STEPS)
        line.execute("PRAGMA busy_timeout=500")
        return bool(line.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except driver.DatabaseError as error:
        return error.sqlite_errorcode & 0xFF in DAMAGES
    finally:
        line.close()
