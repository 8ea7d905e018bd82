"""What the database is asked inside a block; of what is asked later nothing is kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from backlog.kernel.database import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements, in the order in which they were sent."""
    with _heard(lambda statement, _values: statement) as said:
        yield said


@contextmanager
def statements_and_values() -> Iterator[list[tuple[str, Any]]]:
    """The same, each with its values."""
    with _heard(lambda statement, values: (statement, values)) as said:
        yield said


@contextmanager
def _heard(keep: Callable[[str, Any], Any]) -> Iterator[list[Any]]:
    said: list[Any] = []

    def hear(_line: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        said.append(keep(statement, values))

    event.listen(db.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(db.engine, "before_cursor_execute", hear)
