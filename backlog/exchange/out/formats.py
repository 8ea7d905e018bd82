"""A table as CSV, XLSX or JSON, in pieces as they are made."""

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from backlog.exchange.kinds.field import Field
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
WRITER = Path(__file__).with_name("_writer.py")
Rows = Iterable[dict[str, Any]]


def written(format: str, name: str, columns: Sequence[Field], rows: Rows, zh: bool) -> Iterator[bytes]:
    """The pieces of a file."""
    if format == "csv":
        return _csv(columns, rows, zh)
    return _json(columns, rows) if format == "json" else _xlsx(name, columns, rows, zh)


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


def _xlsx(name: str, columns: Sequence[Field], rows: Rows, zh: bool) -> Iterator[bytes]:
    """Written by a child process; what it makes of a million rows never counts in the server."""
    settings = {key: value for key, value in os.environ.items() if not key.startswith("BACKLOG_")}
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(  # noqa: S603 (our own script, by our own interpreter)
            [sys.executable, "-I", str(WRITER)],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env=settings,
        )
        try:
            assert child.stdin is not None  # noqa: S101 (a pipe was asked for)
            with child.stdin as told:
                for line in _lines(name, columns, rows, zh):
                    told.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            if child.wait():
                raise RuntimeError("the workbook could not be written")
        finally:
            child.kill()
            child.wait()
        out.seek(0)
        while piece := out.read(PIECE):
            yield piece


def _lines(name: str, columns: Sequence[Field], rows: Rows, zh: bool) -> Iterator[Any]:
    yield name
    yield [each.header(zh) for each in columns]
    for row in rows:
        yield [_typed(each, row.get(each.name), zh) for each in columns]


def _typed(field: Field, value: Any, zh: bool) -> Any:
    if isinstance(value, Decimal):
        return ["m", str(value)]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    return _plain(field.word(value, zh))
