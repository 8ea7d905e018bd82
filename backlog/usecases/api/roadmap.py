"""The roadmap by business system."""

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, endpoint
from backlog.usecases import queries
from backlog.usecases.schemas import RoadmapQuery, RoadmapSchema

blueprint = Blueprint("roadmap_api", __name__)


@blueprint.route("/roadmap", methods=["GET"])
@endpoint("page.read", answer=RoadmapSchema, query=RoadmapQuery)
def roadmap() -> Response:
    """Which business systems become smarter: what each has, and what it gets now, next and later."""
    return answer(RoadmapSchema, queries.roadmap(actor(), queries.Filters(**arguments(RoadmapQuery))))
