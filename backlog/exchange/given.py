"""What the command is given in JSON, judged as the API judges it."""

from typing import Any

from marshmallow import ValidationError

from backlog.exchange.schemas import ChoicesField, MappingField, TextObject
from backlog.kernel.refusal import Invalid, wrong

OBJECTS: dict[str, TextObject] = {"mapping": MappingField(), "choices": ChoicesField()}


def given(how: dict[str, Any]) -> dict[str, Any]:
    """The options of the command as an import takes them; Invalid where a text is no object as asked for."""
    return {name: _object(name, value) for name, value in how.items() if value is not None}


def _object(name: str, value: Any) -> Any:
    if name not in OBJECTS:
        return value
    try:
        return OBJECTS[name].deserialize(value)
    except ValidationError:
        raise Invalid({name: [wrong("value.object")]}) from None
