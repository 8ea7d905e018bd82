"""Reading columns and items: what an actor may see of them."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import undefer

from backlog.board.models import AcceptanceLine, Assignment, Column, Item, ItemTag, Move, OverrideRequest, Tick
from backlog.done import queries as done
from backlog.done.models import Criterion, DoneDefinition
from backlog.done.rules import may_tick
from backlog.kernel.codes import read_code
from backlog.kernel.database import session
from backlog.kernel.refusal import Missing
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import scope_of as scope_of_project
from backlog.people.models import User
from backlog.people.policy import Scope, may_see, sees_everything
from backlog.usecases.models import UseCase


@dataclass(frozen=True)
class Filters:
    """What narrows a list of items; `only` may name a value beside it, `only_for`."""

    project_id: int | None = None
    column_id: int | None = None
    type: str | None = None
    assignee_id: int | None = None
    use_case_id: int | None = None
    kpi_id: int | None = None
    tag: str | None = None
    blocked: bool | None = None
    q: str | None = None
    archived: bool = False
    only: Any = None
    only_for: int | None = None


def project_of(item: Item) -> Project:
    """The project an item is of."""
    found = session.get(Project, item.project_id)
    if found is None:
        raise Missing
    return found


def scope_of(item: Item) -> Scope:
    """Who may do what with an item: its project's matter."""
    return scope_of_project(project_of(item))


def scope_of_ticks(actor: User, item: Item) -> Scope:
    """The same, where the business owner is the project's or the use case's."""
    scope = scope_of(item)
    return replace(scope, owner_id=actor.id) if actor.id in owner_ids(item) else scope


def owner_ids(item: Item) -> set[int]:
    """The business owners an item answers to: its project's and its use case's."""
    use_case = session.get(UseCase, item.use_case_id) if item.use_case_id else None
    owners = {project_of(item).business_owner_id, use_case.business_owner_id if use_case else None}
    return {each for each in owners if each is not None}


def get_item(actor: User, item_id: int) -> Item:
    """An item the actor may see, archived ones too; Missing otherwise."""
    item = session.get(Item, item_id)
    if item is None or not may_see(actor, scope_of(item)):
        raise Missing
    return item


def get_by_code(actor: User, code: str) -> tuple[Item, Project]:
    """The item of a code in any writing, and its project; Missing where there is none to see."""
    parts = read_code(code)
    if parts is None:
        raise Missing
    query = select(Item, Project).join(Project, Project.id == Item.project_id).options(undefer(Item.description))
    found = session.execute(query.where(Project.key == parts[0], Item.number == parts[1])).first()
    if found is None or not may_see(actor, scope_of_project(found.Project)):
        raise Missing
    return found.Item, found.Project


def code_of(item: Item) -> str:
    """AIQC-12."""
    return f"{project_of(item).key}-{item.number}"


def codes_of(item_ids: Iterable[int]) -> dict[int, str]:
    """Codes by id."""
    query = select(Item.id, Project.key, Item.number).join(Project, Project.id == Item.project_id)
    rows = session.execute(query.where(Item.id.in_(list(item_ids))))
    return {row.id: f"{row.key}-{row.number}" for row in rows}


def columns_of(project_id: int) -> list[Column]:
    """A project's columns in order, without removed ones."""
    query = select(Column).where(Column.project_id == project_id, Column.removed_at.is_(None))
    return list(session.scalars(query.order_by(Column.position, Column.id)))


def version_of(columns: Sequence[Column]) -> int:
    """The version of a whole list of columns: changes whenever one of them does."""
    return zlib.crc32(";".join(f"{each.id}-{each.version}" for each in columns).encode())


def first_todo(columns: Sequence[Column]) -> Column:
    """Where new items stand and what leaves a sprint goes."""
    return next((each for each in columns if each.category == "todo"), columns[0])


def find_column(project_id: int, column_id: int) -> Column | None:
    """A column in use of this project."""
    column = session.get(Column, column_id)
    return column if column and column.project_id == project_id and column.removed_at is None else None


def taken(column_ids: Iterable[int]) -> dict[int, tuple[int, float]]:
    """How many items stand in each column and their points, filters aside."""
    query = select(Item.column_id, func.count(), func.coalesce(func.sum(Item.points), 0.0))
    query = query.where(Item.column_id.in_(list(column_ids)), Item.archived_at.is_(None)).group_by(Item.column_id)
    return {row[0]: (row[1], float(row[2] or 0)) for row in session.execute(query)}


def open_items(project_id: int) -> list[Item]:
    """A project's items that are not done, by number."""
    query = select(Item).where(Item.project_id == project_id, Item.archived_at.is_(None), Item.done_at.is_(None))
    return list(session.scalars(query.order_by(Item.number)))


def count_open(project_id: int) -> int:
    """How many of a project's items are not done."""
    query = select(func.count(Item.id)).where(Item.project_id == project_id)
    return session.scalar(query.where(Item.archived_at.is_(None), Item.done_at.is_(None))) or 0


def visible(query: Select[Any], actor: User) -> Select[Any]:
    """Narrow a query of items to those of projects the actor may see."""
    if sees_everything(actor):
        return query
    mine = or_(Project.squad_id.in_(actor.squad_ids), Project.business_owner_id == actor.id)
    hidden = select(Project.id).where(Project.confidential, func.coalesce(mine, False).is_(False))
    return query.where(Item.project_id.not_in(hidden))


def visible_items(actor: User, ids: list[int]) -> set[int]:
    """Those of the items the actor may see (a subject of facts and comments)."""
    return set(session.scalars(visible(select(Item.id).where(Item.id.in_(ids)), actor)))


def living_items(ids: list[int]) -> set[int]:
    """Those of the items that are not archived, nor their project."""
    query = select(Item.id).join(Project, Project.id == Item.project_id).where(Item.id.in_(ids))
    return set(session.scalars(query.where(Item.archived_at.is_(None), Project.archived_at.is_(None))))


def visible_columns(actor: User, ids: list[int]) -> set[int]:
    """Those of the columns the actor may see."""
    query = select(Column.id, Project).join(Project, Project.id == Column.project_id).where(Column.id.in_(ids))
    return {row.id for row in session.execute(query) if may_see(actor, scope_of_project(row.Project))}


def visible_definitions(actor: User, ids: list[int]) -> set[int]:
    """Those of the Definitions of Done the actor may see."""
    of = done.projects_of(ids)
    projects = {each.id: each for each in session.scalars(select(Project).where(Project.id.in_(set(of.values()))))}
    return {each for each, project_id in of.items() if may_see(actor, scope_of_project(projects[project_id]))}


def narrowed(query: Select[Any], filters: Filters) -> Select[Any]:
    """Add a list's filters to a query of items."""
    for name in ("project_id", "column_id", "type", "use_case_id", "kpi_id"):
        if (value := getattr(filters, name)) is not None:
            query = query.where(getattr(Item, name) == value)
    if filters.assignee_id is not None:
        query = query.where(Item.id.in_(select(Assignment.item_id).where(Assignment.user_id == filters.assignee_id)))
    if filters.tag is not None:
        query = query.where(Item.id.in_(select(ItemTag.item_id).where(ItemTag.tag == filters.tag)))
    if filters.blocked is not None:
        query = query.where(Item.blocked_at.is_not(None) if filters.blocked else Item.blocked_at.is_(None))
    if filters.only is not None:
        query = query.where(Item.id.in_(filters.only))
    if filters.q:
        query = query.where(_matches(filters.q))
    return query.where(Item.archived_at.is_not(None) if filters.archived else Item.archived_at.is_(None))


def _matches(text: str) -> Any:
    code = read_code(text)
    if code is None:
        return Item.title.icontains(text, autoescape=True)
    projects = select(Project.id).where(Project.key == code[0])
    return or_(Item.title.icontains(text, autoescape=True), Item.project_id.in_(projects) & (Item.number == code[1]))


def assignees_of(item_ids: Iterable[int]) -> dict[int, list[int]]:
    """Who works on each item."""
    query = select(Assignment.item_id, Assignment.user_id).where(Assignment.item_id.in_(list(item_ids)))
    return _grouped(session.execute(query.order_by(Assignment.item_id, Assignment.user_id)))


def tags_in(project_id: int) -> set[str]:
    """The words that a project's items bear."""
    query = select(ItemTag.tag).join(Item, Item.id == ItemTag.item_id).where(Item.project_id == project_id)
    return set(session.scalars(query.distinct()))


def tags_of(item_ids: Iterable[int]) -> dict[int, list[str]]:
    """The tags of each item."""
    query = select(ItemTag.item_id, ItemTag.tag).where(ItemTag.item_id.in_(list(item_ids)))
    return _grouped(session.execute(query.order_by(ItemTag.item_id, ItemTag.tag)))


def acceptance_of(item_ids: Iterable[int]) -> dict[int, list[AcceptanceLine]]:
    """The acceptance criteria of each item, in order."""
    query = select(AcceptanceLine).where(AcceptanceLine.item_id.in_(list(item_ids)))
    query = query.execution_options(populate_existing=True)  # as they are now, also for one who read them before a lock
    rows = session.scalars(query.order_by(AcceptanceLine.item_id, AcceptanceLine.position, AcceptanceLine.id))
    return _grouped((row.item_id, row) for row in rows)


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for item_id, value in rows:
        found[item_id].append(value)
    return found


def standing_ticks(item_id: int) -> list[Tick]:
    """The ticks of an item in force: the newest of each criterion, unless it was cleared."""
    newest = select(func.max(Tick.id)).where(Tick.item_id == item_id).group_by(Tick.criterion_id)
    query = select(Tick).where(Tick.id.in_(newest), Tick.state != "cleared")
    return list(session.scalars(query.order_by(Tick.id)))


def find_tick(item_id: int, criterion_id: int) -> Tick | None:
    """The standing tick of one criterion."""
    query = select(Tick).where(Tick.item_id == item_id, Tick.criterion_id == criterion_id)
    newest = session.scalar(query.order_by(Tick.id.desc()).limit(1))
    return newest if newest is not None and newest.state != "cleared" else None


def carried(item: Item, newest: DoneDefinition) -> list[tuple[Criterion, Tick | None]]:
    """The lines of a newer definition, each with the tick that goes along.

    That is one of a line that reads the same, by somebody who may tick it there, with evidence where it is asked for;
    what was set aside stays so.
    """
    old = {line.id: line.text for line in done.criteria_of(item.definition_id)}
    standing = {old[each.criterion_id]: each for each in standing_ticks(item.id) if each.criterion_id in old}
    assignees, owners = assignees_of([item.id]).get(item.id, []), owner_ids(item)
    found: list[tuple[Criterion, Tick | None]] = []
    for line in done.criteria_of(newest.id):
        tick = standing.get(line.text)
        if tick is not None and not tick.not_applicable:
            owner = tick.by_id if tick.by_id in owners else None
            is_shown = bool(tick.evidence) or not line.needs_evidence
            tick = tick if is_shown and may_tick(line.by, tick.by_id, assignees, owner) else None
        found.append((line, tick))
    return found


def find_request(item_id: int) -> OverrideRequest | None:
    """The request for an exception that waits; there is one at most."""
    query = select(OverrideRequest).where(OverrideRequest.item_id == item_id, OverrideRequest.state == "open")
    return session.scalar(query)


def newest_request(item_id: int) -> OverrideRequest | None:
    """What was asked last for an item, whatever became of it."""
    query = select(OverrideRequest).where(OverrideRequest.item_id == item_id)
    return session.scalar(query.order_by(OverrideRequest.id.desc()).limit(1))


def get_request(item: Item, request_id: int) -> OverrideRequest:
    """A request of this item; Missing under any other."""
    found = session.get(OverrideRequest, request_id)
    if found is None or found.item_id != item.id:
        raise Missing
    return found


def last_move(item_id: int) -> Move | None:
    """The newest move of an item."""
    return session.scalar(select(Move).where(Move.item_id == item_id).order_by(Move.id.desc()).limit(1))


def histories_of(item_ids: Iterable[int]) -> dict[int, list[tuple[Any, str]]]:
    """For each item, when it entered which category: what the arithmetic of flow reads."""
    query = select(Move.item_id, Move.at, Column.category).join(Column, Column.id == Move.to_column_id)
    rows = session.execute(query.where(Move.item_id.in_(list(item_ids))).order_by(Move.item_id, Move.id))
    return _grouped((row.item_id, (row.at, row.category)) for row in rows)
