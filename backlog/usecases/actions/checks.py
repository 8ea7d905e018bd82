"""What values must keep, whichever door they come through; all faults at once, by field."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from backlog.kernel.refusal import Invalid, Wrong, wrong
from backlog.kernel.text import clean_name, is_storable

MOST_PROSE = 20_000
EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)


class Faults:
    """Collects what is wrong; `end()` raises it."""

    def __init__(self) -> None:
        self.errors: dict[str, list[Wrong]] = {}

    def add(self, field: str, code: str, **facts: Any) -> None:
        """One more fault of a field."""
        self.errors.setdefault(field, []).append(wrong(code, **facts))

    def end(self) -> None:
        """Refuse if anything was wrong."""
        if self.errors:
            raise Invalid(self.errors)

    def line(self, field: str, text: Any, most: int, needed: bool = False) -> str:
        """One line of text without what can't be seen."""
        plain = clean_name(self._text(field, text))
        if needed and not plain:
            self.add(field, "value.required")
        elif len(plain) > most:
            self.add(field, "value.too_long", most=most)
        return plain

    def prose(self, field: str, text: Any, most: int = MOST_PROSE, needed: bool = False) -> str:
        """Several lines of text."""
        plain = self._text(field, text).replace("\r\n", "\n").strip()
        if needed and not plain:
            self.add(field, "value.required")
        elif len(plain) > most:
            self.add(field, "value.too_long", most=most)
        return plain

    def one_of(self, field: str, value: Any, choices: Sequence[str]) -> None:
        """One of few words."""
        if value not in choices:
            self.add(field, "value.unknown_choice", choices=list(choices))

    def within(self, field: str, value: Any, least: float, most: float) -> None:
        """A finite number within bounds."""
        if isinstance(value, bool) or not least <= value <= most:
            self.add(field, "value.range", least=least, most=most)

    def day(self, field: str, value: date | None) -> None:
        """A day people may mean."""
        if value is not None and not EARLIEST <= value <= LATEST:
            self.add(field, "value.date")

    def _text(self, field: str, text: Any) -> str:
        if text is None:
            self.add(field, "value.null")
            return ""
        if not is_storable(str(text)):
            self.add(field, "value.characters")
            return ""
        return str(text)


def told(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Old and new value by field, for the journal; long texts cut."""
    return {name: [_short(before[name]), _short(after[name])] for name in after if before[name] != after[name]}


def _short(value: Any) -> Any:
    return value[:200] + "…" if isinstance(value, str) and len(value) > 200 else value
