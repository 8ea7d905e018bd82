"""What rows learn from those before them, so that it can be put back, once, when rows are undone."""

from collections.abc import Callable
from copy import copy
from typing import Any

from backlog.exchange.kinds.kind import Batch


def kept(applier: Any) -> Callable[[], None]:
    """Keep what the rows of an applier have learned; calling the answer puts it back.

    >>> from types import SimpleNamespace
    >>> rows = SimpleNamespace(seen={"a": 1})
    >>> put_back = kept(rows)
    >>> rows.seen["b"] = 2
    >>> put_back()
    >>> rows.seen
    {'a': 1}
    """
    learned = [(thing, name, _copy(value)) for thing in _parts(applier) for name, value in _learning(thing)]

    def put_back() -> None:
        for thing, name, value in learned:
            setattr(thing, name, value)

    return put_back


def _parts(applier: Any) -> list[Any]:
    """The applier and what of ours it works with."""
    inside = [each for each in vars(applier).values() if type(each).__module__.startswith("backlog.exchange.")]
    batches = [each.people for each in inside if isinstance(each, Batch)]
    return [applier, *inside, *batches]


def _learning(thing: Any) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in vars(thing).items() if isinstance(value, dict | set | list)]


def _copy(value: Any) -> Any:
    """A copy, and of what it holds by name too: names of one kind stand for things of one kind."""
    if isinstance(value, dict) and isinstance(next(iter(value.values()), None), dict):
        return {name: copy(inner) for name, inner in value.items()}
    return copy(value)
