"""The one parser in front of all JSON: size, depth, digits, duplicate keys, encoding; decimals stay decimals."""

import json
from decimal import Decimal
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from backlog.kernel.text import is_storable

DEEPEST = 20
MOST_DIGITS = 25
MOST_VALUES = 50_000


class Unreadable(ValueError):
    """The body is not JSON we take."""


def read_json() -> Any:
    """The request's JSON body; 415 for another type, 413 when too large, 400 when malformed."""
    if request.mimetype != "application/json" or request.headers.get("Content-Encoding", "identity") != "identity":
        raise UnsupportedMediaType
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in {"utf-8", "utf8"}:
        raise UnsupportedMediaType
    try:
        return parse(request.get_data(cache=True))
    except RequestEntityTooLarge:
        raise
    except (Unreadable, UnicodeDecodeError, RecursionError):
        raise BadRequest from None


def parse(raw: bytes) -> Any:
    """Parse; raises Unreadable.

    >>> parse(b'{"a": 1.10}')
    {'a': Decimal('1.10')}
    """
    text = raw.decode("utf-8")
    _check_depth(text)
    try:
        value = json.loads(
            text, parse_float=_decimal, parse_int=_whole, parse_constant=_refuse_constant, object_pairs_hook=_pairs
        )
    except json.JSONDecodeError:
        raise Unreadable("malformed") from None
    _check_texts(value)
    return value


def _check_depth(text: str) -> None:
    depth = count = 0
    inside = escaped = False
    for char in text:
        if inside:
            inside = escaped or char != '"'
            escaped = not escaped and char == "\\"
        elif char == '"':
            inside = True
        elif char in "[{":
            depth += 1
            if depth > DEEPEST:
                raise Unreadable("too deep")
        elif char in "]}":
            depth -= 1
        elif char == ",":
            count += 1
            if count > MOST_VALUES:
                raise Unreadable("too many values")


def _decimal(digits: str) -> Decimal:
    if len(digits) > MOST_DIGITS:
        raise Unreadable("too many digits")
    value = Decimal(digits)
    if value and abs(value.adjusted()) > 30:
        raise Unreadable("out of range")
    return value


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise Unreadable("too many digits")
    return int(digits)


def _refuse_constant(name: str) -> Any:
    raise Unreadable(f"{name} is not JSON")


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unreadable("a key twice")
    return found


def _check_texts(value: Any) -> None:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and not is_storable(each):
            raise Unreadable("characters that can't be stored")
        if isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
