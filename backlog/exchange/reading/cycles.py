"""Parents that lead back to their child."""

from collections.abc import Mapping


def cycle_of(key: str, parents: Mapping[str, str]) -> list[str] | None:
    """The circle a thing is part of, from itself around; None where its parents end. However deep they lie.

    >>> cycle_of("a", {"a": "b", "b": "c", "c": "a"}), cycle_of("a", {"a": "b", "b": "c", "c": "b"})
    (['a', 'b', 'c'], None)
    """
    seen, at = [key], parents.get(key)
    known = {key}
    while at is not None and at not in known:
        seen.append(at)
        known.add(at)
        at = parents.get(at)
    return seen if at == key else None
