"""Lists: a page at a time by keyset; a cursor is signed and belongs to one list and one person."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from flask import Response, current_app, g, jsonify, request
from marshmallow import Schema, fields
from sqlalchemy import Boolean, Enum, String

from backlog.api.fields import ApiSchema, Choice, Text, fail
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Invalid, wrong


class FromQuery(fields.Integer):
    """A whole number out of an address."""

    def __init__(self, least: int, most: int, **more: Any) -> None:
        super().__init__(metadata={"minimum": least, "maximum": most}, **more)
        self.least, self.most = least, most

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> int:
        if not isinstance(value, str) or not value.isascii() or not value.isdecimal() or len(value) > 19:
            raise fail("value.whole")
        if not self.least <= int(value) <= self.most:
            raise fail("value.range", least=self.least, most=self.most)
        return int(value)


class IdFromQuery(FromQuery):
    """An id out of an address."""

    def __init__(self, **more: Any) -> None:
        super().__init__(1, 2**63 - 1, **more)


class ListQuery(ApiSchema):
    """What every list takes; each adds its filters."""

    page_size = FromQuery(1, 200, load_default=50)
    cursor = Text(most=2000, load_default=None)


class YesNo(Choice):
    """true or false out of an address."""

    def __init__(self, **more: Any) -> None:
        super().__init__(("true", "false"), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return super()._deserialize(value, attr, data, **kwargs) == "true"


def list_query(listing: Listing, **more: fields.Field[Any]) -> type[ListQuery]:
    """What a list takes: its filters, `archived` where things are archived, `q`, `sort`, and what is said beside."""
    members: dict[str, Any] = {name: _filter(column) for name, column in listing.filters.items()}
    if listing.archived is not None:
        members["archived"] = YesNo()
    members |= {"q": Text(most=200), "sort": Choice(listing.words)}
    return type("Query", (ListQuery,), {**members, **more})


def _filter(column: Any) -> fields.Field[Any]:
    kind = column.type
    if isinstance(kind, Enum):
        return Choice(tuple(kind.enums))
    if isinstance(kind, Boolean):
        return YesNo()
    return Text(most=kind.length or 200) if isinstance(kind, String) else IdFromQuery()


@lru_cache(maxsize=200)
def list_schema(inner: type[Schema]) -> type[Schema]:
    """{"data": […], "next_cursor": …} of a thing."""
    name = inner.__name__.removesuffix("Schema") + "List"
    members: dict[str, Any] = {"data": fields.List(fields.Nested(inner)), "next_cursor": fields.String(allow_none=True)}
    return type(name, (Schema,), members)


def page_of(schema: type[Schema], load: Callable[[Any, int], Page], query: dict[str, Any]) -> Response:
    """Answer one page: `load(after, size)` gives rows and the key of the last."""
    after = _read(query["cursor"]) if query.get("cursor") else None
    page = load(after, query["page_size"])
    cursor = None if page.last is None else _write(page.last)
    return jsonify({"data": schema(many=True).dump(page.rows), "next_cursor": cursor})


def _list_name() -> str:
    filters = sorted((name, value) for name, value in request.args.items() if name not in {"cursor", "page_size"})
    return json.dumps([g.actor.id, request.path, filters])


def _sign(text: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"{_list_name()}\n{text}".encode(), hashlib.sha256).hexdigest()[:32]


def _write(key: list[Any]) -> str:
    text = json.dumps(key)
    return base64.urlsafe_b64encode(f"{_sign(text)}{text}".encode()).decode().rstrip("=")


def _read(cursor: str) -> list[Any]:
    try:
        plain = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (ValueError, UnicodeDecodeError):
        raise Invalid(cursor=wrong("request.cursor")) from None
    seal, text = plain[:32], plain[32:]
    if not seal.isascii() or not hmac.compare_digest(seal, _sign(text)):
        raise Invalid(cursor=wrong("request.cursor"))
    key: list[Any] = json.loads(text)
    return key
