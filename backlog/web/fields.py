"""Form fields: values of the domain out of what people type, and a sentence where it can't be read."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from backlog.kernel.codes import read_id
from backlog.kernel.language import say_refusal
from backlog.web.number_fields import (
    DAYS,
    MONTHS,
    PER_CENT,
    POINTS,
    WEEKS,
    ChanceField,
    MoneyField,
    NumberField,
)
from backlog.web.typed import Fits, Needed, Typed, Unread, refuse, validators

EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)


def text(label: str, most: int = 200, needed: bool = False, **more: Any) -> StringField:
    """One line of text."""
    return StringField(label, validators(needed, Fits(most)), filters=[_stripped], **more)


def prose(label: str, most: int = 20_000, needed: bool = False, **more: Any) -> TextAreaField:
    """Several lines of text."""
    return TextAreaField(label, validators(needed, Fits(most)), filters=[_lines], **more)


def options(label: str, choices: Iterable[tuple[Any, Any]], coerce: Any = str, **more: Any) -> SelectField:
    """One of few."""
    offered = [SelectChoice(value, name) for value, name in choices]
    return SelectField(label, choices=offered, coerce=coerce, validate_choice=True, **more)


def _stripped(value: str | None) -> str:
    return (value or "").strip()


def _lines(value: str | None) -> str:
    return (value or "").replace("\r\n", "\n").replace("\r", "\n").strip()


def words_of(typed: str | None) -> list[str]:
    """Tags as people type them, however they are separated."""
    return [each.strip() for each in re.split(r"[,，、;；\n]", typed or "") if each.strip()]


class DayField(DateField):
    """A date as browsers send it, or 2026/7/1 and 2026年7月1日 as people type it; years 1990 to 2199."""

    def __init__(self, label: str = "", needed: bool = False, **more: Any) -> None:
        super().__init__(label, validators(needed), **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a day."""
        typed = unicodedata.normalize("NFKC", str(valuelist[0])).strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", typed)
        try:
            found = date(*map(int, match.groups())) if match else None
        except ValueError:
            found = None
        if found is None or not EARLIEST <= found <= LATEST:
            raise ValueError(say_refusal("value.date", {}))
        self.data = found


class OneOf(SelectField):
    """A choice among ids or words, empty for none; what isn't offered doesn't exist."""

    def __init__(self, label: str = "", needed: bool = False, **more: Any) -> None:
        super().__init__(label, validators(needed), choices=[], coerce=str, validate_choice=False, **more)

    def offer(self, pairs: Iterable[tuple[Any, str]], none: str | None = None) -> None:
        """Set what can be chosen; `none` names the empty choice."""
        self.choices = [("", none)] if none is not None else []
        self.choices += [(str(value), name) for value, name in pairs]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was chosen; blank is nothing."""
        super().process_formdata([str(each).strip() for each in valuelist])

    def pre_validate(self, form: Any) -> None:
        """Refuse what was not offered."""
        if self.data and self.data not in {value for value, _ in self.choices}:
            raise refuse("value.unknown_id")

    @property
    def number(self) -> int | None:
        """The chosen id; None where nothing was, or nothing that is a number."""
        return read_id(self.data)


class Several(SelectMultipleField):
    """Several choices among ids."""

    def __init__(self, label: str = "", **more: Any) -> None:
        super().__init__(label, [Optional()], choices=[], coerce=str, validate_choice=False, **more)

    def offer(self, pairs: Iterable[tuple[Any, str]]) -> None:
        """Set what can be chosen."""
        self.choices = [(str(value), name) for value, name in pairs]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was chosen, without blanks."""
        super().process_formdata([each for each in valuelist if str(each).strip()])

    def pre_validate(self, form: Any) -> None:
        """Refuse what was not offered."""
        if set(self.data or []) - {value for value, _ in self.choices}:
            raise refuse("value.unknown_id")

    @property
    def numbers(self) -> list[int]:
        """The chosen ids."""
        return [number for each in self.data or [] if (number := read_id(each)) is not None]


__all__ = [
    "DAYS",
    "MONTHS",
    "PER_CENT",
    "POINTS",
    "WEEKS",
    "BooleanField",
    "ChanceField",
    "DayField",
    "Fits",
    "HiddenField",
    "MoneyField",
    "Needed",
    "NumberField",
    "OneOf",
    "Several",
    "Typed",
    "Unread",
    "options",
    "prose",
    "refuse",
    "text",
]
