"""CSV as it comes: encoding and separator are found, RFC 4180 quoting, rows by position so that no column is lost."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from backlog.exchange.reading.cells import LONGEST_CELL, Cell, TooLong
from backlog.exchange.reading.guard import unguarded
from backlog.exchange.reading.tables import MOST_COLUMNS, MOST_ROWS, Book, Row, Sheet, Unreadable

SEPARATORS = (",", ";", "\t", "|", "\uff0c")
NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", "\uff0c": "comma"}
HEAD = 64 * 1024
FEW = 2  # strange characters: their cells are told, not the whole file refused
LOOKED_AT = 30  # rows that tell the separator
CONTROL = bytes({*range(32), 127} - {9, 10, 13, 27, 0})
BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

csv.field_size_limit(2**30)  # a cell too long is told by row and column, not by the library


def read_text(raw: bytes) -> Book:
    """The rows of a CSV file; Unreadable where it is none."""
    text, encoding = decode(raw)
    if not text.strip():
        raise Unreadable("file.empty")
    text, separator = _separator(text)
    rows = list(_rows(text, separator))
    return Book(Sheet("", rows), [], encoding, NAMES[separator])


def decode(raw: bytes) -> tuple[str, str]:
    """A file's text and the name of its encoding.

    >>> decode("质检".encode("gb18030")), decode("质检".encode("utf-8-sig"))
    (('质检', 'gb18030'), ('质检', 'utf-8'))
    """
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return _decoded(raw[len(bom) :], encoding)
    head = raw[:HEAD]
    if (wide := _wide(head)) is not None:
        return _decoded(raw, wide)
    if len(head) - len(head.translate(None, CONTROL)) > max(FEW, len(head) * 0.005):
        raise Unreadable("file.not_a_table")
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        try:
            return raw.decode("gb18030"), "gb18030"
        except UnicodeDecodeError as other:
            at = max(error.start, other.start)
            raise Unreadable("file.encoding", row=raw[:at].count(b"\n") + 1) from None


def _decoded(raw: bytes, encoding: str) -> tuple[str, str]:
    try:
        return raw.decode(encoding), encoding
    except UnicodeDecodeError as error:
        at = error.start
        row = raw[:at].decode(encoding, "replace").count("\n") + 1
        raise Unreadable("file.encoding", row=row) from None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of separators, digits and line ends is NUL."""
    if len(head) < 4 or head.count(0) < len(head) * 0.05:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    most, least = max(even, odd), min(even, odd)
    if most < 5 * (least + 1) and (least or most < 2):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _separator(text: str) -> tuple[str, str]:
    """The text without a hint on its first line (`sep=;`), and what stands between its cells."""
    first, _, rest = text.partition("\n")
    hint = first.strip().lower().removeprefix("sep=")
    if first.lower().startswith("sep=") and hint in SEPARATORS:
        return "\n" + rest, hint  # the hint's row stays counted
    begun = text[:HEAD]
    return text, max(SEPARATORS, key=lambda each: (_agreement(begun, each), -SEPARATORS.index(each)))


def _agreement(begun: str, separator: str) -> float:
    """How many rows have the commonest width above one, weighed by that width: the true separator has the most."""
    widths = []
    try:
        for row in csv.reader(io.StringIO(begun, newline=""), delimiter=separator):
            widths.append(len(row))
            if len(widths) == LOOKED_AT:
                break
    except csv.Error:
        return 0.0
    counted = Counter(width for width in widths if width > 1)
    if not counted:
        return 0.0
    width, times = counted.most_common(1)[0]
    if times < len(widths) * 0.6 and separator != ",":
        return 0.0
    return times / len(widths) * 100 + min(width, 50)


def _rows(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=_closes(text))
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS + 1:
                raise Unreadable("file.too_many_rows", most=MOST_ROWS)
            if len(cells) > MOST_COLUMNS:
                raise Unreadable("file.too_many_columns", most=MOST_COLUMNS, row=number)
            if any(cells):
                yield Row(number, [_cell(each) for each in cells])
    except csv.Error:
        raise Unreadable("file.open_quote", row=number + 1) from None


def _closes(text: str) -> bool:
    """Whether to insist that quotes close: not where they are only doubled oddly, as some programs write them."""
    return text.count('"') % 2 == 1


def _cell(typed: str) -> Cell:
    if len(typed) > LONGEST_CELL:
        return TooLong(typed[:LONGEST_CELL])
    return unguarded(typed)
