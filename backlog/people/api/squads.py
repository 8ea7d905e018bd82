"""Squads in the REST interface."""

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, done, endpoint, match, read, read_nothing
from backlog.api.paging import page_of
from backlog.people import actions, queries
from backlog.people.policy import require
from backlog.people.schemas import SquadQuery, SquadSchema

blueprint = Blueprint("squads_api", __name__)


@blueprint.route("/squads", methods=["GET"])
@endpoint("page.read", answer=SquadSchema, many=True, query=SquadQuery)
def index() -> Response:
    """List squads with their members."""
    query = arguments(SquadQuery)
    return page_of(SquadSchema, lambda after, size: queries.page_of_squads(query, after, size), query)


@blueprint.route("/squads", methods=["POST"])
@endpoint("squad.manage", body=SquadSchema, answer=SquadSchema, status=201)
def add() -> Response:
    """Make a squad."""
    require(actor(), "squad.manage")
    squad = actions.add_squad(actor(), **read(SquadSchema))
    return answer(SquadSchema, squad, 201, url_for("squads_api.show", squad_id=squad.id))


@blueprint.route("/squads/<int:squad_id>", methods=["GET"])
@endpoint("page.read", answer=SquadSchema)
def show(squad_id: int) -> Response:
    """One squad."""
    return answer(SquadSchema, queries.get_squad(squad_id))


@blueprint.route("/squads/<int:squad_id>", methods=["PATCH"])
@endpoint("squad.manage", body=SquadSchema, answer=SquadSchema, condition=True, refusals=("squad.archived",))
def edit(squad_id: int) -> Response:
    """Change the sent fields; members are given whole."""
    squad = queries.get_squad(squad_id)
    require(actor(), "squad.manage")
    changes = read(SquadSchema, partial=True)
    match(squad, SquadSchema().dump)
    return answer(SquadSchema, actions.edit_squad(actor(), squad, **changes))


@blueprint.route("/squads/<int:squad_id>", methods=["DELETE"])
@endpoint("squad.manage", status=204)
def archive(squad_id: int) -> Response:
    """Take a squad out of use."""
    squad = queries.get_squad(squad_id)
    require(actor(), "squad.manage")
    read_nothing()
    actions.archive_squad(actor(), squad)
    return done()


@blueprint.route("/squads/<int:squad_id>/restore", methods=["POST"])
@endpoint("squad.manage", answer=SquadSchema)
def restore(squad_id: int) -> Response:
    """Bring an archived squad back, members and all."""
    squad = queries.get_squad(squad_id)
    require(actor(), "squad.manage")
    read_nothing()
    return answer(SquadSchema, actions.restore_squad(actor(), squad))
