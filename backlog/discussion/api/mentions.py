"""Mentions in the REST interface: one's own, and who can be mentioned."""

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, endpoint, read_nothing
from backlog.api.lists import list_of
from backlog.discussion import actions, queries
from backlog.discussion.schemas import MentionQuery, MentionSchema, PeopleQuery, PeopleSchema

blueprint = Blueprint("mentions_api", __name__)


@blueprint.route("/mentions", methods=["GET"])
@endpoint("page.read", answer=MentionSchema, many=True, query=MentionQuery)
def index() -> Response:
    """List where the caller was mentioned by others, on what they may see."""
    return list_of(MentionSchema, MentionQuery, queries.page_of_mentions)


@blueprint.route("/mentions/<int:mention_id>", methods=["GET"])
@endpoint("page.read", answer=MentionSchema)
def show(mention_id: int) -> Response:
    """One of one's own mentions."""
    return answer(MentionSchema, queries.get_mention(actor(), mention_id))


@blueprint.route("/mentions/<int:mention_id>/seen", methods=["PUT"])
@endpoint("mention.see", answer=MentionSchema)
def see(mention_id: int) -> Response:
    """Have seen it."""
    mention = queries.get_mention(actor(), mention_id)
    read_nothing()
    return answer(MentionSchema, actions.see_mention(actor(), mention))


@blueprint.route("/mentionable-people", methods=["GET"])
@endpoint("page.read", answer=PeopleSchema, query=PeopleQuery)
def people() -> Response:
    """Some who can be mentioned on a thing because they may see it."""
    query = arguments(PeopleQuery)
    found = queries.mentionable(actor(), query["subject_type"], query["subject_id"], query["q"])
    return answer(PeopleSchema, {"data": found})
