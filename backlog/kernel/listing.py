"""What a list can be narrowed by, searched in and sorted by: said once, for the query and for the interface."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, or_
from sqlalchemy.orm import InstrumentedAttribute

from backlog.kernel.paging import Key, Page, page

Column = InstrumentedAttribute[Any]
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


@dataclass(frozen=True)
class Listing:
    """A list's filters (a column each), what else narrows it (a condition of the value), its texts and its orders.

    `sorts` must name `id`; `elsewhere` finds words outside the row's own texts.
    """

    filters: Mapping[str, Column]
    texts: Sequence[Column]
    sorts: Mapping[str, Column]
    default: str = "id"
    archived: Column | None = None
    conditions: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    elsewhere: Callable[[str], Any] | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """What `sort` may say: each name, and falling with a minus before it."""
        return tuple(sign + name for name in self.sorts for sign in ("", "-"))

    def narrowed(self, query: Select[Any], values: Mapping[str, Any]) -> Select[Any]:
        """The query with every filter that has a value, the archive's side, and the search."""
        for name, column in self.filters.items():
            if values.get(name) is not None:
                query = query.where(column == values[name])
        for name, condition in self.conditions.items():
            if values.get(name) is not None:
                query = query.where(condition(values[name]))
        if self.archived is not None:
            query = query.where(self.archived.is_not(None) if values.get("archived") else self.archived.is_(None))
        words = (values.get("q") or "").strip()
        return query.where(self._says(words)) if words else query

    def _says(self, words: str) -> Any:
        found = [holds(self.texts, words)] if self.texts else []
        return or_(*found, *([] if self.elsewhere is None else [self.elsewhere(words)]))

    def keys(self, sort: str | None = None) -> list[Key]:
        """The order of a page: what was asked for, and the id where that may be the same in two rows."""
        word = sort or self.default
        column, falls = self.sorts[word.removeprefix("-")], word.startswith("-")
        own = column.property.columns[0]
        return [(column, falls)] if own.unique or own.primary_key else [(column, falls), (self.sorts["id"], falls)]

    def page(self, query: Select[Any], values: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
        """One page of what matches."""
        return page(self.narrowed(query, values), self.keys(values.get("sort")), after, size)


def writings(words: str) -> list[str]:
    """The ways in which words may stand in a text: as typed, with half-width and with full-width letters.

    The databases fold the case of half-width letters only.

    >>> writings("Ai质检")
    ['Ai质检', 'ａｉ质检', 'ＡＩ质检']
    """
    narrow = unicodedata.normalize("NFKC", words)
    wide = [each.translate(_WIDE) for each in (narrow.lower(), narrow.upper())]
    return list(dict.fromkeys((words, narrow, *wide)))


def holds(columns: Sequence[Any], words: str) -> Any:
    """The condition that one of the texts holds the words; `%` and `_` are only themselves."""
    return or_(*(column.icontains(each, autoescape=True) for column in columns for each in writings(words)))
