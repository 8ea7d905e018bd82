"""Record facts, and tell those who listen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from backlog.journal.models import Fact
from backlog.kernel import clock
from backlog.kernel.database import session, write


class HasId(Protocol):
    """Anyone who acts."""

    id: Any


Listener = Callable[[Any, Fact], None]
_listeners: dict[str, list[Listener]] = {}
_listeners_to_all: list[Listener] = []
_door: ContextVar[str] = ContextVar("door", default="command")


def record(actor: HasId | None, code: str, subject: tuple[str, int], /, **values: Any) -> Fact:
    """Write a fact down and let its listeners act; a listener may refuse, and then nothing happened."""
    fact = Fact(
        code=code,
        actor_id=None if actor is None else actor.id,
        subject_type=subject[0],
        subject_id=subject[1],
        values={name: _plain(value) for name, value in values.items()},
        door=_door.get(),
        at=clock.now(),
    )
    session.add(fact)
    write()
    for listener in (*_listeners.get(code, ()), *_listeners_to_all):
        listener(actor, fact)
    return fact


def listen(code: str, listener: Listener) -> None:
    """Call the listener with (actor, fact) after each fact of that code; asking twice changes nothing."""
    listeners = _listeners.setdefault(code, [])
    if listener not in listeners:
        listeners.append(listener)


def listen_to_all(listener: Listener) -> None:
    """Call the listener after each fact, whatever its code; asking twice changes nothing."""
    if listener not in _listeners_to_all:
        _listeners_to_all.append(listener)


@contextmanager
def through(door: str) -> Iterator[None]:
    """Facts inside the block came through this door."""
    token = _door.set(door)
    try:
        yield
    finally:
        _door.reset(token)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal | date | datetime):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    return value
