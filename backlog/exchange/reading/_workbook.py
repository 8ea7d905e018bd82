"""The child process of workbook.py: run by its path, it imports only openpyxl, answers on standard output and exits.

In: the length of the file (8 bytes), the file, then, once the heads were sent, the number of the sheet wanted and how
many rows and columns at most. Out: a line of JSON with the heads, then one a row. A refusal is a line of its own.
A cell is null, a text, a number or a truth value; or a pair: ["d", day or moment], ["f", formula], ["e", error],
["p", number shown as a per cent]. The last line tells which rows and columns are hidden, and what is merged.
"""

from __future__ import annotations

import io
import json
import re
import resource
import struct
import sys
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

MOST_BYTES = 360 * 1024 * 1024  # of address space, some of it only reserved
MOST_SECONDS = 60
MOST_MEMBERS, MOST_UNPACKED, MOST_RATIO = 2_000, 300 * 1024 * 1024, 300
MOST_OF_STYLES = 16 * 1024 * 1024
MOST_DEPTH, LONGEST_TAG, LONGEST_ROW = 1_000, 1024 * 1024, 16 * 1024 * 1024
CHUNK = 1024 * 1024
SMALL = 4 * 1024 * 1024  # what unpacks to less may be packed as tightly as it likes
HEAD_ROWS = 30
HEAD_SHEETS = 60
MOST_MERGED = 20_000
LONGEST = 100_001
ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
FILLED = re.compile(rb"<(?:v|t)\b[^>]*>[^<]")


if TYPE_CHECKING:
    from collections.abc import Iterator


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
        refuse_too_many_rows(raw, sheets[wanted]._worksheet_path, most_rows)
        about: dict[str, Any] = {}
        for number, cells in rows_of(book, sheets[wanted], most_rows, most_columns, about=about):
            _say([number, cells])
        _say({"end": about})
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
    """Judge the archive by its directory, then by its bytes, before anything is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            members = archive.infolist()
            _judge(members)
            for each in members:
                if each.filename.lower().endswith((".xml", ".rels")):
                    _walk(archive, each)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise Refused("file.damaged") from None


def _judge(members: list[zipfile.ZipInfo]) -> None:
    """By the directory alone."""
    names = [each.filename for each in members]
    if len(members) > MOST_MEMBERS or sum(each.file_size for each in members) > MOST_UNPACKED:
        raise Refused("file.too_large_inside")
    for each in members:
        if each.file_size > SMALL and each.file_size > MOST_RATIO * max(1, each.compress_size):
            raise Refused("file.too_large_inside")
        if each.filename.lower().endswith("styles.xml") and each.file_size > MOST_OF_STYLES:
            raise Refused("file.too_large_inside")
        if each.flag_bits & 1:
            raise Refused("file.password")
        if each.filename.startswith(("/", "\\")) or ".." in each.filename.replace("\\", "/").split("/"):
            raise Refused("file.damaged")
    if len(set(names)) < len(names):
        raise Refused("file.damaged")
    if "[Content_Types].xml" not in names or not any(name.lower().startswith("xl/workbook") for name in names):
        raise Refused("file.not_a_table")


def _walk(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse what would cost a parser all its memory: endless tags, endless rows, tags within tags without end."""
    depth = row = 0
    for text in _chunks(archive, member.filename):
        closed, alone = text.count(b"</"), text.count(b"/>")
        depth += text.count(b"<") - text.count(b"<?") - text.count(b"<!") - 2 * closed - alone
        begun = text.rfind(b"<row")
        row = len(text) - begun if begun >= 0 else row + len(text)
        if depth > MOST_DEPTH or (row > LONGEST_ROW and "/worksheets/" in member.filename):
            raise Refused("file.too_large_inside")


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A member's bytes, cut where no tag is cut."""
    rest = b""
    with archive.open(name) as source:
        while chunk := source.read(CHUNK):
            text = rest + chunk
            last = text.rfind(b"<")
            cut = last if last >= 0 and text.find(b">", last) < 0 else len(text)
            rest = text[cut:]
            if len(rest) > LONGEST_TAG:
                raise Refused("file.too_large_inside")
            yield text[:cut]
    yield rest


def refuse_too_many_rows(raw: bytes, name: str, most: int) -> None:
    """Look for a filled row beyond the last one, which is much sooner done than to read them all."""
    beyond = False
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for text in _chunks(archive, name):
            at = 0
            if not beyond:
                last = ROW.match(text, max(0, text.rfind(b"<row ")))
                if last is None or int(last[1]) <= most:
                    continue
                at = next(each.start() for each in ROW.finditer(text) if int(each[1]) > most)
                beyond = True
            if FILLED.search(text, at):
                raise Refused("file.too_many_rows", most=most)


def opened(raw: bytes) -> Any:
    """The workbook, its strings read, its sheets not yet."""
    if not openpyxl.DEFUSEDXML:
        raise Refused("file.damaged")
    ReadOnlyWorksheet._get_size = lambda _sheet: None  # it would parse a whole sheet that doesn't say how large it is
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


def rows_of(
    book: Any, sheet: Any, most_rows: int, most_columns: int, *, cut: bool = False, about: dict[str, Any] | None = None
) -> Any:
    """Number and cells of each row that holds something; gaps cost nothing. At the end `about` tells of the sheet."""
    shares = _shares(book)
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
                yield number, [_plain(filled.get(at), shares) for at in range(1, width + 1)]
            if about is not None:
                about.update(_about(parser))
    except (Refused, MemoryError, GeneratorExit):
        raise
    except Exception:  # noqa: BLE001 (the same)
        raise Refused("file.damaged") from None


def _shares(book: Any) -> set[int]:
    """The styles that show a number as a per cent."""
    own = {164 + at for at, shown in enumerate(book._number_formats) if "%" in shown}
    return {at for at, style in enumerate(book._cell_styles) if style.numFmtId in {9, 10} | own}


def _about(parser: Any) -> dict[str, Any]:
    """Rows and columns that are hidden, and [first row, last row, column] of what is merged downwards, places from 0."""
    hidden = {name for name, each in parser.column_dimensions.items() if _is_hidden(each)}
    merged = [range_boundaries(each.ref) for each in parser.merged_cells.mergeCell] if parser.merged_cells else []
    return {
        "rows": [int(number) for number, each in parser.row_dimensions.items() if _is_hidden(each)],
        "columns": sorted(column_index_from_string(each) - 1 for each in hidden),
        "merged": [
            [top, low, left - 1] for left, top, right, low in merged[:MOST_MERGED] if left == right and top < low
        ],
    }


def _is_hidden(about: Any) -> bool:
    return about.get("hidden") in {"1", "true"}


def _plain(cell: Any, shares: Any) -> Any:
    if cell is None:
        return None
    value, kind = cell["value"], cell["data_type"]
    if isinstance(value, int | float) and not isinstance(value, bool) and cell["style_id"] in shares:
        return ["p", value]
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
