"""Pages of long lists by key, not by offset: the same speed however deep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from backlog.kernel.database import session


@dataclass(frozen=True)
class Page:
    """Some rows, and the key of the last one where more follow."""

    rows: Sequence[Any]
    last: list[Any] | None


Key = tuple[InstrumentedAttribute[Any], bool]  # a column that is never NULL, and whether it falls


def page(query: Select[Any], keys: Sequence[Key], after: Sequence[Any] | None, size: int) -> Page:
    """One page of a query in the order of its keys; the last key must be unique."""
    if after is not None:
        query = query.where(
            _beyond(keys, [_typed(column, value) for (column, _), value in zip(keys, after, strict=True)])
        )
    ordered = query.order_by(*(column.desc() if falls else column.asc() for column, falls in keys))
    rows = list(session.scalars(ordered.limit(size + 1)))
    if len(rows) <= size:
        return Page(rows, None)
    return Page(rows[:size], [_plain(getattr(rows[size - 1], column.key)) for column, _ in keys])


def _beyond(keys: Sequence[Key], after: Sequence[Any]) -> Any:
    """(a, b) > (x, y) spelled out, since directions may differ."""
    steps = []
    for place, (column, falls) in enumerate(keys):
        same = [earlier == after[at] for at, (earlier, _) in enumerate(keys[:place])]
        steps.append(and_(*same, column < after[place] if falls else column > after[place]))
    return or_(*steps)


def _plain(value: Any) -> Any:
    return (
        value.isoformat() if isinstance(value, date | datetime) else str(value) if isinstance(value, Decimal) else value
    )


def _typed(column: InstrumentedAttribute[Any], value: Any) -> Any:
    kind = column.type.python_type
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(value, str) and kind is Decimal else value
