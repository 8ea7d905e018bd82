"""The journal in the REST interface."""

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, arguments, endpoint
from backlog.api.paging import page_of
from backlog.journal import queries
from backlog.journal.schemas import FactQuery, FactSchema

blueprint = Blueprint("facts_api", __name__)


@blueprint.route("/facts", methods=["GET"])
@endpoint("page.read", answer=FactSchema, many=True, query=FactQuery)
def index() -> Response:
    """Facts about what the caller may see, oldest first."""
    query = arguments(FactQuery)
    return page_of(FactSchema, lambda after, size: queries.page_of_facts(actor(), query, after, size), query)
