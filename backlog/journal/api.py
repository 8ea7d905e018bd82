"""The journal in the REST interface."""

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import endpoint
from backlog.api.lists import list_of
from backlog.journal import queries
from backlog.journal.schemas import FactQuery, FactSchema

blueprint = Blueprint("facts_api", __name__)


@blueprint.route("/facts", methods=["GET"])
@endpoint("page.read", answer=FactSchema, many=True, query=FactQuery)
def index() -> Response:
    """Facts about what the caller may see, oldest first."""
    return list_of(FactSchema, FactQuery, queries.page_of_facts)
