"""The child process of workbook.py: run by its path, it imports only openpyxl, answers on standard output and exits.

In: the length of the file (8 bytes), the file, then, once the heads were sent, the number of the sheet wanted and how
many rows and columns at most. Out: a line of JSON with the heads, then one a row. A refusal is a line of its own.
A cell is null, a text, a number or a truth value; or a pair: ["d", day or moment], ["f", formula], ["e", error].
"""

from __future__ import annotations

import io
import json
import resource
import struct
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.worksheet._reader import WorkSheetParser

MOST_BYTES = 700 * 1024 * 1024  # of address space, most of it only reserved
MOST_SECONDS = 60
MOST_MEMBERS, MOST_UNPACKED, MOST_RATIO = 2_000, 400 * 1024 * 1024, 300
SMALL = 4 * 1024 * 1024  # what unpacks to less may be packed as tightly as it likes
HEAD_ROWS = 30
HEAD_SHEETS = 60
LONGEST = 100_001


class Refused(Exception):
    """The file can't be read: a code and its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def main() -> None:
    """Read one workbook."""
    _limit()
    raw = sys.stdin.buffer.read(struct.unpack("<q", sys.stdin.buffer.read(8))[0])
    try:
        check(raw)
        book = opened(raw)
        sheets = [each for each in book.worksheets if hasattr(each, "_get_source")]
        heads = [
            {"name": each.title, "hidden": each.sheet_state != "visible", "rows": _head(book, each)}
            for each in sheets[:HEAD_SHEETS]
        ]
        _say({"heads": heads})
        wanted, most_rows, most_columns = json.loads(sys.stdin.buffer.readline())
        for number, cells in rows_of(book, sheets[wanted], most_rows, most_columns):
            _say([number, cells])
        _say("end")
    except Refused as refused:
        _say({"refused": refused.code, "facts": refused.facts})
    except MemoryError:
        _say({"refused": "file.too_large_inside", "facts": {}})


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MOST_BYTES),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # a system that knows no such limit
            continue


def _say(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush() if isinstance(value, dict | str) else None


def check(raw: bytes) -> None:
    """Judge the archive by its directory, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise Refused("file.damaged") from None
    names = [each.filename for each in members]
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_UNPACKED:
        raise Refused("file.too_large_inside")
    for each in members:
        if each.file_size > SMALL and each.file_size > MOST_RATIO * max(1, each.compress_size):
            raise Refused("file.too_large_inside")
        if each.flag_bits & 1:
            raise Refused("file.password")
        if each.filename.startswith(("/", "\\")) or ".." in each.filename.replace("\\", "/").split("/"):
            raise Refused("file.damaged")
    if len(set(names)) < len(names):
        raise Refused("file.damaged")
    if "[Content_Types].xml" not in names or not any(name.lower().startswith("xl/workbook") for name in names):
        raise Refused("file.not_a_table")


def opened(raw: bytes) -> Any:
    """The workbook, its strings read, its sheets not yet."""
    if not openpyxl.DEFUSEDXML:
        raise Refused("file.damaged")
    try:
        return openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 (whatever a broken file breaks, the answer is the same)
        raise Refused("file.damaged") from None


def _head(book: Any, sheet: Any) -> list[Any]:
    found = []
    for number, cells in rows_of(book, sheet, HEAD_ROWS, LONGEST, cut=True):
        found.append([number, cells[:200]])
        if len(found) == HEAD_ROWS:
            break
    return found


def rows_of(book: Any, sheet: Any, most_rows: int, most_columns: int, *, cut: bool = False) -> Any:
    """Number and cells of each row that holds something; gaps cost nothing."""
    dates = {"date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}
    try:
        with sheet._get_source() as source:
            parser = WorkSheetParser(source, sheet._shared_strings, data_only=False, epoch=book.epoch, **dates)
            for number, cells in parser.parse():
                filled = {each["column"]: each for each in cells if each["value"] not in (None, "")}
                if number > most_rows and (cut or filled):
                    if cut:
                        return
                    raise Refused("file.too_many_rows", most=most_rows)
                if not filled:
                    continue
                if max(filled) > most_columns and not cut:
                    raise Refused("file.too_many_columns", most=most_columns, row=number)
                width = min(max(filled), most_columns)
                yield number, [_plain(filled.get(at)) for at in range(1, width + 1)]
    except (Refused, MemoryError, GeneratorExit):
        raise
    except Exception:  # noqa: BLE001 (the same)
        raise Refused("file.damaged") from None


def _plain(cell: Any) -> Any:
    if cell is None:
        return None
    value, kind = cell["value"], cell["data_type"]
    if kind == "f":
        return ["f", str(getattr(value, "text", None) or getattr(value, "ref", None) or value)[:200]]
    if kind == "e":
        return ["e", str(value)]
    if isinstance(value, datetime | date | time):
        return ["d", value.isoformat()]
    if isinstance(value, timedelta):
        return ["d", str(value)]
    if isinstance(value, str):
        return value[:LONGEST]
    return value if isinstance(value, int | float | bool) else str(value)[:LONGEST]


if __name__ == "__main__":
    main()
