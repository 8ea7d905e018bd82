"""What is the matter with the database, told from the errors of both drivers."""

import errno

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

BUSY, FULL, READ_ONLY, DAMAGED, AWAY, UNSURE = "busy", "full", "read_only", "damaged", "away", "unsure"
SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB = 10, 11, 26
SQLITE = {5: BUSY, 6: BUSY, 8: READ_ONLY, 13: FULL, SQLITE_IOERR: FULL, SQLITE_CORRUPT: DAMAGED, SQLITE_NOTADB: DAMAGED}
POSTGRESQL = {
    "25006": READ_ONLY,
    "40001": BUSY,
    "40P01": BUSY,
    "53100": FULL,
    "55P03": BUSY,
    "57014": BUSY,
    "XX001": DAMAGED,
    "XX002": DAMAGED,
}
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Busy(Exception):
    """Nobody let go of the lock in time."""


class Gone(Exception):
    """The database's file is no longer where it was."""


class Unwritable(Exception):
    """The database's file may not be written to."""


OURS: dict[type[Exception], str] = {Busy: BUSY, Gone: DAMAGED, Unwritable: READ_ONLY}


class CommitUnsure(Exception):
    """The answer to a commit was lost: whether it was saved isn't known."""


def fault_of(error: BaseException) -> str | None:
    """Which fault of the database this error tells of; None where it is another's fault.

    >>> fault_of(OSError(28, "No space left on device"))
    'full'
    """
    if isinstance(error, CommitUnsure):
        return UNSURE
    if isinstance(error, OSError):
        return FULL if error.errno in NO_ROOM else None
    if isinstance(error, PoolTimeoutError):
        return BUSY
    if not isinstance(error, DBAPIError):
        return None
    ours = next((fault for kind, fault in OURS.items() if isinstance(error.orig, kind)), None)
    if ours is not None:
        return ours
    known = SQLITE.get(_sqlite_code(error)) or POSTGRESQL.get(str(getattr(error.orig, "sqlstate", None)))
    passes = isinstance(error, OperationalError) or error.connection_invalidated
    return known or (AWAY if passes else None)


def loses_a_commit(error: DBAPIError) -> bool:
    """Whether a commit that ended so may yet have been done: the line broke. SQLite itself takes back what failed."""
    return error.connection_invalidated


def _sqlite_code(error: DBAPIError) -> int:
    code = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF if isinstance(code, int) else 0


def lacks_tables(error: Exception) -> bool:
    """Whether a statement asked for a table that is not there: the database is not migrated."""
    return isinstance(error, DBAPIError) and (
        "no such table" in str(error.orig) or "UndefinedTable" in repr(error.orig)
    )
