"""Where a person was called by others, with the names of the things it was about."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import select

from backlog.board.models import Item
from backlog.discussion import queries as discussion
from backlog.discussion.models import Mention
from backlog.kernel.database import session
from backlog.kpis.models import Kpi
from backlog.lighthouse.models import Project
from backlog.people.models import User
from backlog.usecases.models import UseCase

MOST_SHOWN = 20


class Thing(NamedTuple):
    """What a comment is about: its kind, how its address calls it, and what people call it."""

    kind: str
    code: str
    title: str


def calls_of(actor: User) -> tuple[list[Mention], dict[tuple[str, int], Thing]]:
    """The newest mentions that wait to be seen, and the things they were made on."""
    waiting = discussion.unseen_mentions(actor)[:MOST_SHOWN]
    return waiting, things({(each.subject_type, each.subject_id) for each in waiting})


def things(subjects: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Thing]:
    """What things are called; the caller has seen to it that they may be seen."""
    by_kind: dict[str, list[int]] = {}
    for kind, number in subjects:
        by_kind.setdefault(kind, []).append(number)
    named = {kind: READERS[kind](numbers) for kind, numbers in by_kind.items() if kind in READERS}
    return {
        (kind, number): named.get(kind, {}).get(number, Thing(kind, str(number), ""))
        for kind, numbers in by_kind.items()
        for number in numbers
    }


def _items(ids: list[int]) -> Mapping[int, Thing]:
    query = select(Item.id, Project.key, Item.number, Item.title).join(Project, Project.id == Item.project_id)
    rows = session.execute(query.where(Item.id.in_(ids)))
    return {row.id: Thing("item", f"{row.key}-{row.number}", row.title) for row in rows}


def _use_cases(ids: list[int]) -> Mapping[int, Thing]:
    found = session.scalars(select(UseCase).where(UseCase.id.in_(ids)))
    return {each.id: Thing("use_case", each.code, each.title) for each in found}


def _kpis(ids: list[int]) -> Mapping[int, Thing]:
    return {each.id: Thing("kpi", each.code, each.name) for each in session.scalars(select(Kpi).where(Kpi.id.in_(ids)))}


def _projects(ids: list[int]) -> Mapping[int, Thing]:
    found = session.scalars(select(Project).where(Project.id.in_(ids)))
    return {each.id: Thing("project", each.key, each.name) for each in found}


READERS: dict[str, Callable[[list[int]], Mapping[int, Thing]]] = {
    "item": _items,
    "use_case": _use_cases,
    "kpi": _kpis,
    "project": _projects,
}
