"""Reading use cases. Every account may see them all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from backlog.discussion.queries import watched_by
from backlog.kernel import clock, paging
from backlog.kernel.codes import read_code
from backlog.kernel.database import session
from backlog.kernel.listing import Listing, holds
from backlog.kernel.refusal import Missing
from backlog.people.models import User
from backlog.people.policy import Scope
from backlog.usecases.models import UseCase, UseCaseTag, Vote
from backlog.usecases.queries.ranking import places

EDITED_BY_PROPOSER = ("idea", "triaged")


def _says(words: str) -> Any:
    """The condition that a tag holds the words, or that they are the use case's code."""
    found = UseCase.id.in_(select(UseCaseTag.use_case_id).where(holds((UseCaseTag.tag,), words)))
    code = read_code(words)
    return found | (UseCase.number == code[1]) if code is not None and code[0] == "UC" else found


def is_back(today: date) -> ColumnElement[bool]:
    """The condition that a use case was parked until a day that has come."""
    until = func.coalesce(UseCase.parked_until, date.max)
    return (UseCase.status == "parked") & (until <= today)


def _is_watched(who: tuple[int, bool]) -> Any:
    """The condition that somebody watches a use case, or does not."""
    watches = watched_by(who[0], "use_case", UseCase.id)
    return watches if who[1] else ~watches


USE_CASES = Listing(
    filters={
        "status": UseCase.status,
        "category": UseCase.category,
        "sourcing": UseCase.sourcing,
        "ai_mode": UseCase.ai_mode,
        "department": UseCase.department,
        "external_key": UseCase.external_key,
        "business_owner_id": UseCase.business_owner_id,
        "north_star_id": UseCase.north_star_id,
        "merged_into_id": UseCase.merged_into_id,
        "proposer_id": UseCase.proposer_id,
    },
    texts=(
        UseCase.title,
        UseCase.pain,
        UseCase.solution,
        UseCase.department,
        UseCase.external_key,
        UseCase.system,
        UseCase.supplier,
        UseCase.sourcing_reason,
        UseCase.data_readiness,
        UseCase.risks,
        UseCase.status_reason,
    ),
    sorts={
        "id": UseCase.id,
        "code": UseCase.number,
        "title": UseCase.title,
        "department": UseCase.department,
        "category": UseCase.category,
        "status": UseCase.status,
        "sourcing": UseCase.sourcing,
        "alignment": UseCase.alignment,
        "parked_until": UseCase.parked_until,
        "created_at": UseCase.created_at,
        "updated_at": UseCase.updated_at,
    },
    archived=UseCase.archived_at,
    conditions={
        "tag": lambda tag: UseCase.id.in_(select(UseCaseTag.use_case_id).where(UseCaseTag.tag == tag)),
        "aligned": lambda yes: UseCase.north_star_id.is_not(None) if yes else UseCase.north_star_id.is_(None),
        "back": lambda yes: is_back(clock.today()) if yes else ~is_back(clock.today()),
        "watched_by": _is_watched,
        "merged": lambda yes: UseCase.merged_into_id.is_not(None) if yes else UseCase.merged_into_id.is_(None),
    },
    elsewhere=_says,
)
RANKS = ("rank", "-rank")


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
    back: bool | None = None
    aligned: bool | None = None
    watched_by: tuple[int, bool] | None = None  # somebody's id, and whether they watch it
    sort: str = "id"


def scope_of(use_case: UseCase) -> Scope:
    """Whose matter a use case is: its proposer may edit it until it was estimated."""
    author = use_case.proposer_id if use_case.status in EDITED_BY_PROPOSER else None
    return Scope(owner_id=use_case.business_owner_id, author_id=author)


def get_use_case(_actor: User, use_case_id: int) -> UseCase:
    """A use case by id, archived and merged ones too; Missing if there is none."""
    found = session.get(UseCase, use_case_id)
    if found is None:
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


def living_use_cases(ids: list[int]) -> set[int]:
    """Those of the use cases that are not archived."""
    return set(session.scalars(select(UseCase.id).where(UseCase.id.in_(ids), UseCase.archived_at.is_(None))))


def page_of_use_cases(_actor: User, filters: Filters, after: Sequence[Any] | None, size: int) -> paging.Page:
    """One page of the use cases that match."""
    if filters.sort in RANKS:
        return _page_by_rank(filters, after, size)
    return USE_CASES.page(select(UseCase), vars(filters), after, size)


def _page_by_rank(filters: Filters, after: Sequence[Any] | None, size: int) -> paging.Page:
    """By present rank; those without one follow in order of age, whichever way it is turned."""
    ranks, turn = places(), -1 if filters.sort == "-rank" else 1

    def stands(one: int) -> list[int]:
        return [turn * ranks[one], 0] if one in ranks else [2**62, one]

    ids = sorted(session.scalars(matching(select(UseCase.id), filters)), key=stands)
    if after is not None:
        *place, last = after  # where the last one left, the next has moved up to its rank
        ids = [one for one in ids if stands(one) > place or (turn > 0 and stands(one) == place and one != last)]
    shown = ids[:size]
    rows = {row.id: row for row in session.scalars(select(UseCase).where(UseCase.id.in_(shown)))}
    return paging.Page([rows[one] for one in shown], [*stands(shown[-1]), shown[-1]] if size < len(ids) else None)


def matching(query: Select[Any], filters: Filters) -> Select[Any]:
    """A query over use cases, narrowed."""
    return USE_CASES.narrowed(query, vars(filters))


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


def all_tags() -> set[str]:
    """The words that use cases bear."""
    return set(session.scalars(select(UseCaseTag.tag).distinct()))


def tags_of(ids: Iterable[int]) -> dict[int, list[str]]:
    """Tags by use case, in alphabetical order."""
    query = select(UseCaseTag).where(UseCaseTag.use_case_id.in_(list(ids))).order_by(UseCaseTag.tag)
    found: dict[int, list[str]] = {}
    for row in session.scalars(query):
        found.setdefault(row.use_case_id, []).append(row.tag)
    return found
