"""One search over everything, what changed of what one watches, and what became of proposals, in the REST interface."""

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, endpoint
from backlog.api.lists import list_of
from backlog.portfolio import queries
from backlog.portfolio.schemas import FoundSchema, ProposalQuery, ProposalSchema, SearchQuery, WatchedChangesSchema

blueprint = Blueprint("search_api", __name__)


@blueprint.route("/search", methods=["GET"])
@endpoint("page.read", answer=FoundSchema, many=True, query=SearchQuery)
def index() -> Response:
    """Search everything the caller may see: each word must stand somewhere in a thing; newest first."""
    return list_of(FoundSchema, SearchQuery, queries.page_of_found)


@blueprint.route("/watched-changes", methods=["GET"])
@endpoint("page.read", answer=WatchedChangesSchema)
def changes() -> Response:
    """What others changed of what the caller watches, since it was seen: a thing once, the newest first."""
    return answer(WatchedChangesSchema, {"data": queries.watched_changes(actor())})


@blueprint.route("/proposals", methods=["GET"])
@endpoint("page.read", answer=ProposalSchema, many=True, query=ProposalQuery)
def proposals() -> Response:
    """What became of the caller's proposals, archived and merged ones too: the newest first."""
    return list_of(ProposalSchema, ProposalQuery, queries.page_of_proposals)
