"""Bodies that may be left out."""

from typing import Any

from flask import request

from backlog.api.endpoint import read, read_nothing


def optional(schema: Any) -> dict[str, Any]:
    """The body by its schema; nothing where none was sent."""
    if request.get_data(cache=True):
        return read(schema)
    read_nothing()
    return {}
