"""Reading use cases. Every account may see them all."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select

from backlog.kernel import paging
from backlog.kernel.codes import read_code
from backlog.kernel.database import session
from backlog.kernel.refusal import Missing
from backlog.people.models import User
from backlog.people.policy import Scope
from backlog.usecases.models import Pin, UseCase, UseCaseTag, Vote
from backlog.usecases.queries.ranking import places

EDITED_BY_PROPOSER = ("idea", "triaged")
SORTS = {
    "id": UseCase.id,
    "title": UseCase.title,
    "created_at": UseCase.created_at,
    "updated_at": UseCase.updated_at,
}
LISTS = ("status", "category", "sourcing", "ai_mode", "department", "external_key")
REFERENCES = ("business_owner_id", "north_star_id", "merged_into_id", "proposer_id")


@dataclass(frozen=True)
class Filters:
    """What narrows a list of use cases; `merged` None shows merged ones and others alike."""

    status: str | None = None
    category: str | None = None
    sourcing: str | None = None
    ai_mode: str | None = None
    department: str | None = None
    external_key: str | None = None
    business_owner_id: int | None = None
    north_star_id: int | None = None
    merged_into_id: int | None = None
    proposer_id: int | None = None
    tag: str | None = None
    q: str | None = None
    archived: bool = False
    merged: bool | None = None
    sort: str = "id"


def scope_of(use_case: UseCase) -> Scope:
    """Whose matter a use case is: its proposer may edit it until it was estimated."""
    author = use_case.proposer_id if use_case.status in EDITED_BY_PROPOSER else None
    return Scope(owner_id=use_case.business_owner_id, author_id=author)


def get_use_case(_actor: User, use_case_id: int, archived: bool = False) -> UseCase:
    """A use case by id; Missing if there is none, and for archived ones unless asked for."""
    found = session.get(UseCase, use_case_id)
    if found is None or (found.archived_at is not None and not archived):
        raise Missing
    return found


def find_use_case(_actor: User, code: str) -> UseCase | None:
    """The use case of a code in any writing, archived and merged ones too."""
    read = read_code(code)
    if read is None or read[0] != "UC":
        return None
    return session.scalar(select(UseCase).where(UseCase.number == read[1]))


def knows_use_case(use_case_id: int) -> bool:
    """Whether a use case of this id may be named by another thing."""
    query = select(UseCase.id).where(UseCase.id == use_case_id, UseCase.archived_at.is_(None))
    return session.scalar(query) is not None


def visible_use_cases(_actor: Any, ids: list[int]) -> set[int]:
    """Use cases are open to everybody signed in."""
    return set(session.scalars(select(UseCase.id).where(UseCase.id.in_(ids))))


def page_of_use_cases(_actor: User, filters: Filters, after: Sequence[Any] | None, size: int) -> paging.Page:
    """One page of the use cases that match."""
    if filters.sort == "rank":
        return _page_by_rank(filters, after, size)
    falls = filters.sort.startswith("-")
    column: Any = SORTS[filters.sort.removeprefix("-")]
    keys = [(UseCase.id, falls)] if column is UseCase.id else [(column, falls), (UseCase.id, falls)]
    return paging.page(matching(select(UseCase), filters), keys, after, size)


def _page_by_rank(filters: Filters, after: Sequence[Any] | None, size: int) -> paging.Page:
    """By present rank; those without one follow in order of age."""
    ranks = places()
    ids = sorted(session.scalars(matching(select(UseCase.id), filters)), key=lambda one: (ranks.get(one, 2**62), one))
    begin = 0 if after is None else ids.index(after[0]) + 1 if after[0] in ids else len(ids)
    shown = ids[begin : begin + size]
    rows = {row.id: row for row in session.scalars(select(UseCase).where(UseCase.id.in_(shown)))}
    return paging.Page([rows[one] for one in shown], [shown[-1]] if begin + size < len(ids) else None)


def matching(query: Select[Any], filters: Filters) -> Select[Any]:
    """A query over use cases, narrowed."""
    query = query.where(UseCase.archived_at.is_not(None) if filters.archived else UseCase.archived_at.is_(None))
    for name in (*LISTS, *REFERENCES):
        if (value := getattr(filters, name)) is not None:
            query = query.where(getattr(UseCase, name) == value)
    if filters.merged is not None:
        query = query.where(UseCase.merged_into_id.is_not(None) if filters.merged else UseCase.merged_into_id.is_(None))
    if filters.tag:
        query = query.where(UseCase.id.in_(select(UseCaseTag.use_case_id).where(UseCaseTag.tag == filters.tag)))
    return _searched(query, filters.q) if filters.q else query


def _searched(query: Select[Any], words: str) -> Select[Any]:
    """Those that hold the words in title, pain, solution, department, external key or tag, or bear the code."""
    words = unicodedata.normalize("NFKC", words).strip()
    if (code := read_code(words)) is not None and code[0] == "UC":
        return query.where(UseCase.number == code[1])
    texts = (UseCase.title, UseCase.pain, UseCase.solution, UseCase.department, UseCase.external_key)
    tagged = select(UseCaseTag.use_case_id).where(UseCaseTag.tag.icontains(words, autoescape=True))
    found = [each.icontains(words, autoescape=True) for each in texts]
    return query.where(or_(*found, UseCase.id.in_(tagged)))


def merged_from(use_case: UseCase) -> list[UseCase]:
    """The duplicates that point to a use case."""
    return list(session.scalars(select(UseCase).where(UseCase.merged_into_id == use_case.id).order_by(UseCase.number)))


def votes_of(ids: Iterable[int] | None = None) -> dict[int, int]:
    """Votes by use case; of all where no ids are given."""
    query = select(Vote.use_case_id, func.count()).group_by(Vote.use_case_id)
    rows = session.execute(query if ids is None else query.where(Vote.use_case_id.in_(list(ids))))
    return {row[0]: row[1] for row in rows}


def voted_ids(actor: User, ids: Iterable[int]) -> set[int]:
    """Those of the use cases the actor voted for."""
    query = select(Vote.use_case_id).where(Vote.user_id == actor.id, Vote.use_case_id.in_(list(ids)))
    return set(session.scalars(query))


def tags_of(ids: Iterable[int]) -> dict[int, list[str]]:
    """Tags by use case, in alphabetical order."""
    query = select(UseCaseTag).where(UseCaseTag.use_case_id.in_(list(ids))).order_by(UseCaseTag.tag)
    found: dict[int, list[str]] = {}
    for row in session.scalars(query):
        found.setdefault(row.use_case_id, []).append(row.tag)
    return found


def pin_of(use_case: UseCase) -> Pin | None:
    """The pin in force."""
    return session.scalar(select(Pin).where(Pin.use_case_id == use_case.id, Pin.removed_at.is_(None)))


def pins_in_force() -> dict[int, Pin]:
    """Pins in force by use case."""
    return {pin.use_case_id: pin for pin in session.scalars(select(Pin).where(Pin.removed_at.is_(None)))}
