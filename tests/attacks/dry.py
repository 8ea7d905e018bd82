"""Requests whose transaction is not kept: each begins with the world as the one before found it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from backlog.kernel.database import db, session
from backlog.web import application

QUIET = ("sessions", "api_tokens", "tries")


def _changes(statement: str) -> bool:
    return statement.split(" ", 1)[0] in {"INSERT", "UPDATE", "DELETE"} and not any(name in statement for name in QUIET)


class Unkept:
    """The session of the application's edge: it sends everything to the database, and takes it back."""

    def __init__(self) -> None:
        self.sent = 0
        self.stored = 0

    def note(self, _c: Any, _u: Any, statement: str, *_more: Any) -> None:
        """Count a statement that changes rows."""
        self.sent += _changes(statement)

    def commit(self) -> None:
        """Flush, so that every constraint speaks, and roll back; what would have stayed is counted."""
        session.flush()
        self.stored += self.sent
        self.rollback()

    def rollback(self) -> None:
        """Take everything back."""
        self.sent = 0
        session.rollback()

    def __getattr__(self, name: str) -> Any:
        return getattr(session, name)


@contextmanager
def unkept(monkeypatch: pytest.MonkeyPatch) -> Iterator[Unkept]:
    """Inside the block nothing is stored by a request."""
    edge = Unkept()
    event.listen(db.engine, "before_cursor_execute", edge.note)
    with monkeypatch.context() as patch:
        patch.setattr(application, "session", edge)
        patch.setattr(application, "commit", edge.commit)
        yield edge
    event.remove(db.engine, "before_cursor_execute", edge.note)


@contextmanager
def written() -> Iterator[list[str]]:
    """Statements that change rows and were really committed inside the block; when a session was last used aside."""
    waiting: list[str] = []
    kept: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_more: Any) -> None:
        if _changes(statement):
            waiting.append(statement)

    def keep(_connection: Any) -> None:
        kept.extend(waiting)
        waiting.clear()

    listeners: list[tuple[str, Callable[..., Any]]] = [
        ("before_cursor_execute", note),
        ("commit", keep),
        ("rollback", lambda _connection: waiting.clear()),
    ]
    for name, listener in listeners:
        event.listen(db.engine, name, listener)
    yield kept
    for name, listener in listeners:
        event.remove(db.engine, name, listener)
