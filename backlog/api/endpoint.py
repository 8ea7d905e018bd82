"""One resource's route: who asks, what they may, what they send; in the order API.md fixes.

401 at the door; then the view loads (404), requires (403), reads (415, 400, 428, 422), matches (412), acts (409).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, g, jsonify, make_response, request
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import NotAcceptable, PreconditionRequired

from backlog.api import idempotency, tokens
from backlog.api.body import read_json
from backlog.api.described import Said, needs_body
from backlog.kernel.database import Base, hold
from backlog.kernel.refusal import Forbidden, Invalid, Missing, Stale, Wrong, wrong
from backlog.kernel.text import is_storable
from backlog.people.models import User
from backlog.people.policy import RIGHTS, may_somewhere

View = Callable[..., Response]
SchemaClass = type[Schema]
OFFERED = ("application/json", "application/problem+json")


def endpoint(
    verb: str,
    *,
    body: SchemaClass | None = None,
    answer: SchemaClass | None = None,
    many: bool = False,
    query: SchemaClass | None = None,
    status: int = 200,
    condition: bool | None = False,
    refusals: tuple[str, ...] = (),
    tagged: bool = False,
    multipart: bool = False,
    later: bool = False,
    file: bool = False,
) -> Callable[[View], View]:
    """Describe and guard a route: `condition` asks for If-Match (None: where sent), `refusals` are codes of its 409s."""
    if verb not in RIGHTS:
        raise KeyError(f"no right is called {verb}")

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Response:
            tokens.know_actor()
            g.needs_condition = condition is True
            g.takes_arguments = query is not None
            _refuse_other_forms(answer)
            if request.method == "POST" and not kwargs and not may_somewhere(g.actor, verb):
                raise Forbidden(verb)  # a list's POST names its project only in the body: 403 still comes first
            response = _once(lambda: view(*args, **kwargs))
            _refuse_arguments()  # where nothing was read: after 404 and 403, and before anything is kept
            return response

        guarded.verb = verb  # type: ignore[attr-defined]
        told = (verb, body, answer, many, query, status, condition, refusals, tagged, view.__doc__ or "")
        guarded._apidoc = {"later": Said(*told, multipart, later, file).described}  # type: ignore[attr-defined]
        return guarded

    return decorate


def _once(act: Callable[[], Response]) -> Response:
    """What the route answers; a POST with a key as it was answered before."""
    is_keyed = request.method == "POST" and "Idempotency-Key" in request.headers
    return idempotency.once(act) if is_keyed else act()


def _refuse_other_forms(answer: SchemaClass | None) -> None:
    """Refuse where JSON is answered and is not among what the caller takes; nothing said is anything."""
    accepted = request.accept_mimetypes
    if answer is not None and accepted and not any(accepted[kind] > 0 for kind in OFFERED):
        raise NotAcceptable


def _refuse_arguments() -> None:
    if request.args and not g.takes_arguments:
        raise Invalid({name[:60]: [wrong("value.unknown_field")] for name in request.args})


def actor() -> User:
    """Who asks."""
    found: User = g.actor
    return found


def allow_writing(verb: str) -> None:
    """Refuse an unsafe request made with a read token."""
    if g.token.scope != "write":
        raise Forbidden(verb)


def read(schema: SchemaClass, partial: bool = False, list_as: str = "") -> dict[str, Any]:
    """The body as domain values: 403 for read tokens, 415 and 400, 428, then 422 with every fault by field.

    With `list_as` a bare list is read as an object with that one field. Where no field is needed, no body is needed.
    """
    allow_writing("write")
    value = {} if _is_left_out(schema) else read_json()
    if list_as and isinstance(value, list):
        value = {list_as: value}
    if g.needs_condition:
        _condition()
    _refuse_arguments()
    idempotency.judge()
    return load(schema, value, partial)


def _is_left_out(schema: SchemaClass) -> bool:
    """Whether nothing was sent where nothing must be: what changes a thing always says what."""
    return request.method != "PATCH" and not needs_body(schema) and not request.get_data(cache=True)


def load(schema: SchemaClass, value: Any, partial: bool = False) -> dict[str, Any]:
    """An object as domain values; 422 with every fault by field."""
    if not isinstance(value, dict):
        raise Invalid({"body": [wrong("value.object")]})
    try:
        found: dict[str, Any] = schema(partial=partial).load(value)
    except ValidationError as error:
        raise Invalid(dict(_flat(error.messages))) from None
    return found


def read_nothing() -> None:
    """For routes without a body: an empty one or {} is fine."""
    allow_writing("write")
    _refuse_arguments()
    if request.get_data(cache=True):
        value = read_json()
        if value not in ({}, None):
            raise Invalid(
                {name[:60]: [wrong("value.unknown_field")] for name in (value if isinstance(value, dict) else ["body"])}
            )
    if g.needs_condition:
        _condition()
    idempotency.judge()


def arguments(schema: SchemaClass) -> dict[str, Any]:
    """The query as domain values; unknown and doubled ones are refused."""
    errors = {name[:60]: [wrong("value.repeated")] for name in request.args if len(request.args.getlist(name)) > 1}
    errors |= {name[:60]: [wrong("value.text")] for name, value in request.args.items() if not is_storable(value)}
    if errors:
        raise Invalid(errors)
    try:
        found: dict[str, Any] = schema().load(request.args.to_dict())
    except ValidationError as error:
        raise Invalid(dict(_flat(error.messages))) from None
    return found


def _condition() -> str:
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        raise PreconditionRequired
    return header


def match(thing: Any, dump: Callable[[Any], dict[str, Any]]) -> None:
    """Refuse (412, with the current state) unless If-Match names exactly the version of the row, held from here on."""
    if isinstance(thing, Base):
        hold(thing)
    if _condition() != etag(thing):
        raise Stale(dump(thing))


def match_if_sent(thing: Base, dump: Callable[[], dict[str, Any]]) -> None:
    """The same where a condition may be left out: who sends what they were shown is not taken to mean anything newer."""
    header = request.headers.get("If-Match", "").strip()
    if header in {"", "*"}:
        return
    if header != etag(hold(thing)):
        raise Stale(dump())


def etag(thing: Any) -> str:
    """The validator of a thing's version."""
    return f'"{type(thing).__name__.lower()}-{thing.id}-{thing.version}"'


def answer(
    schema: SchemaClass, thing: Any, status: int = 200, location: str | None = None, tag: Any = None
) -> Response:
    """One thing, with ETag where it has a version."""
    response = make_response(jsonify(schema().dump(thing)), status)
    versioned = thing if tag is None else tag
    if getattr(versioned, "version", None) is not None and getattr(versioned, "id", None) is not None:
        response.headers["ETag"] = etag(versioned)
    if location is not None:
        response.headers["Location"] = location
    return response


def done() -> Response:
    """204."""
    return Response(status=204)


def _flat(messages: Any, path: str = "") -> list[tuple[str, list[Wrong]]]:
    """Nested messages as dotted fields with lists of codes."""
    if isinstance(messages, dict):
        found: list[tuple[str, list[Wrong]]] = []
        for name, inner in messages.items():
            key = str(name) if name != "_schema" else "body"
            found += _flat(inner, f"{path}.{key}"[:120] if path else key[:120])
        return found
    wrongs = [each if isinstance(each, Wrong) else wrong(str(each)) for each in messages]
    return [(path or "body", wrongs)]


__all__ = [
    "Missing",
    "actor",
    "allow_writing",
    "answer",
    "arguments",
    "done",
    "endpoint",
    "etag",
    "match",
    "match_if_sent",
    "read",
    "read_nothing",
]
