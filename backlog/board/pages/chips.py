"""The filters in force, each with the address without it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for

from backlog.board.labels import TYPES
from backlog.web.words import gettext


@dataclass(frozen=True)
class Chip:
    """One filter in force."""

    label: str
    remove_url: str


def chips(key: str, chosen: dict[str, str], people: Iterable[tuple[int, str]]) -> list[Chip]:
    """The filters of a board in words; the view of all items narrows nothing."""
    board, names = url_for("board.show", key=key), {str(each): name for each, name in people}
    words: dict[str, Callable[[str], str]] = {
        "person": lambda value: names.get(value, value),
        "type": lambda value: str(TYPES.get(value, value)),
        "blocked": lambda _value: gettext("Blocked"),
        "mine": lambda _value: gettext("Mine"),
        "tag": lambda value: gettext("Tag “%(tag)s”", tag=value),
        "q": lambda value: gettext("“%(words)s”", words=value),
    }
    found = []
    for name in words.keys() & chosen.keys():
        left = urlencode({other: value for other, value in chosen.items() if other != name})
        found.append(Chip(words[name](chosen[name]), f"{board}?{left}" if left else board))
    return sorted(found, key=lambda each: each.label)
