"""Two columns pasted from a spreadsheet: a day and a value a line, as people write them."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from backlog.kernel.figures import DecimalComma, read_figure

DAY = re.compile(r"^(\d{4})(?:[-/.年](\d{1,2}))(?:[-/.月](\d{1,2})日?|月)?$")
LINE = re.compile(r"^(?P<day>[\d年月日/.-]{6,11})[\t,; ]+(?P<value>[^\t;]{1,30})")
MOST_LINES = 5000


@dataclass(frozen=True)
class Line:
    """One pasted line: its number from 1, its text, and the day and value it holds, or what its value may mean."""

    at: int
    text: str
    day: date = date.min
    value: Decimal = Decimal(0)
    reading: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        """What a sentence names it by."""
        return {"line": self.at, "text": self.text[:60], "reading": self.reading}


@dataclass(frozen=True)
class Pasted:
    """The lines that could be read, and those that could not."""

    rows: list[Line]
    unread: list[Line]

    @property
    def repeated(self) -> list[Line]:
        """Every line whose day stands in another line too."""
        often = Counter(each.day for each in self.rows)
        return [each for each in self.rows if often[each.day] > 1]


def read_pasted(text: str, unit: str = "") -> Pasted:
    r"""Days and values, which may bear the KPI's unit; a heading on the first line and empty lines count for nothing.

    >>> [(str(each.day), str(each.value)) for each in read_pasted("周\t分钟\n2025-07-01\t12.5\n2025年7月\t1,200").rows]
    [('2025-07-01', '12.5'), ('2025-07-01', '1200')]
    """
    rows, unread = [], []
    for at, line in enumerate(unicodedata.normalize("NFKC", text).splitlines()[: MOST_LINES + 1], start=1):
        if not line.strip():
            continue
        found, is_read = _read(at, line.strip(), unit)
        if is_read:
            rows.append(found)
        elif at > 1 or found.reading:
            unread.append(found)
    return Pasted(rows, unread)


def _read(at: int, line: str, unit: str) -> tuple[Line, bool]:
    """One line, and whether it holds day and value; what follows in further columns counts for nothing."""
    shown = " ".join(line.split())
    match = LINE.match(line)
    day = read_day(match["day"]) if match else None
    if match is None or day is None:
        return Line(at, shown), False
    try:
        return Line(at, shown, day, read_figure(match["value"], (unit,))), True
    except DecimalComma as comma:
        return Line(at, shown, reading=comma.reading), False
    except ValueError:
        return Line(at, shown), False


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
