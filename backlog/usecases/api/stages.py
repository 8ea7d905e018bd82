"""The columns of the portfolio's board: limits and policies of the statuses."""

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, endpoint, match, read
from backlog.kernel.database import take_turn
from backlog.people.policy import require
from backlog.usecases import actions, queries
from backlog.usecases.schemas import StagesSchema

blueprint = Blueprint("stages_api", __name__)
dump = StagesSchema().dump


@blueprint.route("/use-cases/columns", methods=["GET"])
@endpoint("page.read", answer=StagesSchema)
def show() -> Response:
    """The columns of the portfolio's board, with how many use cases stand in each."""
    return answer(StagesSchema, queries.stages())


@blueprint.route("/use-cases/columns", methods=["PUT"])
@endpoint("stage.manage", body=StagesSchema, answer=StagesSchema, condition=True)
def change() -> Response:
    """Set limits and policies of the columns sent."""
    require(actor(), "stage.manage")
    values = read(StagesSchema)
    take_turn("stages")
    match(queries.stages(), dump)
    return answer(StagesSchema, actions.set_stages(actor(), values["columns"]))
