"""Days as people and programs write them, in Chinese, English and numbers."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from backlog.exchange.reading.cells import Cell, Unread, check, is_nothing, plain, text
from backlog.kpis.pasted import read_day as read_iso_day

EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)
LONGEST = 60
DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CHINESE = ("一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月")
MONTHS = {name: at + 1 for names in (ENGLISH, CHINESE) for at, name in enumerate(names)}
MONTH = r"([A-Za-z]{3})[a-z]*\.?|([一二三四五六七八九十]{1,2}月)"
AFTER = r"(?:[\s,T].*)?$"
NAMED = re.compile(rf"^(?:\w{{3,9}},\s*)?(\d{{1,2}})[-/ .](?:{MONTH})[-/ .,]+(\d{{4}}|\d{{2}}){AFTER}")
NAMED_FIRST = re.compile(rf"^(?:{MONTH})[-/ .](\d{{1,2}}),?[-/ .]+(\d{{4}}){AFTER}")
NAMED_MONTH = re.compile(rf"^(?:{MONTH})[-/ .,]+(\d{{4}}|\d{{2}})$")
WITH_TIME = re.compile(r"^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[T (]?.*$")
NUMBERS = re.compile(rf"^(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){AFTER}")
WEEK = re.compile(r"^(\d{4})(?:[- ]?W|年第?)(\d{1,2})周?$|^W(\d{1,2})[-/ ](\d{4})$", re.IGNORECASE)
NEVER = re.compile(r"^0000[-/]00[-/]00\b")
MONTH_NUMBER = re.compile(r"^(\d{4})(0[1-9]|1[0-2])$")
QUARTER = re.compile(r"^(\d{4})年?[-/ ]?(?:q([1-4])|第?([一二三四1-4])季度?)$|^q([1-4])[-/ ]?(\d{4})$", re.IGNORECASE)
PART = re.compile(r"^(\d{4})年(?:(\d{1,2})月)?(初|上旬|中旬|中|下旬|底|末|上半年|下半年|年底|年末|内)?$")
PART_DAYS = {"初": 10, "上旬": 10, "中旬": 20, "中": 20}
FIRST_SERIAL, LAST_SERIAL, SERIAL_ZERO = 32_874, 109_574, date(1899, 12, 30)  # 1990 to 2199 as Excel counts days


def day(cell: Cell, order: str = "") -> date | None:
    """A day; None where the cell is empty. `order` says whether its column writes the day or the month first.

    >>> [str(day(each)) for each in ("2025-07-01", "2025/7/1", "2025年7月1日", "10/Apr/26 12:00 AM", "20250701")]
    ['2025-07-01', '2025-07-01', '2025-07-01', '2026-04-10', '2025-07-01']
    >>> [str(day(each)) for each in ("27/二月/26 10:00 上午", "March 2026", "13/5/2026", "2026-W10", "0000-00-00")]
    ['2026-02-27', '2026-03-01', '2026-05-13', '2026-03-02', 'None']
    >>> str(day("3/5/2026", "dmy")), str(day("3/5/2026", "mdy"))
    ('2026-05-03', '2026-03-05')
    """
    check(cell)
    if is_nothing(cell):
        return None
    if isinstance(cell, datetime):
        return _within(cell.date())
    if isinstance(cell, date):
        return _within(cell)
    if isinstance(cell, int | float) and FIRST_SERIAL <= cell <= LAST_SERIAL:
        return SERIAL_ZERO + timedelta(days=int(cell))
    typed = plain(cell) if isinstance(cell, str) else text(cell)
    if len(typed) > LONGEST:
        raise Unread("value.date")
    if NEVER.match(typed):
        return None
    found = _written(typed) or _numbered(typed, order)
    if found is None:
        raise Unread("value.date")
    return _within(found)


def deadline(cell: Cell, order: str = "") -> date | None:
    """A day, or the last one of a span: a quarter, the end of a month or year.

    >>> [str(deadline(each)) for each in ("2026Q3", "Q4 2026", "2026年三季度", "2026年6月底", "2026年底", "2026-06-01")]
    ['2026-09-30', '2026-12-31', '2026-09-30', '2026-06-30', '2026-12-31', '2026-06-01']
    """
    typed = plain(cell) if isinstance(cell, str) else ""
    match = QUARTER.match(typed)
    if match is not None:
        year, quarter = match[1] or match[5], match[2] or match[3] or match[4]
        return _within(_last(int(year), 3 * ("一二三四".find(quarter) + 1 or int(quarter))))
    match = PART.match(typed)
    if match is not None and match[3] and 1 <= int(match[2] or 12) <= 12:
        if (number := PART_DAYS.get(match[3])) is not None and match[2]:
            return _within(date(int(match[1]), int(match[2]), number))
        return _within(_last(int(match[1]), int(match[2] or (6 if match[3] in ("上半年", "中") else 12))))
    return day(cell, order)


def _last(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def order_of(cells: Iterable[Cell]) -> str:
    """Whether a column's days in numbers write the day or the month first, told by one that can be only that.

    >>> order_of(["3/5/2026", "13/5/2026"]), order_of(["3/5/2026"]), order_of(["13/5/2026", "5/13/2026"])
    ('dmy', '', '')
    """
    found = {_order(plain(each)) for each in cells if isinstance(each, str) and len(each) <= LONGEST} - {""}
    return found.pop() if len(found) == 1 else ""


def _order(typed: str) -> str:
    match = NUMBERS.match(typed)
    if match is None:
        return ""
    first, second = int(match[1]), int(match[3])
    return DAY_FIRST if first > 12 >= second else MONTH_FIRST if second > 12 >= first else ""


def _within(found: date) -> date:
    if not EARLIEST <= found <= LATEST:
        raise Unread("value.date")
    return found


def _written(typed: str) -> date | None:
    """What names its parts by words or by their order from the year on."""
    if match := WITH_TIME.match(typed):
        typed = match[1]
    if len(typed) == 8 and typed.isdecimal() and typed.isascii():
        typed = f"{typed[:4]}-{typed[4:6]}-{typed[6:]}"
    if MONTH_NUMBER.match(typed):
        typed = f"{typed[:4]}-{typed[4:]}"
    if typed.isdecimal() and typed.isascii() and len(typed) < 8 and FIRST_SERIAL <= int(typed) <= LAST_SERIAL:
        return SERIAL_ZERO + timedelta(days=int(typed))
    if match := WEEK.match(typed):
        return _made(lambda: date.fromisocalendar(int(match[1] or match[4]), int(match[2] or match[3]), 1))
    return read_iso_day(typed) or _named(typed)


def _named(typed: str) -> date | None:
    if match := NAMED.match(typed):
        number, english, chinese, year = match.groups()
    elif match := NAMED_FIRST.match(typed):
        english, chinese, number, year = match.groups()
    elif match := NAMED_MONTH.match(typed):
        (english, chinese, year), number = match.groups(), "1"
    else:
        return None
    month = MONTHS.get(chinese or english.lower())
    full = int(year) + (2000 if len(year) == 2 else 0)
    return None if month is None else _made(lambda: date(full, month, int(number)))


def _numbered(typed: str, order: str) -> date | None:
    """13/5/2026; where day and month could be either, only the column's order tells, and dots put the day first."""
    match = NUMBERS.match(typed)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    known = _order(typed) or (DAY_FIRST if match[2] == "." else order)
    if first == second:
        known = known or DAY_FIRST
    if not known and max(first, second) <= 12:
        either = [f"{year}-{month:02}-{number:02}" for number, month in ((first, second), (second, first))]
        raise Unread("value.date_either", text=typed, first=either[0], second=either[1])
    number, month = (first, second) if known == DAY_FIRST else (second, first)
    return _made(lambda: date(year, month, number))


def _made(make: Callable[[], date]) -> date | None:
    try:
        return make()
    except ValueError:
        return None
