"""Attachments in the REST interface."""

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api import idempotency
from backlog.api.endpoint import actor, answer, done, endpoint, read_nothing
from backlog.api.lists import list_of
from backlog.api.multipart import read_parts
from backlog.discussion import actions, queries
from backlog.discussion.schemas import AttachmentQuery, AttachmentSchema, UploadSchema
from backlog.people.policy import require
from backlog.web.files import hand_over
from backlog.web.routing import takes_attachments

blueprint = Blueprint("attachments_api", __name__)
REFUSALS = ("attachment.subject_archived", "attachment.kind", "attachment.too_many", "attachment.no_room")


@blueprint.route("/attachments", methods=["GET"])
@endpoint("page.read", answer=AttachmentSchema, many=True, query=AttachmentQuery)
def index() -> Response:
    """List attachments of what the caller may see."""
    return list_of(AttachmentSchema, AttachmentQuery, queries.page_of_attachments)


@blueprint.route("/attachments", methods=["POST"])
@takes_attachments
@endpoint("attachment.add", body=UploadSchema, answer=AttachmentSchema, status=201, refusals=REFUSALS, multipart=True)
def add() -> Response:
    """Attach a file to a thing."""
    require(actor(), "attachment.add")
    sent, file = read_parts(UploadSchema)
    idempotency.judge()
    made = actions.add_attachment(actor(), **sent, file=file.stream, name=file.filename or "")
    return answer(AttachmentSchema, made, 201, url_for("attachments_api.show", attachment_id=made.id))


@blueprint.route("/attachments/<int:attachment_id>", methods=["GET"])
@endpoint("page.read", answer=AttachmentSchema)
def show(attachment_id: int) -> Response:
    """One attachment: what it is, without its content."""
    return answer(AttachmentSchema, queries.get_attachment(actor(), attachment_id))


@blueprint.route("/attachments/<int:attachment_id>/content", methods=["GET"])
@endpoint("page.read", file=True, tagged=True)
def content(attachment_id: int) -> Response:
    """The file itself, while it and its thing are in force."""
    found = queries.get_attachment(actor(), attachment_id)
    return hand_over(queries.file_of(found), found.name, found.media_type, found.sha256)


@blueprint.route("/attachments/<int:attachment_id>", methods=["DELETE"])
@endpoint("attachment.archive", status=204)
def archive(attachment_id: int) -> Response:
    """Take one's own attachment away."""
    found = queries.get_attachment(actor(), attachment_id)
    require(actor(), "attachment.archive", queries.scope_of_attachment(found))
    read_nothing()
    actions.archive_attachment(actor(), found)
    return done()


@blueprint.route("/attachments/<int:attachment_id>/restore", methods=["POST"])
@endpoint("attachment.archive", answer=AttachmentSchema, refusals=("attachment.too_many",))
def restore(attachment_id: int) -> Response:
    """Bring an attachment back."""
    found = queries.get_attachment(actor(), attachment_id)
    require(actor(), "attachment.archive", queries.scope_of_attachment(found))
    read_nothing()
    return answer(AttachmentSchema, actions.restore_attachment(actor(), found))
