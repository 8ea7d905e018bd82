"""XLSX through a child process: what a workbook unpacks to never counts in the server."""

import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from backlog.exchange.reading.cells import LONGEST_CELL, Broken, Cell, Formula, TooLong
from backlog.exchange.reading.tables import MOST_COLUMNS, MOST_ROWS, Book, Merged, Row, Sheet, Unreadable

SCRIPT = Path(__file__).with_name("_workbook.py")
PATIENCE_SECONDS = 120.0
Pick = Callable[[Sequence[Sheet]], int]


def read_workbook(raw: bytes, pick: Pick) -> Book:
    """The sheet that `pick` chooses by the first rows of all."""
    command = [sys.executable, "-I", str(SCRIPT)]
    settings = {name: value for name, value in os.environ.items() if not name.startswith("BACKLOG_")}
    with subprocess.Popen(  # noqa: S603 (our own script, by our own interpreter)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=settings
    ) as child:
        timer = threading.Timer(PATIENCE_SECONDS, child.kill)
        timer.start()
        try:
            return _talk(child, raw, pick)
        except (BrokenPipeError, ValueError, struct.error):
            raise Unreadable("file.too_large_inside") from None  # it was ended for what it took
        finally:
            timer.cancel()
            child.kill()


def _talk(child: Any, raw: bytes, pick: Pick) -> Book:
    child.stdin.write(struct.pack("<q", len(raw)) + raw)
    child.stdin.flush()
    heads = _line(child)["heads"]
    sheets = [Sheet(each["name"], [_row(row) for row in each["rows"]]) for each in heads]
    if not any(each.rows for each in sheets):
        raise Unreadable("file.empty")
    shown = [each for each, about in zip(sheets, heads, strict=True) if not about["hidden"]] or sheets
    wanted = sheets.index(shown[pick(shown)])
    child.stdin.write(json.dumps([wanted, MOST_ROWS + 100, MOST_COLUMNS]).encode() + b"\n")
    child.stdin.flush()
    rows: list[Row] = []
    while "end" not in (line := _line(child)):
        rows.append(_row(line))
    about = line["end"]
    merged = [Merged(*each) for each in about["merged"]]
    sheet = Sheet(sheets[wanted].name, rows, frozenset(about["rows"]), frozenset(about["columns"]), merged)
    return Book(sheet, [each.name for each in shown], "xlsx")


def _line(child: Any) -> Any:
    found = json.loads(child.stdout.readline())
    if isinstance(found, dict) and "refused" in found:
        raise Unreadable(found["refused"], **found["facts"])
    return found


def _row(line: Any) -> Row:
    return Row(line[0], [_cell(each) for each in line[1]])


def _cell(each: Any) -> Cell:
    if isinstance(each, list):
        kind, text = each
        return READ[kind](text)
    if isinstance(each, str) and len(each) > LONGEST_CELL:
        return TooLong(each[:LONGEST_CELL])
    return "" if each is None else each


def _per_cent(share: float) -> Cell:
    """As it is shown: 0.952 is 95.2%."""
    return f"{(Decimal(repr(share)) * 100).normalize():f}%"


def _moment(text: str) -> Cell:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return text


READ: dict[str, Callable[[Any], Cell]] = {"d": _moment, "f": Formula, "e": Broken, "p": _per_cent}
