"""One search over everything, in the REST interface."""

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, arguments, endpoint
from backlog.api.paging import page_of
from backlog.portfolio import queries
from backlog.portfolio.schemas import FoundSchema, SearchQuery

blueprint = Blueprint("search_api", __name__)


@blueprint.route("/search", methods=["GET"])
@endpoint("page.read", answer=FoundSchema, many=True, query=SearchQuery)
def index() -> Response:
    """Search everything the caller may see: each word must stand somewhere in a thing; newest first."""
    query = arguments(SearchQuery)
    return page_of(FoundSchema, lambda after, size: queries.page_of_found(actor(), query, after, size), query)
