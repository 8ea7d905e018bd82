"""The parts of an open item that take the place of the old ones, with its card and the heads of the lanes."""

from typing import Any

from flask import render_template
from sqlalchemy import and_, bindparam, or_, select

from backlog.board import queries
from backlog.board.models import Item
from backlog.board.pages import cards
from backlog.board.pages.item_page import ItemPage
from backlog.board.pages.page_objects import counted, lane_of
from backlog.board.pages.sprint_head import mark_of
from backlog.kernel.database import session
from backlog.lighthouse.models import Project
from backlog.people.queries import names_of

ONE = select(Item.id).where(Item.id == bindparam("only_for"))


def card_of(item: Item, project: Project, *, may_move: bool) -> list[Any]:
    """The card as it is now; none where it was archived."""
    filters = queries.Filters(project_id=project.id, only=ONE, only_for=item.id)
    rows = cards.rows_of([item.column_id], filters)
    assignees = {int(each) for row in rows for each in (row.people or "").split(",") if each}
    return cards.as_html(
        cards.draw(rows, project.key, names_of(assignees), mark_of(item.id), may_move=may_move).values()
    )


def follower_of(item: Item) -> int | str:
    """The card below it in its column, before which a page puts it; '' for the last."""
    below = or_(Item.order_key > item.order_key, and_(Item.order_key == item.order_key, Item.id > item.id))
    query = select(Item.id).where(Item.column_id == item.column_id, Item.archived_at.is_(None), below)
    return session.scalar(query.order_by(Item.order_key, Item.id).limit(1)) or ""


def parts_of(page: ItemPage) -> str:
    """Everything of an open item that may have changed, to be swapped by id."""
    lanes = [lane_of(*each, []) for each in counted(page.project.id)]
    drawn = card_of(page.item, page.project, may_move=page.may_move)
    values = {"lanes": lanes, "cards": drawn, "column": page.column, "before_id": follower_of(page.item)}
    return render_template("items/_parts.html", page=page, **values)
