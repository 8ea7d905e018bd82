"""JSON as a table: a list of flat objects, or {"data": [...]} as our own exports write it."""

import json
from collections import Counter
from decimal import Decimal
from typing import Any

from backlog.exchange.reading.cells import LONGEST_CELL, Cell, TooLong, joined
from backlog.exchange.reading.tables import MOST_COLUMNS, MOST_ROWS, Book, Row, Sheet, Unreadable

DEEPEST = 4


def read_json(raw: bytes) -> Book | None:
    """The rows of a JSON file; None where it is none, Unreadable where it is one without rows.

    >>> [row.cells for row in read_json(b'{"data": [{"title": "a", "tags": ["x", "y"]}]}').sheet.rows]
    [['title', 'tags'], ['a', 'x, y']]
    """
    try:
        value = json.loads(raw.decode("utf-8-sig"), parse_float=Decimal, object_pairs_hook=once_each)
    except (ValueError, RecursionError):
        return None
    rows = value.get("data") if isinstance(value, dict) else value
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise Unreadable("file.not_a_table")
    if not rows:
        raise Unreadable("file.empty")
    if len(rows) > MOST_ROWS:
        raise Unreadable("file.too_many_rows", most=MOST_ROWS)
    names = list(dict.fromkeys(str(name) for row in rows for name in row))
    if len(names) > MOST_COLUMNS:
        raise Unreadable("file.too_many_columns", most=MOST_COLUMNS, row=1)
    table = [Row(1, names)]
    table += [Row(at, [_cell(row.get(name)) for name in names]) for at, row in enumerate(rows, start=2)]
    return Book(Sheet("", table), [], "json")


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand there once each; two values under one name can't both be meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, times in Counter(name for name, _ in pairs).items() if times > 1)
        raise Unreadable("file.repeated_key", named=twice[:60])
    return found


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return str(value)
    text = joined(value) if isinstance(value, list) else str(value)
    return TooLong(text[:LONGEST_CELL]) if len(text) > LONGEST_CELL else text
