"""Requests for an exception over REST: asked by who works on an item, answered by who leads."""

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, endpoint, read
from backlog.api.lists import list_of
from backlog.board import actions, queries
from backlog.board.actions.counts import RESTING
from backlog.board.lists import page_of_requests
from backlog.board.models import Item, OverrideRequest
from backlog.board.schemas import DeclineSchema, OverrideRequestQuery, OverrideRequestSchema, ReasonsSchema
from backlog.kernel.refusal import Invalid
from backlog.people.policy import require

blueprint = Blueprint("override_requests_api", __name__)
PATH = "/items/<int:item_id>/override-requests"
ONE = f"{PATH}/<int:request_id>"


@blueprint.route(PATH, methods=["GET"])
@endpoint("page.read", answer=OverrideRequestSchema, many=True, query=OverrideRequestQuery)
def index(item_id: int) -> Response:
    """What was asked for an item and how it was answered, oldest first."""
    item = queries.get_item(actor(), item_id)
    return list_of(OverrideRequestSchema, OverrideRequestQuery, page_of_requests, of=item)


@blueprint.route(PATH, methods=["POST"])
@endpoint(
    "item.move",
    body=OverrideRequestSchema,
    answer=OverrideRequestSchema,
    status=201,
    refusals=("override.already_asked", *RESTING, "item.is_done"),
)
def ask(item_id: int) -> Response:
    """Ask for an exception into a done column."""
    item = queries.get_item(actor(), item_id)
    require(actor(), "item.move", queries.scope_of(item))
    values = read(OverrideRequestSchema)
    column = queries.find_column(item.project_id, values["column_id"])
    if column is None:
        raise Invalid(column_id="value.unknown_id")
    made = actions.request_override(actor(), item, column, values["reason"])
    return answer(OverrideRequestSchema, made, 201, f"/api/v1/items/{item.id}/override-requests/{made.id}")


@blueprint.route(ONE, methods=["GET"])
@endpoint("page.read", answer=OverrideRequestSchema)
def show(item_id: int, request_id: int) -> Response:
    """One request."""
    return answer(OverrideRequestSchema, _both(item_id, request_id)[1])


@blueprint.route(f"{ONE}/grant", methods=["POST"])
@endpoint(
    "item.override",
    body=ReasonsSchema,
    answer=OverrideRequestSchema,
    refusals=("override.answered", "column.full", *RESTING),
)
def grant(item_id: int, request_id: int) -> Response:
    """Let the item in, for the reason given or one's own."""
    item, request = _both(item_id, request_id, "item.override")
    return answer(OverrideRequestSchema, actions.grant(actor(), item, request, **read(ReasonsSchema)))


@blueprint.route(f"{ONE}/decline", methods=["POST"])
@endpoint("item.override", body=DeclineSchema, answer=OverrideRequestSchema, refusals=("override.answered", *RESTING))
def decline(item_id: int, request_id: int) -> Response:
    """Say no, and why."""
    item, request = _both(item_id, request_id, "item.override")
    return answer(OverrideRequestSchema, actions.decline(actor(), item, request, **read(DeclineSchema)))


def _both(item_id: int, request_id: int, verb: str = "page.read") -> tuple[Item, OverrideRequest]:
    """An item and a request of it; one of any other item is missing."""
    item = queries.get_item(actor(), item_id)
    request = queries.get_request(item, request_id)
    require(actor(), verb, queries.scope_of(item))
    return item, request
