"""Schema fields: strict values in, API.md's forms out; what is wrong leaves as a code."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from backlog.kernel.money import MOST, to_fen
from backlog.kernel.refusal import wrong

EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)
LARGEST_ID = 2**63 - 1
PARTS = ("low", "likely", "high")
_DECIMAL = re.compile(r"^-?\d{1,15}(\.\d{1,2}0*)?$")

_CODES = {
    "required": "value.required",
    "null": "value.null",
    "validator_failed": "value.invalid",
    "invalid": "value.invalid",
}
for _kind in (fields.Field, fields.String, fields.Integer, fields.List, fields.Nested, fields.Boolean):
    _kind.default_error_messages = {
        **_kind.default_error_messages,
        **_CODES,
        "type": "value.object",
        "unknown": "value.unknown_field",
    }


def fail(code: str, **facts: Any) -> ValidationError:
    """What to raise: one code with its facts."""
    return ValidationError([wrong(code, **facts)])


class ApiSchema(Schema):
    """Unknown and read-only fields are refused by name."""

    error_messages = {"unknown": "value.unknown_field", "type": "value.object"}

    class Meta:
        """Nothing unknown passes."""

        unknown = RAISE


class Text(fields.String):
    """A text of bounded length."""

    def __init__(self, most: int = 200, least: int = 0, **more: Any) -> None:
        metadata = {"maxLength": most, "minLength": least, **more.pop("metadata", {})}
        super().__init__(metadata=metadata, **more)
        self.most, self.least = most, least

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise fail("value.text")
        if not self.least <= len(value.strip()) or len(value) > self.most:
            raise fail("value.length", least=self.least, most=self.most)
        return value


class Choice(Text):
    """One of few words."""

    def __init__(self, choices: tuple[str, ...], **more: Any) -> None:
        super().__init__(most=60, metadata={"enum": list(choices)}, **more)
        self.choices = choices

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if value not in self.choices:
            raise fail("value.unknown_choice", choices=list(self.choices))
        return str(value)


class Flag(fields.Boolean):
    """true or false, nothing like them."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise fail("value.flag")
        return value


class Whole(fields.Integer):
    """A whole number within bounds; 1.9, "1" and true are none."""

    def __init__(self, least: int = -(2**53), most: int = 2**53, **more: Any) -> None:
        super().__init__(metadata={"minimum": least, "maximum": most, **more.pop("metadata", {})}, **more)
        self.least, self.most = least, most

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise fail("value.whole")
        if not self.least <= value <= self.most:
            raise fail("value.range", least=self.least, most=self.most)
        return value


class IdField(Whole):
    """The id of a thing; whether it exists and may be used is the action's matter."""

    def __init__(self, **more: Any) -> None:
        super().__init__(least=1, most=LARGEST_ID, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise fail("value.whole")
        if not 1 <= value <= LARGEST_ID:
            raise fail("value.unknown_id")
        return value


class Number(fields.Field[Any]):
    """A number within bounds, as float; money is never one."""

    def __init__(self, least: float = -1e15, most: float = 1e15, **more: Any) -> None:
        super().__init__(
            metadata={"type": "number", "minimum": least, "maximum": most, **more.pop("metadata", {})}, **more
        )
        self.least, self.most = least, most

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> float | int | None:
        if value is None:
            return None
        plain = float(value)
        return int(plain) if plain.is_integer() and abs(plain) < 2**53 else plain

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise fail("value.number")
        if not self.least <= value <= self.most:
            raise fail("value.range", least=self.least, most=self.most)
        return float(value)


class Hundredths(Number):
    """A number with at most two decimals (per cent), as `Decimal`."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        super()._deserialize(value, attr, data, **kwargs)
        number = Decimal(value)
        if number != number.quantize(Decimal("0.01")):
            raise fail("value.range", least=self.least, most=self.most)
        return number


class Money(fields.Field[Any]):
    """Yuan: out as "200000.00"; in as such a text, a whole number or a decimal that loses no fen."""

    def __init__(self, negative: bool = False, **more: Any) -> None:
        super().__init__(
            metadata={"type": ["string", "number"], "example": "200000.00", **more.pop("metadata", {})}, **more
        )
        self.negative = negative

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else f"{Decimal(value):.2f}"

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Decimal:
        try:
            if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
                raise ValueError  # noqa: TRY004 - every fault of an amount is told alike
            if isinstance(value, str) and not (value.isascii() and _DECIMAL.match(value)):
                raise ValueError
            amount = Decimal(value)
            to_fen(amount)
        except (ValueError, InvalidOperation):
            raise fail("value.money") from None
        if abs(amount) > MOST or (amount < 0 and not self.negative):
            raise fail("value.range", least=-MOST if self.negative else 0, most=MOST)
        return amount.quantize(Decimal("0.01"))


class Day(fields.Field[Any]):
    """A date, 2026-11-23, in the years 1990 to 2199."""

    def __init__(self, **more: Any) -> None:
        super().__init__(metadata={"type": "string", "format": "date", **more.pop("metadata", {})}, **more)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value.isoformat())

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        try:
            if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                raise ValueError
            found = date.fromisoformat(value)
        except ValueError:
            raise fail("value.date") from None
        if not EARLIEST <= found <= LATEST:
            raise fail("value.date")
        return found


class MomentField(Day):
    """A moment, 2026-11-23T08:00:00Z."""

    def __init__(self, **more: Any) -> None:
        super().__init__(metadata={"format": "date-time", "type": "string"}, **more)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        try:
            if not isinstance(value, str) or len(value) > 40:
                raise ValueError
            found = datetime.fromisoformat(value)
            if found.tzinfo is None or not EARLIEST.year <= found.year <= LATEST.year:
                raise ValueError
        except ValueError:
            raise fail("value.moment") from None
        return found.astimezone(UTC)


class ThreePoints(fields.Field[Any]):
    """{"low":…, "likely":…, "high":…} of another field; their order (R3) is the action's matter."""

    def __init__(self, inner: fields.Field[Any], **more: Any) -> None:
        one = {name: value for name, value in inner.metadata.items() if name != "example"}
        kind = {"type": "object", "properties": dict.fromkeys(PARTS, one), "additionalProperties": False}
        super().__init__(metadata={**kind, "required": list(PARTS), **more.pop("metadata", {})}, **more)
        self.inner = inner

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> dict[str, Any] | None:
        if value is None:
            return None
        return {name: self.inner._serialize(getattr(value, name), attr, obj) for name in PARTS}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise fail("value.object")
        faults: dict[Any, Any] = {name: [wrong("value.unknown_field")] for name in value if name not in PARTS}
        found: dict[str, Any] = {}
        for name in PARTS:
            try:
                found[name] = self.inner.deserialize(value[name])
            except KeyError:
                faults[name] = [wrong("value.required")]
            except ValidationError as error:
                faults[name] = error.messages
        if faults:
            raise ValidationError(faults)
        return found


class ListOf(fields.List[Any]):
    """A list of bounded length."""

    def __init__(self, inner: fields.Field[Any], most: int = 200, **more: Any) -> None:
        super().__init__(inner, metadata={"maxItems": most, **more.pop("metadata", {})}, **more)
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise fail("value.list")
        if len(value) > self.most:
            raise fail("value.too_many", most=self.most)
        found: list[Any] = super()._deserialize(value, attr, data, **kwargs)
        return found
