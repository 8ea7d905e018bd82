"""Cells as people fill them: amounts, numbers, days, shares, words. What a program would compute is never read.

A cell is "" (empty), text, a number, a truth value, a day or a moment; or one of the marks below.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from backlog.kernel.money import MOST, from_fen, read_amount, to_fen

LONGEST_CELL = 100_000
BETWEEN = re.compile(r"[,;\uff0c\uff1b、\n|]")
WORD = re.compile(r'\s*"((?:[^"]|"")+)"\s*(?=[,;\uff0c\uff1b、\n|]|$)|([^,;\uff0c\uff1b、\n|]+)')
PLAIN_NUMBER = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$|^[+-]?\.\d+$")
NOTHING = frozenset(
    {"-", "--", "—", "——", "–", "/", "\\", "无", "暂无", "未定", "不适用", "n/a", "na", "null", "none", "nil", "tbd"}
)
NUMBERED = re.compile(r"\s*\(#\d+\)$")
NEGATIVE = re.compile(r"^\((.+)\)$|^([^-].*)-$")  # as accountants write it: (5,000), 5,000-
FACTORS = {"": 1, "元": 1, "千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000, "亿": 100_000_000}


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
    """A cell that isn't what its column asks for: a code and its facts."""

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


def number(cell: Cell) -> Decimal | None:
    """A number: 1,200, 5.6, −3, 12%, 3万; None where the cell is empty.

    >>> [str(number(each)) for each in ("1,200", "３.5", "12 %", 6.0, "2.5万")]
    ['1200', '3.5', '12', '6', '25000.0']
    """
    check(cell)
    if is_nothing(cell):
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _decimal(text(cell) if isinstance(cell, float) else str(cell))
    typed = _signed(_bare(plain(cell))).lower()
    factor = 1
    if typed.endswith("%"):
        typed = typed.removesuffix("%")
    elif typed[-1:] in FACTORS:
        factor, typed = FACTORS[typed[-1]], typed[:-1]
    if not PLAIN_NUMBER.match(typed):
        raise Unread("value.number")
    return _decimal(typed.replace(",", "")) * factor


def _decimal(typed: str) -> Decimal:
    if len(typed) > 40:
        raise Unread("value.number")
    try:
        found = Decimal(typed)
    except InvalidOperation:
        raise Unread("value.number") from None
    if not found.is_finite() or (found and abs(found.adjusted()) > 18):
        raise Unread("value.number")
    return found


def amount(cell: Cell, unit: str = "") -> Decimal | None:
    """Yuan; the header's unit counts where the cell names none of its own: 20 under 万元 is ¥200,000.

    >>> str(amount("4.2", "万元")), str(amount("20万", "万元")), str(amount("¥200,000"))
    ('42000.00', '200000.00', '200000.00')
    """
    check(cell)
    if is_nothing(cell):
        return None
    typed = text(cell) if isinstance(cell, float | int) else _signed(plain(cell))
    try:
        bare = (
            number(cell if isinstance(cell, float | int) else typed)
            if not isinstance(cell, str) or PLAIN_NUMBER.match(_bare(typed))
            else None
        )
        if bare is None:
            return read_amount(typed)
        yuan = bare * YUAN.get(unit, 1)
        if abs(yuan) > MOST:
            raise Unread("value.range", least=0, most=MOST)
        return from_fen(to_fen(_without_noise(yuan, cell)))
    except (ValueError, ArithmeticError):
        raise Unread("value.money") from None


def _bare(typed: str) -> str:
    return typed.replace("−", "-").replace(" ", "")


def _signed(typed: str) -> str:
    """A negative figure with its sign before it; a year's amount without what it is an amount of.

    >>> _signed("(5,000)"), _signed("5000-"), _signed("20万元/年")
    ('-5,000', '-5000', '20万元')
    """
    typed = typed.removesuffix("/年").removesuffix("每年")
    match = NEGATIVE.match(typed)
    return f"-{match[1] or match[2]}" if match else typed


def _without_noise(yuan: Decimal, cell: Cell) -> Decimal:
    """A spreadsheet's float is known to 15 digits: 0.1 + 0.2 万元 is ¥3,000.00."""
    return Decimal(f"{yuan:.15g}") if isinstance(cell, float) else yuan


YUAN = {"元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
WEEKS = {
    "person_hours": Decimal("0.025"),
    "person_weeks": Decimal(1),
    "person_days": Decimal("0.2"),
    "person_months": Decimal("4.35"),
}


def weeks(cell: Cell, unit: str = "") -> float | None:
    """Person-weeks; five person-days or 40 hours are one, 4.35 a person-month. The cell may name its own unit.

    >>> weeks("6"), weeks("30人天"), weeks(15, "person_days")
    (6.0, 6.0, 3.0)
    """
    if is_nothing(cell):
        return None
    own = next(
        (name for word, name in EFFORT_WORDS.items() if isinstance(cell, str) and plain(cell).lower().endswith(word)),
        "",
    )
    if own:
        word = next(each for each in EFFORT_WORDS if plain(cell).lower().endswith(each))
        cell, unit = plain(cell).lower().removesuffix(word).strip(), own
    found = number(cell)
    return None if found is None else float(found * WEEKS.get(unit, Decimal(1)))


EFFORT_WORDS = {
    **dict.fromkeys(("人时", "小时", "工时", "person-hours", "hours", "h"), "person_hours"),
    "人周": "person_weeks",
    "人天": "person_days",
    "人日": "person_days",
    "人月": "person_months",
    "person-weeks": "person_weeks",
    "person weeks": "person_weeks",
    "person-days": "person_days",
    "person days": "person_days",
    "person-months": "person_months",
    "person months": "person_months",
    "周": "person_weeks",
    "天": "person_days",
}


def share(cell: Cell, unit: str = "") -> Decimal | None:
    """A probability from 0 to 1; 75%, 75 under a header in per cent and 0.75 are the same.

    >>> str(share("75%")), str(share(75, "%")), str(share("0.75"))
    ('0.75', '0.75', '0.75')
    """
    found = number(cell)
    if found is None:
        return None
    in_percent = unit == "%" or (isinstance(cell, str) and plain(cell).endswith("%"))
    return found / 100 if in_percent else found


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


def several(cell: Cell) -> list[str]:
    """Words between commas, semicolons, 、 or line breaks; each once, in their order; in quotes a word may hold those.

    >>> several('数据、质检;MES, 数据,"a, b"')
    ['数据', '质检', 'MES', 'a, b']
    """
    found = [quoted.replace('""', '"') if quoted else plain for quoted, plain in WORD.findall(text(cell))]
    return list(dict.fromkeys(each.strip() for each in found if each.strip()))


def joined(words: Iterable[object]) -> str:
    """Words as one cell, so that `several` gives them back.

    >>> joined(["数据", "a, b"])
    '数据, "a, b"'
    """
    return ", ".join(_quoted(str(each)) for each in words)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"' if BETWEEN.search(word) or word.startswith('"') else word
