"""What was ranked last, by the digest of all that went in: an input that changes, in whichever process, asks anew.

Nothing is ever stale, because nothing is kept by time or by a mark that somebody must remember to set: before each use
what is stored is read, past the ORM, and what was made of the very same is taken again.
"""

from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import text

from backlog.kernel.database import read
from backlog.usecases.models import Estimate
from backlog.usecases.queries.pins import pinned_ranks

T = TypeVar("T")
GIVEN = ", ".join(each.name for each in Estimate.__table__.columns if each.name != "note")
INPUTS = (
    text("SELECT id, status, archived_at, merged_into_id, created_at FROM use_cases ORDER BY id"),
    text(f"SELECT {GIVEN} FROM estimates ORDER BY id"),  # noqa: S608 (names of our own columns)
    text("SELECT use_case_id, count(*) FROM votes GROUP BY use_case_id ORDER BY use_case_id"),
)


def digest_of_inputs() -> bytes:
    """The digest of all that ranks are made of but the model and the settings; four queries."""
    found = sha256()
    for query in INPUTS:
        found.update(repr(read(query)).encode())
    found.update(repr(sorted(pinned_ranks().items())).encode())
    return found.digest()


class Kept(Generic[T]):
    """The last few of something by their key; made by one at a time, while what is known is given to all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[object, T] = OrderedDict()
        self._reading, self._making = Lock(), Lock()

    def get(self, key: object, make: Callable[[], T]) -> T:
        """The known one, or a new one."""
        if (known := self._find(key)) is not None:
            return known
        with self._making:
            if (known := self._find(key)) is not None:
                return known
            made = make()
        with self._reading:
            self._known[key] = made
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return made

    def _find(self, key: object) -> T | None:
        with self._reading:
            if key in self._known:
                self._known.move_to_end(key)
            return self._known.get(key)
