"""What one watches, in the REST interface."""

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, endpoint, read
from backlog.api.lists import list_of
from backlog.discussion import actions, queries
from backlog.discussion.schemas import SeenSchema, WatchQuery, WatchSchema

blueprint = Blueprint("watches_api", __name__)


@blueprint.route("/watches", methods=["GET"])
@endpoint("page.read", answer=WatchSchema, many=True, query=WatchQuery)
def index() -> Response:
    """List what the caller watches."""
    return list_of(WatchSchema, WatchQuery, queries.page_of_watches)


@blueprint.route("/watches/<int:watch_id>", methods=["GET"])
@endpoint("page.read", answer=WatchSchema)
def show(watch_id: int) -> Response:
    """One thing the caller watches, and why."""
    return answer(WatchSchema, queries.get_watch(actor(), watch_id))


@blueprint.route("/watches/<int:watch_id>/seen", methods=["PUT"])
@endpoint("thing.watch", body=SeenSchema, answer=WatchSchema)
def see(watch_id: int) -> Response:
    """Have seen what became of it."""
    watch = queries.get_watch(actor(), watch_id)
    return answer(WatchSchema, actions.see_changes(actor(), watch, read(SeenSchema).get("fact_id")))
