"""Attachments on pages: sent by a form, handed over as files, safe pictures also shown in place."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from backlog.discussion import actions, queries
from backlog.discussion.forms import AttachmentForm
from backlog.discussion.models import Attachment
from backlog.discussion.views import lying
from backlog.web.files import hand_over
from backlog.web.next_page import safe_next
from backlog.web.routing import actor, allows, is_fragment, takes_attachments
from backlog.web.shell import tell

blueprint = Blueprint("attachments", __name__)


@blueprint.post("/attachments")
@takes_attachments
@allows("attachment.add")
def add() -> Response | str | tuple[str, int]:
    """Lay files by a thing: all of them or none."""
    form = AttachmentForm()
    kind, number = form.subject
    made = form.attempt(lambda: [_add(kind, number, each) for each in form.sent])
    back = safe_next(form.next.data)
    if made is None:
        template = "discussion/_refused_files.html" if is_fragment() else "discussion/attach.html"
        return render_template(template, form=form, back=back), form.status
    if is_fragment():
        return render_template("discussion/_new_files.html", files=[lying(actor(), each) for each in made], back=back)
    tell(ngettext("%(num)s file was attached.", "%(num)s files were attached.", len(made)))
    return redirect(back + "#attachments", 303)


def _add(kind: str, number: int, file: FileStorage) -> Attachment:
    return actions.add_attachment(
        actor(), subject_type=kind, subject_id=number, file=file.stream, name=file.filename or ""
    )


@blueprint.get("/attachments/<int:attachment_id>")
@allows("page.read")
def show(attachment_id: int) -> Response:
    """The file, to be kept."""
    return _handed(attachment_id, in_place=False)


@blueprint.get("/attachments/<int:attachment_id>/picture")
@allows("page.read")
def picture(attachment_id: int) -> Response:
    """A picture whose content says that it is one, to be shown in place."""
    return _handed(attachment_id, in_place=True)


def _handed(attachment_id: int, in_place: bool) -> Response:
    found = queries.get_attachment(actor(), attachment_id)
    return hand_over(queries.file_of(found, in_place), found.name, found.media_type, found.sha256)


@blueprint.post("/attachments/<int:attachment_id>/archive")
@allows("attachment.archive")
def archive(attachment_id: int) -> Response:
    """Take a file away."""
    actions.archive_attachment(actor(), queries.get_attachment(actor(), attachment_id))
    back = safe_next(request.form.get("next"))
    undo = url_for("attachments.restore", attachment_id=attachment_id, next=back)
    tell(gettext("The attachment was taken away."), undo_url=undo)
    return redirect(back + "#attachments", 303)


@blueprint.post("/attachments/<int:attachment_id>/restore")
@allows("attachment.archive")
def restore(attachment_id: int) -> Response:
    """Bring a file back."""
    actions.restore_attachment(actor(), queries.get_attachment(actor(), attachment_id))
    return redirect(safe_next(request.args.get("next")) + "#attachments", 303)
