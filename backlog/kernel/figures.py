"""Numbers as people type them: a comma only groups thousands; what could be ten times as much is never guessed."""

import re
import unicodedata
from decimal import Decimal

LONGEST = 60
_NUMBER = re.compile(r"([+-]?)([1-9]\d{0,2}(?:,\d{3})+|\d{1,18})(\.\d{1,9})?")
_DECIMAL_COMMA = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+|\d{1,18}),(\d{1,9})")


class DecimalComma(ValueError):
    """A comma where decimals begin, as in 6,1; `reading` is what it may mean, with a point."""

    def __init__(self, reading: str) -> None:
        super().__init__(reading)
        self.reading = reading


def read_figure(text: str, units: tuple[str, ...] = ()) -> Decimal:
    """A number, perhaps followed by one of the units; ValueError where it can't be one.

    >>> [str(read_figure(t, ("周", "%"))) for t in ("1,200", "12,345.6", "５周", "−3 %")]
    ['1200', '12345.6', '5', '-3']
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("−", "-") if len(text) <= LONGEST else ""
    bare = _without_unit(plain, units)
    if match := _NUMBER.fullmatch(bare):
        sign, whole, part = match.groups()
        return Decimal(sign + whole.replace(",", "") + (part or ""))
    if match := _DECIMAL_COMMA.fullmatch(bare):
        sign, whole, part = match.groups()
        raise DecimalComma(f"{sign}{whole.replace('.', '')}.{part}")
    raise ValueError("not a number")


def _without_unit(text: str, units: tuple[str, ...]) -> str:
    """The text before a unit it ends with, whatever its case."""
    folded = text.casefold()
    for unit in sorted((unicodedata.normalize("NFKC", each).strip().casefold() for each in units), key=len)[::-1]:
        if unit and folded.endswith(unit):
            return text[: -len(unit)].rstrip()
    return text
