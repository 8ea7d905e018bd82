"""What all fields share: whether they must be filled, and texts that are read into values."""

import unicodedata
from typing import Any

from wtforms import Field
from wtforms.validators import Optional, StopValidation, ValidationError
from wtforms.widgets import TextInput

from backlog.kernel.figures import DecimalComma
from backlog.kernel.language import say_refusal
from backlog.kernel.text import is_storable


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


def validators(needed: bool, *more: Any) -> list[Any]:
    """Whether a field must be filled, and what else it must keep."""
    return [Needed() if needed else Optional(), *more]


class Unread(ValueError):
    """A text that can't be taken, for a reason of its own: a code and its facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class Typed(Field):
    """A text field whose text is read into a value; the text stays when it can't be read."""

    widget = TextInput()
    problem = "value.invalid"

    def __init__(self, label: str = "", needed: bool = False, **more: Any) -> None:
        super().__init__(label, validators(needed), **more)

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
        except DecimalComma as comma:
            raise ValueError(say_refusal("value.comma", {"reading": comma.reading})) from None
        except Unread as unread:
            raise ValueError(say_refusal(unread.code, unread.facts)) from None
        except (ValueError, ArithmeticError):
            raise ValueError(say_refusal(self.problem, self.bounds())) from None

    def bounds(self) -> dict[str, Any]:
        """Facts for the sentence."""
        return {}
