"""A list over REST in one line: its query, whose rows they are, and how they are shown."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response
from marshmallow import Schema

from backlog.api.endpoint import actor, arguments
from backlog.api.paging import page_of
from backlog.kernel.paging import Page


def list_of(
    schema: type[Schema],
    query_schema: type[Schema],
    page: Callable[[Any, dict[str, Any], Any, int], Page],
    of: Any = None,
    shown: Callable[[Sequence[Any]], Sequence[Any]] = list,
) -> Response:
    """Answer one page of what the caller may see, or of what hangs on a thing; `shown` makes rows what the schema reads."""
    query = arguments(query_schema)

    def load(after: Any, size: int) -> Page:
        found = page(of or actor(), query, after, size)
        return Page(shown(found.rows), found.last)

    return page_of(schema, load, query)
