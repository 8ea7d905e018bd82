"""Moves over REST."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, endpoint, read
from backlog.api.lists import list_of
from backlog.board import actions, queries
from backlog.board.actions.counts import RESTING
from backlog.board.lists import page_of_moves
from backlog.board.models import Move
from backlog.board.schemas import MoveQuery, MoveSchema
from backlog.kernel.refusal import Invalid
from backlog.people.policy import require

blueprint = Blueprint("moves_api", __name__)


@dataclass(frozen=True)
class Shown:
    """A move as programs see it; `column_id` is where it led."""

    id: int
    item_id: int
    from_column_id: int | None
    to_column_id: int
    column_id: int
    reason: str
    override_reason: str
    moved_by_id: int
    moved_at: datetime
    item_version: int


def _shown(move: Move) -> Shown:
    return Shown(
        move.id,
        move.item_id,
        move.from_column_id,
        move.to_column_id,
        move.to_column_id,
        move.reason,
        move.override_reason,
        move.by_id,
        move.at,
        move.item_version,
    )


@blueprint.route("/items/<int:item_id>/moves", methods=["GET"])
@endpoint("page.read", answer=MoveSchema, many=True, query=MoveQuery)
def index(item_id: int) -> Response:
    """How an item got where it stands, oldest first."""
    item = queries.get_item(actor(), item_id)
    return list_of(MoveSchema, MoveQuery, page_of_moves, of=item, shown=lambda rows: [_shown(each) for each in rows])


@blueprint.route("/items/<int:item_id>/moves", methods=["POST"])
@endpoint(
    "item.move",
    body=MoveSchema,
    answer=MoveSchema,
    tagged=True,
    status=201,
    refusals=("column.full", "item.not_done", *RESTING),
)
def move(item_id: int) -> Response:
    """Move an item to a place in a column; one refusal names everything that is open."""
    item = queries.get_item(actor(), item_id)
    require(actor(), "item.move", queries.scope_of(item))
    values = read(MoveSchema)
    column = queries.find_column(item.project_id, values.pop("column_id"))
    if column is None:
        raise Invalid(column_id="value.unknown_id")
    made = actions.move(actor(), item, column, **values)
    return answer(MoveSchema, _shown(made), 201, f"/api/v1/items/{item.id}/moves", tag=item)
