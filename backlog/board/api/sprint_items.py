"""The items of a sprint over REST."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint
from sqlalchemy import false

from backlog.api.endpoint import actor, answer, arguments, done, endpoint, read, read_nothing
from backlog.api.paging import page_of
from backlog.board import queries as board
from backlog.board.lists import page_of_items
from backlog.board.schemas import ActionSchema, ItemIdsSchema, ItemQuery, ItemSchema
from backlog.board.views import items_as_seen
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Invalid
from backlog.people.policy import require
from backlog.sprints import actions, queries
from backlog.sprints.models import Sprint

blueprint = Blueprint("sprint_items_api", __name__)
ONE = "/sprints/<int:sprint_id>"


def _scoped(sprint_id: int) -> Sprint:
    sprint = queries.get_sprint(actor(), sprint_id)
    require(actor(), "sprint.scope", queries.scope_of(sprint))
    return sprint


@blueprint.route(f"{ONE}/items", methods=["GET"])
@endpoint("page.read", answer=ItemSchema, many=True, query=ItemQuery)
def items(sprint_id: int) -> Response:
    """The items in a sprint; of a closed one those in it at the end."""
    sprint = queries.get_sprint(actor(), sprint_id)
    query = arguments(ItemQuery)
    only = queries.items_of_sprint(sprint.id)
    if query.get("sprint_id", sprint.id) != sprint.id:
        only = only.where(false())

    def load(after: Sequence[Any] | None, size: int) -> Page:
        found = page_of_items(actor(), query, after, size, only)
        return Page(items_as_seen(found.rows, queries.sprints_of_items([row.id for row in found.rows])), found.last)

    return page_of(ItemSchema, load, query)


@blueprint.route(f"{ONE}/items", methods=["POST"])
@endpoint("sprint.scope", body=ItemIdsSchema, answer=ItemSchema, many=True, status=201, refusals=("sprint.closed",))
def add_items(sprint_id: int) -> Response:
    """Take items into a sprint."""
    sprint = _scoped(sprint_id)
    found = actions.add_items(actor(), sprint, read(ItemIdsSchema)["item_ids"])
    rows = items_as_seen(found, queries.sprints_of_items([item.id for item in found]))
    response = jsonify({"data": ItemSchema(many=True).dump(rows), "next_cursor": None})
    response.status_code, response.headers["Location"] = 201, f"/api/v1/sprints/{sprint.id}/items"
    return response


@blueprint.route(f"{ONE}/items/<int:item_id>", methods=["DELETE"])
@endpoint("sprint.scope", status=204, refusals=("sprint.closed",))
def remove_item(sprint_id: int, item_id: int) -> Response:
    """Take an item out of a sprint, into the backlog."""
    sprint = queries.get_sprint(actor(), sprint_id)
    item = board.get_item(actor(), item_id)
    require(actor(), "sprint.scope", queries.scope_of(sprint))
    read_nothing()
    actions.remove_item(actor(), sprint, item)
    return done()


@blueprint.route(f"{ONE}/ceremonies/<int:ceremony_id>/actions", methods=["POST"])
@endpoint("item.create", body=ActionSchema, answer=ItemSchema, status=201)
def action_to_item(sprint_id: int, ceremony_id: int) -> Response:
    """Make an agreed action an item; once made, it is the same item."""
    sprint = queries.get_sprint(actor(), sprint_id)
    require(actor(), "item.create", queries.scope_of(sprint))
    held = queries.get_ceremony(sprint, ceremony_id)
    place = read(ActionSchema)["place"]
    if place >= len(held.notes) or held.notes[place].get("lane") != "action":
        raise Invalid(place="value.unknown_id")
    item = actions.action_to_item(actor(), sprint, held, place)
    shown = items_as_seen([item], queries.sprints_of_items([item.id]))[0]
    return answer(ItemSchema, shown, 201, f"/api/v1/items/{item.id}", tag=item)
