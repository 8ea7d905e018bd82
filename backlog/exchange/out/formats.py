"""A table as CSV, XLSX or JSON, in pieces as they are made."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from backlog.exchange.kinds.field import Field
from backlog.exchange.out.workbook import workbook
from backlog.exchange.reading.cells import joined
from backlog.exchange.reading.guard import guarded

FORMATS = ("csv", "xlsx", "json")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
BOM = "\ufeff"  # tells Excel that the text is UTF-8
PIECE = 64 * 1024
Rows = Iterable[dict[str, Any]]


def written(format: str, name: str, columns: Sequence[Field], rows: Rows, zh: bool) -> Iterator[bytes]:
    """The pieces of a file; an empty one only says that its making goes on."""
    if format == "csv":
        return _csv(columns, rows, zh)
    return (
        _json(columns, rows)
        if format == "json"
        else workbook(name, [each.header(zh) for each in columns], _typed(columns, rows, zh))
    )


def _csv(columns: Sequence[Field], rows: Rows, zh: bool) -> Iterator[bytes]:
    out = io.StringIO()
    writer = csv.writer(out)
    out.write(BOM)
    writer.writerow([guarded(each.header(zh)) for each in columns])
    for row in rows:
        writer.writerow([_said(each, row.get(each.name), zh) for each in columns])
        if out.tell() > PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _said(field: Field, value: Any, zh: bool) -> str:
    """A value as text: numbers and days bare, texts so that no program computes them."""
    plain = _plain(field.word(value, zh))
    if isinstance(plain, str):
        return plain if isinstance(value, date | Decimal) else guarded(plain)
    return (
        ""
        if plain is None
        else f"{Decimal(repr(plain)):f}".removesuffix(".0")
        if isinstance(plain, float)
        else str(plain)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return joined(value)
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date | datetime) else value


def _json(columns: Sequence[Field], rows: Rows) -> Iterator[bytes]:
    yield b'{"data": ['
    waiting, size, first = [], 0, True
    for row in rows:
        told = {each.name: _kept(row.get(each.name)) for each in columns}
        waiting.append(("" if first else ",\n") + json.dumps(told, ensure_ascii=False))
        first, size = False, size + len(waiting[-1])
        if size > PIECE:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield ("".join(waiting) + "]}").encode()


def _kept(value: Any) -> Any:
    return value if isinstance(value, list) else _plain(value)


def _typed(columns: Sequence[Field], rows: Rows, zh: bool) -> Iterator[list[Any]]:
    """Cells of a workbook, row by row."""
    for row in rows:
        yield [_cell(each, row.get(each.name), zh) for each in columns]


def _cell(field: Field, value: Any, zh: bool) -> Any:
    if isinstance(value, Decimal):
        return ["m", str(value)]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    return _plain(field.word(value, zh))
