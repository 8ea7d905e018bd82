"""North Stars."""

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, done, endpoint, match, read, read_nothing
from backlog.api.lists import list_of
from backlog.people.policy import require
from backlog.portfolio.queries.north_star import progress as tell
from backlog.usecases import actions, queries
from backlog.usecases.schemas import NorthStarQuery, NorthStarSchema, ProgressSchema, told_progress

blueprint = Blueprint("north_stars_api", __name__)
dump = NorthStarSchema().dump


@blueprint.route("/north-stars", methods=["GET"])
@endpoint("page.read", answer=NorthStarSchema, many=True, query=NorthStarQuery)
def index() -> Response:
    """List North Stars."""
    return list_of(NorthStarSchema, NorthStarQuery, queries.page_of_north_stars)


@blueprint.route("/north-stars", methods=["POST"])
@endpoint("north_star.manage", body=NorthStarSchema, answer=NorthStarSchema, status=201)
def add() -> Response:
    """Set a North Star."""
    require(actor(), "north_star.manage")
    made = actions.add_north_star(actor(), **read(NorthStarSchema))
    return answer(NorthStarSchema, made, 201, url_for("north_stars_api.show", north_star_id=made.id))


@blueprint.route("/north-stars/<int:north_star_id>", methods=["GET"])
@endpoint("page.read", answer=NorthStarSchema)
def show(north_star_id: int) -> Response:
    """One North Star."""
    return answer(NorthStarSchema, queries.get_north_star(actor(), north_star_id))


@blueprint.route("/north-stars/<int:north_star_id>/progress", methods=["GET"])
@endpoint("page.read", answer=ProgressSchema)
def progress(north_star_id: int) -> Response:
    """Where a North Star stands: its KPIs with their values, what is aligned with it, and what came of that so far."""
    return answer(ProgressSchema, told_progress(tell(actor(), queries.get_north_star(actor(), north_star_id))))


@blueprint.route("/north-stars/<int:north_star_id>", methods=["PATCH"])
@endpoint(
    "north_star.manage", body=NorthStarSchema, answer=NorthStarSchema, condition=True, refusals=("north_star.archived",)
)
def edit(north_star_id: int) -> Response:
    """Change the sent fields."""
    north_star = queries.get_north_star(actor(), north_star_id)
    require(actor(), "north_star.manage")
    changes = read(NorthStarSchema, partial=True)
    match(north_star, dump)
    return answer(NorthStarSchema, actions.edit_north_star(actor(), north_star, **changes))


@blueprint.route("/north-stars/<int:north_star_id>", methods=["DELETE"])
@endpoint("north_star.manage", status=204)
def archive(north_star_id: int) -> Response:
    """Take a North Star out of use."""
    north_star = queries.get_north_star(actor(), north_star_id)
    require(actor(), "north_star.manage")
    read_nothing()
    actions.archive_north_star(actor(), north_star)
    return done()


@blueprint.route("/north-stars/<int:north_star_id>/restore", methods=["POST"])
@endpoint("north_star.manage", answer=NorthStarSchema)
def restore(north_star_id: int) -> Response:
    """Bring a North Star back."""
    north_star = queries.get_north_star(actor(), north_star_id)
    require(actor(), "north_star.manage")
    read_nothing()
    return answer(NorthStarSchema, actions.restore_north_star(actor(), north_star))
