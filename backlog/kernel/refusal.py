"""Ways to say no: a code and facts here, a sentence at the edge."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class Refusal(Exception):
    """A rule refuses; nothing was changed. Rendered per language and per door (409 in JSON)."""

    status = 409

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Wrong(NamedTuple):
    """What is wrong with one field: a code and its facts."""

    code: str
    facts: dict[str, Any]


def wrong(code: str, **facts: Any) -> Wrong:
    """`wrong("too_long", most=200)`."""
    return Wrong(code, facts)


class Invalid(Exception):
    """Values that can't be stored; field by field (422)."""

    status = 422

    def __init__(self, errors: dict[str, list[Wrong]] | None = None, **fields: Wrong | str) -> None:
        named = {name: [each if isinstance(each, Wrong) else wrong(each)] for name, each in fields.items()}
        self.errors: dict[str, list[Wrong]] = {**(errors or {}), **named}
        super().__init__(", ".join(self.errors))


class Forbidden(Exception):
    """Seen, but not allowed (403)."""

    status = 403

    def __init__(self, verb: str) -> None:
        super().__init__(verb)
        self.verb = verb


class Missing(Exception):
    """What doesn't exist, or may not be seen: the same answer (404)."""

    status = 404


class Stale(Exception):
    """An edit begun from an older version (R1; 412)."""

    status = 412

    def __init__(self, current: Any) -> None:
        super().__init__("stale")
        self.current = current


def expect_version(thing: Any, version: int | None) -> None:
    """Refuse an edit begun from another version of a thing than the present one (R1).

    None means that the caller holds the row and began from nothing older.
    """
    if version is not None and thing.version != version:
        raise Stale(thing)


def refuse_archived(thing: Any, code: str) -> None:
    """What is archived can be read and restored; nothing else is done to it until then."""
    if thing.archived_at is not None:
        raise Refusal(code)


def or_none(load: Callable[[], T]) -> T | None:
    """What a query that raises `Missing` answers, or None: for ids that come from a form or a body."""
    try:
        return load()
    except Missing:
        return None
