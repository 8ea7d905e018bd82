"""Pages of long lists by key, not by offset: the same speed however deep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, Select, and_, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from backlog.kernel.database import Hundredths, Moment, Yuan, session


@dataclass(frozen=True)
class Page:
    """Some rows, and the key of the last one where more follow."""

    rows: Sequence[Any]
    last: list[Any] | None


Key = tuple[InstrumentedAttribute[Any], bool]  # a column, and whether it falls; rows without a value come last


def page(query: Select[Any], keys: Sequence[Key], after: Sequence[Any] | None, size: int) -> Page:
    """One page of a query in the order of its keys; the last key must be unique and never NULL."""
    if after is not None:
        query = query.where(
            _beyond(keys, [_typed(column, value) for (column, _), value in zip(keys, after, strict=True)])
        )
    ordered = query.order_by(*(term for key in keys for term in _order(key)))
    rows = list(session.scalars(ordered.limit(size + 1)))
    if len(rows) <= size:
        return Page(rows, None)
    return Page(rows[:size], key_of(rows[size - 1], keys))


def key_of(row: Any, keys: Sequence[Key]) -> list[Any]:
    """Where a row stands in an order, in plain values."""
    return [_plain(getattr(row, column.key)) for column, _ in keys]


def _order(key: Key) -> list[Any]:
    column, falls = key
    empty_last = [column.is_(None)] if _may_be_empty(column) else []
    return [*empty_last, column.desc() if falls else column.asc()]


def _may_be_empty(column: InstrumentedAttribute[Any]) -> bool:
    return bool(column.property.columns[0].nullable)


def _beyond(keys: Sequence[Key], after: Sequence[Any]) -> Any:
    """(a, b) > (x, y) spelled out, since directions may differ."""
    steps = []
    for place, key in enumerate(keys):
        same = [earlier == after[at] for at, (earlier, _) in enumerate(keys[:place])]
        steps.append(and_(*same, _further(key, after[place])))
    return or_(*steps)


def _further(key: Key, value: Any) -> Any:
    """Beyond one value of one column; beyond no value there is nothing."""
    column, falls = key
    if value is None:
        return false()
    beyond = column < value if falls else column > value
    return or_(beyond, column.is_(None)) if _may_be_empty(column) else beyond


def _plain(value: Any) -> Any:
    return (
        value.isoformat() if isinstance(value, date | datetime) else str(value) if isinstance(value, Decimal) else value
    )


def _typed(column: InstrumentedAttribute[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Yuan | Hundredths):
        return Decimal(value)
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value
