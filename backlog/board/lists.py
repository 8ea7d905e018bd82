"""Pages of items, columns, moves and the lines of a Definition of Done, as programs list them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import undefer

from backlog.board.models import AcceptanceLine, Assignment, Column, Item, ItemTag, Move, OverrideRequest
from backlog.board.queries import standing_ticks, visible
from backlog.done.models import Criterion
from backlog.kernel.codes import read_code
from backlog.kernel.listing import Listing, holds
from backlog.kernel.paging import Page
from backlog.lighthouse.models import Project
from backlog.people.models import User


def _blocked(wanted: bool) -> ColumnElement[bool]:
    return Item.blocked_at.is_not(None) if wanted else Item.blocked_at.is_(None)


def _beside(words: str) -> ColumnElement[bool]:
    """The condition that a tag or an acceptance criterion holds the words, or that they are the item's code."""
    tagged = select(ItemTag.item_id).where(holds((ItemTag.tag,), words))
    asked = select(AcceptanceLine.item_id).where(holds((AcceptanceLine.text,), words))
    found = Item.id.in_(tagged) | Item.id.in_(asked)
    if (code := read_code(words)) is None:
        return found
    projects = select(Project.id).where(Project.key == code[0])
    return found | (Item.project_id.in_(projects) & (Item.number == code[1]))


ITEMS = Listing(
    filters={
        "project_id": Item.project_id,
        "column_id": Item.column_id,
        "type": Item.type,
        "use_case_id": Item.use_case_id,
        "kpi_id": Item.kpi_id,
        "done_definition_id": Item.definition_id,
        "override_by_id": Item.override_by_id,
        "created_by_id": Item.created_by_id,
    },
    texts=(Item.title, Item.description, Item.blocked_reason, Item.override_reason),
    sorts={
        "id": Item.id,
        "number": Item.number,
        "title": Item.title,
        "type": Item.type,
        "points": Item.points,
        "blocked_at": Item.blocked_at,
        "done_at": Item.done_at,
        "created_at": Item.created_at,
    },
    archived=Item.archived_at,
    conditions={
        "assignee_id": lambda one: Item.id.in_(select(Assignment.item_id).where(Assignment.user_id == one)),
        "tag": lambda tag: Item.id.in_(select(ItemTag.item_id).where(ItemTag.tag == tag)),
        "blocked": _blocked,
    },
    elsewhere=_beside,
)
COLUMNS = Listing(
    filters={"category": Column.category},
    texts=(Column.name, Column.policy),
    sorts={"position": Column.position, "id": Column.id, "name": Column.name, "wip_limit": Column.wip_limit},
    default="position",
)
MOVES = Listing(
    filters={
        "item_id": Move.item_id,
        "column_id": Move.to_column_id,
        "from_column_id": Move.from_column_id,
        "to_column_id": Move.to_column_id,
        "moved_by_id": Move.by_id,
    },
    texts=(Move.reason, Move.override_reason),
    sorts={"id": Move.id, "moved_at": Move.at},
)
REQUESTS = Listing(
    filters={
        "item_id": OverrideRequest.item_id,
        "column_id": OverrideRequest.column_id,
        "state": OverrideRequest.state,
        "asked_by_id": OverrideRequest.by_id,
        "answered_by_id": OverrideRequest.answered_by_id,
    },
    texts=(OverrideRequest.reason, OverrideRequest.answer),
    sorts={
        "id": OverrideRequest.id,
        "state": OverrideRequest.state,
        "asked_at": OverrideRequest.at,
        "answered_at": OverrideRequest.answered_at,
    },
)
LINES = Listing(
    filters={"criterion_id": Criterion.id, "required": Criterion.required, "by": Criterion.by},
    texts=(Criterion.text,),
    sorts={"position": Criterion.position, "id": Criterion.id, "text": Criterion.text},
    default="position",
)


def page_of_items(
    actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int, only: Any = None
) -> Page:
    """One page of the items the actor may see; `only` narrows to a subquery of ids."""
    query = visible(select(Item).options(undefer(Item.description)), actor)
    return ITEMS.page(query if only is None else query.where(Item.id.in_(only)), filters, after, size)


def page_of_columns(project_id: int, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """A project's columns in use, in order."""
    query = select(Column).where(Column.project_id == project_id, Column.removed_at.is_(None))
    return COLUMNS.page(query, filters, after, size)


def page_of_moves(item: Item, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """How an item got where it stands, oldest first."""
    return MOVES.page(select(Move).where(Move.item_id == item.id), filters, after, size)


def page_of_requests(item: Item, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """What was asked for an item, oldest first."""
    return REQUESTS.page(select(OverrideRequest).where(OverrideRequest.item_id == item.id), filters, after, size)


def page_of_lines(item: Item, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """The lines of an item's definition in order; by their standing ticks too."""
    query = select(Criterion).where(Criterion.definition_id == item.definition_id)
    ticks = standing_ticks(item.id)
    if (who := filters.get("ticked_by_id")) is not None:
        query = query.where(Criterion.id.in_([each.criterion_id for each in ticks if each.by_id == who]))
    if (aside := filters.get("not_applicable")) is not None:
        chosen = [each.criterion_id for each in ticks if each.not_applicable]
        query = query.where(Criterion.id.in_(chosen) if aside else Criterion.id.not_in(chosen))
    return LINES.page(query, filters, after, size)
