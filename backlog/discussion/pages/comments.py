"""Comments on pages: the forms of `discussion/_comments.html`, and a page of their own where one was refused."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.discussion import actions, queries
from backlog.discussion.actions import LONGEST
from backlog.discussion.forms import CommentForm, NewCommentForm
from backlog.discussion.models import Comment
from backlog.discussion.views import preview_of, untold_in
from backlog.kernel.codes import read_id
from backlog.web.next_page import safe_next
from backlog.web.routing import actor, allows, is_fragment
from backlog.web.shell import tell

blueprint = Blueprint("comments", __name__)


@blueprint.post("/comments")
@allows("comment.write")
def add() -> Response | tuple[str, int]:
    """Say something about a thing."""
    form = NewCommentForm()
    kind, number = form.subject
    made = form.attempt(lambda: actions.add_comment(actor(), subject_type=kind, subject_id=number, text=form.text.data))
    return _refused(form, url_for("comments.add")) if made is None else _back(form, made)


@blueprint.post("/comments/preview")
@allows("comment.write")
def preview() -> str:
    """Look at a comment before it is said; nothing is kept."""
    form, known = NewCommentForm(), read_id(request.form.get("comment_id"))
    action, (kind, number) = url_for("comments.add"), form.subject
    if known is not None:
        comment = queries.get_comment(actor(), known)
        action, kind, number = url_for("comments.edit", comment_id=known), comment.subject_type, comment.subject_id
    text = str(form.text.data or "")[:LONGEST]
    shown = preview_of(actor(), kind, number, text)
    if is_fragment():
        return render_template("discussion/_preview.html", text=text, **shown)
    back = safe_next(form.next.data)
    return render_template(
        "discussion/edit.html", form=form, action=action, back=back, preview=True, text=text, **shown
    )


@blueprint.post("/comments/<int:comment_id>")
@allows("comment.edit")
def edit(comment_id: int) -> Response | tuple[str, int]:
    """Say it differently."""
    form = CommentForm()
    comment = queries.get_comment(actor(), comment_id)
    made = form.attempt(lambda: actions.edit_comment(actor(), comment, form.begun_from, text=form.text.data))
    return _refused(form, url_for("comments.edit", comment_id=comment_id)) if made is None else _back(form, made)


@blueprint.post("/comments/<int:comment_id>/archive")
@allows("comment.edit")
def archive(comment_id: int) -> Response:
    """Take a comment back."""
    actions.archive_comment(actor(), queries.get_comment(actor(), comment_id))
    back = safe_next(request.form.get("next"))
    undo = url_for("comments.restore", comment_id=comment_id, next=back)
    tell(gettext("The comment was taken back."), undo_url=undo)
    return redirect(back + "#comments", 303)


@blueprint.post("/comments/<int:comment_id>/restore")
@allows("comment.edit")
def restore(comment_id: int) -> Response:
    """Show a comment again."""
    actions.restore_comment(actor(), queries.get_comment(actor(), comment_id))
    return redirect(safe_next(request.args.get("next")) + f"#comment-{comment_id}", 303)


def _back(form: CommentForm | NewCommentForm, comment: Comment) -> Response:
    if untold := untold_in(comment):
        tell(untold, tone="beam")
    return redirect(safe_next(form.next.data) + f"#comment-{comment.id}", 303)


def _refused(form: CommentForm | NewCommentForm, action: str) -> tuple[str, int]:
    back = safe_next(form.next.data)
    return render_template("discussion/edit.html", form=form, action=action, back=back, preview=False), form.status
