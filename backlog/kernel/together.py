"""Many rows written at once: inside `together()` what actions make waits, its keys given, until a query or the end asks."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

Answer = TypeVar("Answer")


@dataclass
class Work:
    """What is known while many rows are written: the next key of each table, and what was asked and held already."""

    keys: dict[str, Iterator[int]] = field(default_factory=dict)
    asked: dict[Hashable, Any] = field(default_factory=dict)
    held: dict[int, Any] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)  # the last of each prefix, and which were counted on since
    counted: set[str] = field(default_factory=set)

    def hold(self, row: Any) -> None:
        """A row is locked until commit, or until the savepoint is given up."""
        self.held[id(row)] = row

    def forget(self) -> None:
        """A savepoint was given up: its locks and rows are gone. Keys only go on."""
        for known in (self.asked, self.held, self.numbers, self.counted):
            known.clear()


_work: ContextVar[Work | None] = ContextVar("work", default=None)


@contextmanager
def together() -> Iterator[Work]:
    """Let what is made inside wait, and be written many rows at a time."""
    token = _work.set(work := Work())
    try:
        yield work
    finally:
        _work.reset(token)


def work() -> Work | None:
    """The work at hand, if many rows are being written."""
    return _work.get()


def once(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """An answer that no row of the work changes: asked once for all of them; anywhere else asked anew."""
    at_hand = _work.get()
    if at_hand is None:
        return ask()
    if key not in at_hand.asked:
        at_hand.asked[key] = ask()
    return cast(Answer, at_hand.asked[key])
