"""Two columns pasted from a spreadsheet: a day and a value a line, as people write them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

DAY = re.compile(r"^(\d{4})(?:[-/.年](\d{1,2}))(?:[-/.月](\d{1,2})日?|月)?$")
VALUE = re.compile(r"^[+-]?(\d{1,3}(,\d{3}){1,4}|\d{1,15})(\.\d{1,9})?$")
LINE = re.compile(r"^(?P<day>[\d年月日/.-]{6,11})[\t,; ]+(?P<value>[^\t;]{1,30})")
MOST_LINES = 5000


@dataclass(frozen=True)
class Pasted:
    """What was read, and the numbers of the lines (from 1) that could not be."""

    rows: list[tuple[date, float]]
    unread: list[int]


def read_pasted(text: str) -> Pasted:
    r"""Days and values; a heading on the first line and empty lines count for nothing.

    >>> read_pasted("周\t分钟\n2025-07-01\t12.5\n2025年7月\t1,200").rows
    [(datetime.date(2025, 7, 1), 12.5), (datetime.date(2025, 7, 1), 1200.0)]
    """
    rows, unread = [], []
    for at, line in enumerate(unicodedata.normalize("NFKC", text).splitlines()[: MOST_LINES + 1], start=1):
        if not line.strip():
            continue
        found = _row(line.strip())
        if found is not None:
            rows.append(found)
        elif at > 1:
            unread.append(at)
    return Pasted(rows, unread)


def _row(line: str) -> tuple[date, float] | None:
    """One line's day and value; what follows in further columns counts for nothing."""
    match = LINE.match(line)
    if match is None:
        return None
    day, value = read_day(match["day"]), read_value(match["value"])
    return None if day is None or value is None else (day, value)


def read_day(text: str) -> date | None:
    """2025-07-01, 2025/7/1, 2025年7月1日; a month alone is its first day."""
    match = DAY.match(text)
    if match is None:
        return None
    try:
        found = date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2199 else None


def read_value(text: str) -> float | None:
    """12.5, 1,200, 5.6 %, −3; a comma parts thousands and nothing else.

    >>> read_value("1,200"), read_value("0,4")
    (1200.0, None)
    """
    plain = text.replace("−", "-").removesuffix("%").strip()
    return float(plain.replace(",", "")) if VALUE.match(plain) else None
