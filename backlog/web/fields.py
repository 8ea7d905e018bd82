"""Form fields: values of the domain out of what people type, and a sentence where it can't be read."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, StopValidation, ValidationError
from wtforms.widgets import TextInput

from backlog.kernel.language import say_refusal
from backlog.kernel.money import read_amount
from backlog.kernel.text import is_storable
from backlog.web.formats import plain_money

EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)
LARGEST = 2**53
_NUMBER = re.compile(r"^[+-]?(\d{1,3}(,\d{3}){1,5}|\d{1,18})(\.\d{1,9})?$")  # a comma parts thousands, nothing else


def refuse(code: str, **facts: Any) -> ValidationError:
    """What to raise: the sentence of a code."""
    return ValidationError(say_refusal(code, facts))


class Needed:
    """The field must be filled."""

    field_flags = {"required": True}

    def __call__(self, _form: Any, field: Field) -> None:
        """Stop at an empty field."""
        if field.raw_data and isinstance(field.raw_data[0], str) and field.raw_data[0].strip():
            return
        if field.data not in (None, "", []):
            return
        field.errors = [*field.errors] if not isinstance(field.errors, list) else field.errors
        raise StopValidation(None if field.errors else say_refusal("value.required", {}))


class Fits:
    """A text of at most so many characters that both databases can keep."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"maxlength": most}

    def __call__(self, _form: Any, field: Field) -> None:
        """Refuse control characters and too much text."""
        text = field.data or ""
        if len(text) > self.most:
            raise refuse("value.too_long", most=self.most)
        if not is_storable(text):
            raise refuse("value.characters")


def _validators(needed: bool, *more: Any) -> list[Any]:
    return [Needed() if needed else Optional(), *more]


def text(label: str, most: int = 200, needed: bool = False, **more: Any) -> StringField:
    """One line of text."""
    return StringField(label, _validators(needed, Fits(most)), filters=[_stripped], **more)


def prose(label: str, most: int = 20_000, needed: bool = False, **more: Any) -> TextAreaField:
    """Several lines of text."""
    return TextAreaField(label, _validators(needed, Fits(most)), filters=[_lines], **more)


def options(label: str, choices: Iterable[tuple[Any, Any]], coerce: Any = str, **more: Any) -> SelectField:
    """One of few."""
    offered = [SelectChoice(value, name) for value, name in choices]
    return SelectField(label, choices=offered, coerce=coerce, validate_choice=True, **more)


def _stripped(value: str | None) -> str:
    return (value or "").strip()


def _lines(value: str | None) -> str:
    return (value or "").replace("\r\n", "\n").replace("\r", "\n").strip()


class Typed(Field):
    """A text field whose text is read into a value; the text stays when it can't be read."""

    widget = TextInput()
    problem = "value.invalid"

    def __init__(self, label: str = "", needed: bool = False, **more: Any) -> None:
        super().__init__(label, _validators(needed), **more)

    def read(self, typed: str) -> Any:
        """The value of a text; ValueError where it has none."""
        raise ValueError

    def write(self, value: Any) -> str:
        """The text of a value."""
        return str(value)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed, full-width forms like half-width ones."""
        typed = unicodedata.normalize("NFKC", str(valuelist[0])).strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        try:
            if len(typed) > 100:
                raise ValueError
            self.data = self.read(typed)
        except (ValueError, ArithmeticError):
            raise ValueError(say_refusal(self.problem, self.bounds())) from None

    def bounds(self) -> dict[str, Any]:
        """Facts for the sentence."""
        return {}


class MoneyField(Typed):
    """An amount: 20万, 20w, 200,000 and ¥200000 are the same."""

    problem = "value.money"

    def __init__(self, label: str = "", needed: bool = False, negative: bool = False, **more: Any) -> None:
        super().__init__(label, needed, **more)
        self.negative = negative

    def read(self, typed: str) -> Decimal:
        """Yuan."""
        amount = read_amount(typed)
        if amount < 0 and not self.negative:
            raise ValueError
        return amount

    def write(self, value: Decimal) -> str:
        """Digits as typed."""
        return plain_money(value)


class NumberField(Typed):
    """A number with bounds; `places=0` for whole ones."""

    problem = "value.range"

    def __init__(
        self,
        label: str = "",
        needed: bool = False,
        least: float = -LARGEST,
        most: float = LARGEST,
        places: int = 6,
        **more: Any,
    ) -> None:
        super().__init__(label, needed, **more)
        self.least, self.most, self.places = least, most, places

    def read(self, typed: str) -> Any:
        """An int where no decimals are allowed, else a Decimal."""
        plain = typed.replace("−", "-").removesuffix("%").strip()
        if not _NUMBER.match(plain):
            raise ValueError
        value = Decimal(plain.replace(",", ""))
        if not self.least <= value <= self.most or -int(value.as_tuple().exponent) > self.places:
            raise ValueError
        return int(value) if self.places == 0 else value

    def write(self, value: Any) -> str:
        """Without trailing zeros."""
        return f"{Decimal(str(value)).normalize():f}"

    def bounds(self) -> dict[str, Any]:
        """Least and most."""
        return {"least": self.least, "most": self.most}


class DayField(DateField):
    """A date as browsers send it, or 2026/7/1 and 2026年7月1日 as people type it; years 1990 to 2199."""

    def __init__(self, label: str = "", needed: bool = False, **more: Any) -> None:
        super().__init__(label, _validators(needed), **more)

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
        super().__init__(label, _validators(needed), choices=[], coerce=str, validate_choice=False, **more)

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
        return _id(self.data)


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
        return [number for each in self.data or [] if (number := _id(each)) is not None]


def _id(typed: Any) -> int | None:
    text = str(typed or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


__all__ = [
    "BooleanField",
    "DayField",
    "Fits",
    "HiddenField",
    "MoneyField",
    "Needed",
    "NumberField",
    "OneOf",
    "Several",
    "Typed",
    "options",
    "prose",
    "refuse",
    "text",
]
