"""Comments in the REST interface."""

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, done, endpoint, match, read, read_nothing
from backlog.api.lists import list_of
from backlog.discussion import actions, queries
from backlog.discussion.schemas import CommentEditSchema, CommentQuery, CommentSchema
from backlog.people.policy import require

blueprint = Blueprint("comments_api", __name__)
dump = CommentSchema().dump


@blueprint.route("/comments", methods=["GET"])
@endpoint("page.read", answer=CommentSchema, many=True, query=CommentQuery)
def index() -> Response:
    """List comments on what the caller may see."""
    return list_of(CommentSchema, CommentQuery, queries.page_of_comments)


@blueprint.route("/comments", methods=["POST"])
@endpoint("comment.write", body=CommentSchema, answer=CommentSchema, status=201)
def add() -> Response:
    """Comment on a thing."""
    require(actor(), "comment.write")
    comment = actions.add_comment(actor(), **read(CommentSchema))
    return answer(CommentSchema, comment, 201, url_for("comments_api.show", comment_id=comment.id))


@blueprint.route("/comments/<int:comment_id>", methods=["GET"])
@endpoint("page.read", answer=CommentSchema)
def show(comment_id: int) -> Response:
    """One comment."""
    return answer(CommentSchema, queries.get_comment(actor(), comment_id))


@blueprint.route("/comments/<int:comment_id>", methods=["PATCH"])
@endpoint("comment.edit", body=CommentEditSchema, answer=CommentSchema, condition=True, refusals=("comment.archived",))
def edit(comment_id: int) -> Response:
    """Change the text of one's own comment."""
    comment = queries.get_comment(actor(), comment_id)
    require(actor(), "comment.edit", queries.scope_of(comment))
    changes = read(CommentEditSchema, partial=True)
    match(comment, dump)
    return answer(CommentSchema, actions.edit_comment(actor(), comment, text=changes.get("text", comment.text)))


@blueprint.route("/comments/<int:comment_id>", methods=["DELETE"])
@endpoint("comment.edit", status=204)
def archive(comment_id: int) -> Response:
    """Take one's own comment back."""
    comment = queries.get_comment(actor(), comment_id)
    require(actor(), "comment.edit", queries.scope_of(comment))
    read_nothing()
    actions.archive_comment(actor(), comment)
    return done()


@blueprint.route("/comments/<int:comment_id>/restore", methods=["POST"])
@endpoint("comment.edit", answer=CommentSchema)
def restore(comment_id: int) -> Response:
    """Show a comment again."""
    comment = queries.get_comment(actor(), comment_id)
    require(actor(), "comment.edit", queries.scope_of(comment))
    read_nothing()
    return answer(CommentSchema, actions.restore_comment(actor(), comment))
