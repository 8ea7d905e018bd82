"""Reading the journal."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Text, cast, func, select

from backlog.journal.models import Fact
from backlog.kernel.database import session
from backlog.kernel.listing import Listing, holds, writings
from backlog.kernel.paging import Page, key_of

Visible = Callable[[Any, list[int]], set[int]]
Living = Callable[[list[int]], set[int]]
_registry: dict[str, Visible] = {}
_archives: dict[str, Living] = {}
MOST_LOOKED_AT = 10_000  # rows of a page of which the actor may see too few


def _in_values(words: str) -> Any:
    """The condition that a fact's values hold the words, which JSON writes with escapes."""
    written = cast(Fact.values, Text)
    return holds([written], json.dumps(writings(words)[0])[1:-1]) | holds([written], words)


FACTS = Listing(
    filters={
        "code": Fact.code,
        "actor_id": Fact.actor_id,
        "subject_type": Fact.subject_type,
        "subject_id": Fact.subject_id,
        "door": Fact.door,
    },
    texts=(Fact.code,),
    sorts={"id": Fact.id},
    conditions={"since_id": lambda since_id: Fact.id > since_id},
    elsewhere=_in_values,
)


def sees_subjects(subject_type: str, visible: Visible) -> None:
    """Register who may see the subjects of a type: `visible(actor, ids)` answers the ids the actor may see."""
    _registry[subject_type] = visible


def archives_subjects(subject_type: str, living: Living) -> None:
    """Register which subjects of a type are in force: `living(ids)` answers those that are not archived."""
    _archives[subject_type] = living


def is_living(subject_type: str, subject_id: int) -> bool:
    """Whether a subject is in force; a type that nobody registered is never archived."""
    living = _archives.get(subject_type)
    return living is None or subject_id in living([subject_id])


def visible_subjects(actor: Any, subjects: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the subjects the actor may see; a type nobody registered is seen by nobody."""
    seen: set[tuple[str, int]] = set()
    for subject_type in {each[0] for each in subjects} & _registry.keys():
        ids = sorted(each[1] for each in subjects if each[0] == subject_type)
        seen |= {(subject_type, number) for number in _registry[subject_type](actor, ids)}
    return seen


def newest_id() -> int:
    """The id of the newest fact there is; 0 where there is none."""
    return session.scalar(select(func.max(Fact.id))) or 0


def of_subject(subject_type: str, subject_id: int, most: int = 100, but: Sequence[str] = ()) -> list[Fact]:
    """The newest facts about one thing, newest first, but for some codes; the caller has checked that it may be seen."""
    query = select(Fact).where(Fact.subject_type == subject_type, Fact.subject_id == subject_id)
    query = query.where(Fact.code.not_in(but)) if but else query
    return list(session.scalars(query.order_by(Fact.id.desc()).limit(most)))


def page_of_facts(actor: Any, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """Facts the actor may see, oldest first unless turned round."""
    return seen_page(actor, FACTS, select(Fact), filters, after, size)


def seen_page(
    actor: Any,
    listing: Listing,
    query: Select[Any],
    filters: Mapping[str, Any],
    after: Sequence[Any] | None,
    size: int,
) -> Page:
    """A page of rows whose subjects the actor may see; what is between them leaves no trace in it.

    Rows are looked through until one more than asked for is found, so that "more follow" is only said of what
    may be seen; after `MOST_LOOKED_AT` the page is handed over as it is, with where to go on.
    """
    found: list[Any] = []
    looked_at, batch = 0, max(size + 1, 50)
    while True:
        page = listing.page(query, filters, after, batch)
        found += seen_rows(actor, page.rows)
        if len(found) > size:
            return Page(found[:size], key_of(found[size - 1], listing.keys(filters.get("sort"))))
        looked_at += len(page.rows)
        if page.last is None or looked_at >= MOST_LOOKED_AT:
            return Page(found, page.last)
        after, batch = page.last, 500


def seen_rows(actor: Any, rows: Sequence[Any]) -> list[Any]:
    """Those of some rows whose subjects the actor may see."""
    subjects = visible_subjects(actor, {(row.subject_type, row.subject_id) for row in rows})
    return [row for row in rows if (row.subject_type, row.subject_id) in subjects]
