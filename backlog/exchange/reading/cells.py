"""Cells as people fill them: texts, names and words. What a program would compute is never read.

A cell is "" (empty), text, a number, a truth value, a day or a moment; or one of the marks below.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

LONGEST_CELL = 100_000
BETWEEN = re.compile(r"[,;\uff0c\uff1b、\n|]")
WORD = re.compile(r'\s*"((?:[^"]|"")+)"\s*(?=[,;\uff0c\uff1b、\n|]|$)|([^,;\uff0c\uff1b、\n|]+)')
NOTHING = frozenset(
    {
        "-",
        "--",
        "—",
        "——",
        "–",
        "/",
        "\\",
        "无",
        "暂无",
        "未定",
        "待定",
        "待确认",
        "待补充",
        "不详",
        "不适用",
        "n/a",
        "na",
        "null",
        "none",
        "nil",
        "tbd",
    }
)
ROUNDED = re.compile(r"^\d(?:\.\d+)?E\+1[1-9]$")  # as a spreadsheet shows and saves a number of twelve digits or more
NUMBERED = re.compile(r"\s*\(#\d+\)$")


class Formula(str):
    """A formula: shown as typed, never computed."""

    __slots__ = ()


class Broken(str):
    """An error value such as #N/A."""

    __slots__ = ()


class TooLong(str):
    """The beginning of a text longer than a cell may be."""

    __slots__ = ()


Cell = Any


class Unread(Exception):
    """A cell that isn't what its column asks for: a code and its facts. Without it the row still stands where told so."""

    is_left_out = False

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands in a cell; a dash or "无" alone is nothing too only where a value is asked for."""
    return cell is None or (isinstance(cell, str) and not isinstance(cell, Formula) and not cell.strip())


def is_nothing(cell: Cell) -> bool:
    """Whether a cell that is asked for a figure or a day has none: empty, a dash, 无 or n/a.

    >>> [is_nothing(each) for each in ("", " — ", "无", "N/A", "0", 0)]
    [True, True, True, True, False, False]
    """
    return is_empty(cell) or (isinstance(cell, str) and len(cell) < 20 and plain(cell).casefold() in NOTHING)


def check(cell: Cell) -> None:
    """Refuse a cell that can't be read as anything."""
    if isinstance(cell, Formula):
        raise Unread("cell.formula", text=cell[:60])
    if isinstance(cell, Broken):
        raise Unread("cell.broken", text=cell[:60])
    if isinstance(cell, TooLong):
        raise Unread("value.too_long", most=LONGEST_CELL)


def text(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, days as 2026-06-30.

    >>> text(6.0), text(date(2026, 6, 30)), text(" 质检 ")
    ('6', '2026-06-30', '质检')
    """
    check(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{int(cell)}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        midnight = not (cell.hour or cell.minute or cell.second)
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def plain(cell: Cell) -> str:
    """A cell's text with full-width forms folded, for values that are not prose."""
    return unicodedata.normalize("NFKC", text(cell)).strip()


def named(cell: Cell) -> str:
    """The name of a thing of another tool, without its number there: 智能质检(#3), /视觉(#5).

    >>> named("智能质检(#3)"), named("/视觉(#5)"), named("/(#0)"), named("迭代 3")
    ('智能质检', '视觉', '', '迭代 3')
    """
    found = text(cell)
    bare = NUMBERED.sub("", found)
    return bare if bare == found else bare.lstrip("/").strip()


class LeftOut(Unread):
    """A cell that says nothing to be relied on, but whose row can do without."""

    is_left_out = True


def key(cell: Cell) -> str:
    """What a thing is called elsewhere; left out where a spreadsheet kept only the first digits of a long number.

    >>> key("QC-12"), key(12.0), key("0012")
    ('QC-12', '12', '0012')
    """
    found = text(cell)
    if ROUNDED.match(found) or (isinstance(cell, float) and abs(cell) >= 1e15):
        raise LeftOut("cell.rounded", text=found[:40])
    return found


def one_of(cell: Cell, words: Mapping[str, str]) -> str | None:
    """A word's code, whichever language it is written in; None where the cell is empty."""
    typed = plain(cell).casefold()
    if not typed:
        return None
    found = words.get(typed)
    if found is None and typed in NOTHING:
        return None
    if found is None:
        raise Unread("value.unknown_choice", choices=sorted(set(words.values())))
    return found


def several(cell: Cell, blanks: bool = False) -> list[str]:
    """Words between commas, semicolons, 、 or line breaks, or `blanks`; each once, in their order; in quotes a word may hold those.

    >>> several('数据、质检;MES, 数据,"a, b"')
    ['数据', '质检', 'MES', 'a, b']
    """
    typed = text(cell)
    words = WORD.findall(re.sub(r"\s+", ",", typed) if blanks else typed)
    found = [quoted.replace('""', '"') if quoted else plain for quoted, plain in words]
    return list(dict.fromkeys(each.strip() for each in found if each.strip()))


def joined(words: Iterable[object]) -> str:
    """Words as one cell, so that `several` gives them back.

    >>> joined(["数据", "a, b"])
    '数据, "a, b"'
    """
    return ", ".join(_quoted(str(each)) for each in words)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"' if BETWEEN.search(word) or word.startswith('"') else word
