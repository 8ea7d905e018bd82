"""Items over REST."""

from collections.abc import Sequence
from typing import Any

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, done, endpoint, match, read, read_nothing
from backlog.api.paging import page_of
from backlog.board import actions, queries
from backlog.board.actions.counts import RESTING
from backlog.board.lists import page_of_items
from backlog.board.models import Item
from backlog.board.schemas import ItemChangesSchema, ItemQuery, ItemSchema, NewItemSchema, ReasonsSchema
from backlog.board.views import items_as_seen
from backlog.kernel.paging import Page
from backlog.people.policy import require
from backlog.sprints.queries import items_of_sprint, sprints_of_items

blueprint = Blueprint("items_api", __name__)
ENTER = ("column.full", "item.not_done")


@blueprint.route("/items", methods=["GET"])
@endpoint("page.read", answer=ItemSchema, many=True, query=ItemQuery)
def index() -> Response:
    """Items of the projects the caller may see."""
    query = arguments(ItemQuery)
    only = items_of_sprint(query["sprint_id"]) if "sprint_id" in query else None

    def load(after: Sequence[Any] | None, size: int) -> Page:
        found = page_of_items(actor(), query, after, size, only)
        return Page(items_as_seen(found.rows, sprints_of_items([row.id for row in found.rows])), found.last)

    return page_of(ItemSchema, load, query)


@blueprint.route("/items", methods=["POST"])
@endpoint("item.create", body=NewItemSchema, answer=ItemSchema, status=201, refusals=ENTER)
def add() -> Response:
    """Make an item in a column, the first todo one unless said."""
    values = read(NewItemSchema)
    values["override_reason"] = values.get("override_reason") or ""
    item = actions.add(actor(), **values)
    return _answer(item, 201, f"/api/v1/items/{item.id}")


@blueprint.route("/items/<int:item_id>", methods=["GET"])
@endpoint("page.read", answer=ItemSchema)
def show(item_id: int) -> Response:
    """One item."""
    return _answer(queries.get_item(actor(), item_id))


@blueprint.route("/items/<int:item_id>", methods=["PATCH"])
@endpoint("item.edit", body=ItemChangesSchema, answer=ItemSchema, condition=True, refusals=(*ENTER, *RESTING))
def edit(item_id: int) -> Response:
    """Change the sent fields; another type or project asks the column's rules anew."""
    item = queries.get_item(actor(), item_id)
    require(actor(), "item.edit", queries.scope_of(item))
    changes = read(ItemChangesSchema, partial=True)
    match(item, _dump)
    return _answer(actions.edit(actor(), item, **changes))


@blueprint.route("/items/<int:item_id>", methods=["DELETE"])
@endpoint("item.archive", status=204)
def archive(item_id: int) -> Response:
    """Archive an item; all about it is kept."""
    item = queries.get_item(actor(), item_id)
    require(actor(), "item.archive", queries.scope_of(item))
    read_nothing()
    actions.archive(actor(), item)
    return done()


@blueprint.route("/items/<int:item_id>/restore", methods=["POST"])
@endpoint("item.archive", body=ReasonsSchema, answer=ItemSchema, refusals=(*ENTER, "item.project_archived"))
def restore(item_id: int) -> Response:
    """Bring an archived item back to its place."""
    item = queries.get_item(actor(), item_id)
    require(actor(), "item.archive", queries.scope_of(item))
    return _answer(actions.restore(actor(), item, **read(ReasonsSchema)))


@blueprint.route("/items/<int:item_id>/newest-definition", methods=["POST"])
@endpoint("item.edit", answer=ItemSchema, refusals=("item.is_done", *RESTING))
def take_newest_definition(item_id: int) -> Response:
    """Move an open item to the newest version of its Definition of Done."""
    item = queries.get_item(actor(), item_id)
    require(actor(), "item.edit", queries.scope_of(item))
    read_nothing()
    return _answer(actions.take_newest_definition(actor(), item))


def _dump(item: Item) -> dict[str, Any]:
    found: dict[str, Any] = ItemSchema().dump(_view(item))
    return found


def _view(item: Item) -> Any:
    return items_as_seen([item], sprints_of_items([item.id]))[0]


def _answer(item: Item, status: int = 200, location: str | None = None) -> Response:
    return answer(ItemSchema, _view(item), status, location, tag=item)
