"""In which order the backlog stands: by rank, unless it is sorted or grouped otherwise; the page and its file alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Select

from backlog.kernel.database import session
from backlog.people.queries import names_of
from backlog.usecases.models import STATUSES, UseCase
from backlog.usecases.queries.ranking import Ranked, ranking
from backlog.usecases.queries.use_cases import votes_of

STANDINGS = ("ranked", "to_estimate", "under_way", "others")
LAST = 2**62


class Ordered(Protocol):
    """What of a use case an order goes by."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def department(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def north_star_id(self) -> int | None: ...
    @property
    def sourcing(self) -> str: ...
    @property
    def votes(self) -> int: ...
    @property
    def alignment(self) -> int | None: ...
    @property
    def updated_at(self) -> datetime: ...


KEYS: dict[str, Callable[[Ordered], Any]] = {
    "title": lambda each: each.title.casefold(),
    "department": lambda each: (not each.department, each.department),
    "category": lambda each: (not each.category, each.category),
    "status": lambda each: STATUSES.index(each.status),
    "owner": lambda each: (not each.owner, each.owner),
    "north_star": lambda each: (each.north_star_id is None, each.north_star_id or 0),
    "sourcing": lambda each: each.sourcing,
    "votes": lambda each: each.votes,
    "alignment": lambda each: -1 if each.alignment is None else each.alignment,
    "updated": lambda each: each.updated_at,
}


@dataclass(frozen=True)
class Standing:
    """Where use cases stand in the ranking: their place in it, what they lack, or the rank they were chosen with."""

    places: dict[int, int]
    lacking: dict[int, Sequence[str]]
    kept: dict[int, int | None]

    def of(self, case: Ordered) -> str:
        """Ranked, to estimate, under way, or out of it."""
        if case.id in self.places:
            return "ranked"
        return "to_estimate" if case.id in self.lacking else "under_way" if case.id in self.kept else "others"

    def place(self, case: Ordered) -> tuple[int, int, int]:
        """The usual order: by rank, then what can't be ranked yet, the newest first, what is under way, the rest by age."""
        rank, group = self.places.get(case.id) or self.kept.get(case.id) or LAST, self.of(case)
        return STANDINGS.index(group), rank, -case.id if group == "to_estimate" else case.id


def standing_of(ranked: Ranked) -> Standing:
    """Where everything stands by a ranking."""
    return Standing(
        {row.use_case_id: row.rank for row in ranked.ranking.rows},
        {each.use_case_id: each.missing for each in ranked.ranking.unranked},
        dict(ranked.kept),
    )


def put_in_order(cases: Sequence[Any], sort: str, group: str, standing: Standing) -> list[Any]:
    """Use cases by rank, or sorted by a word that falls with a minus before it; within their groups."""
    found = sorted(cases, key=standing.place)
    if name := sort.removeprefix("-"):
        found.sort(key=KEYS[name], reverse=sort.startswith("-"))
    if group:
        found.sort(key=KEYS[group])
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    id: int
    title: str
    department: str
    category: str
    status: str
    owner: str
    north_star_id: int | None
    sourcing: str
    votes: int
    alignment: int | None
    updated_at: datetime


def ids_in_order(query: Select[Any], sort: str, group: str) -> list[int]:
    """The ids of what a query over use cases finds, in the order in which the page shows it."""
    columns = [getattr(UseCase, name) for name in _Line.__slots__ if name not in {"owner", "votes"}]
    rows = session.execute(query.with_only_columns(*columns, UseCase.business_owner_id)).all()
    names, votes = names_of(row.business_owner_id for row in rows), votes_of()
    lines = [
        _Line(row.id, row.title, row.department, row.category or "", row.status, names.get(row.business_owner_id, ""),
              row.north_star_id, row.sourcing, votes.get(row.id, 0), row.alignment, row.updated_at)
        for row in rows
    ]  # fmt: skip
    return [each.id for each in put_in_order(lines, sort, group, standing_of(ranking(None)))]
