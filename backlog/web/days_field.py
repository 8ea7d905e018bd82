"""A field of many days: one a line or parted by commas, a span as 2026-10-01 – 2026-10-07; read in any usual writing."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from wtforms import TextAreaField

from backlog.kernel.language import say_refusal
from backlog.web.fields import EARLIEST, LATEST

LONGEST_SPAN = 366
DAY = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
DAYS = re.compile(rf"{DAY}(?:\s*(?:\.\.|–|—|~|至|到|\bto\b|\s-)\s*{DAY})?[\s,;、。；]*")
ONE = timedelta(days=1)


def read_days(text: str) -> list[date] | None:
    """The days of a text in order, each once; None where it holds anything else.

    >>> [each.day for each in read_days("2026-10-01 至 2026-10-03, 2026/10/10") or []]
    [1, 2, 3, 10]
    """
    plain, found, at = unicodedata.normalize("NFKC", text).strip(), set[date](), 0
    while at < len(plain):
        match = DAYS.match(plain, at)
        span = match and _span(match)
        if not match or not span:
            return None
        found.update(span)
        at = match.end()
    return sorted(found)


def _span(match: re.Match[str]) -> list[date]:
    parts = [int(each) for each in match.groups() if each is not None]
    try:
        first, last = date(*parts[:3]), date(*parts[-3:])
    except ValueError:
        return []
    length = (last - first).days
    is_sound = EARLIEST <= first <= last <= LATEST and length < LONGEST_SPAN
    return [first + timedelta(days=each) for each in range(length + 1)] if is_sound else []


def told_days(days: Iterable[date]) -> list[str]:
    """Days as they are written, neighbours as one span.

    >>> told_days([date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 10)])
    ['2026-10-01 – 2026-10-02', '2026-10-10']
    """
    spans: list[list[date]] = []
    for each in sorted(days):
        if spans and each - spans[-1][-1] == ONE:
            spans[-1].append(each)
        else:
            spans.append([each])
    return [f"{span[0]} – {span[-1]}" if len(span) > 1 else str(span[0]) for span in spans]


class DaysField(TextAreaField):
    """Many days, as a text of lines."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(told_days(self.data or []))

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read them."""
        found = read_days(str(valuelist[0])) if valuelist else []
        if found is None:
            raise ValueError(say_refusal("value.date", {}))
        self.data = found
