"""Comments on pages: the forms of `discussion/_comments.html`, and a page of their own where one was refused."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.discussion import actions, queries
from backlog.discussion.forms import CommentForm, NewCommentForm
from backlog.web.next_page import safe_next
from backlog.web.routing import actor, allows
from backlog.web.shell import tell

blueprint = Blueprint("comments", __name__)


@blueprint.post("/comments")
@allows("comment.write")
def add() -> Response | tuple[str, int]:
    """Say something about a thing."""
    form = NewCommentForm()
    kind, number = form.subject
    made = form.attempt(lambda: actions.add_comment(actor(), subject_type=kind, subject_id=number, text=form.text.data))
    return _refused(form, url_for("comments.add")) if made is None else _back(form, made.id)


@blueprint.post("/comments/<int:comment_id>")
@allows("comment.edit")
def edit(comment_id: int) -> Response | tuple[str, int]:
    """Say it differently."""
    form = CommentForm()
    comment = queries.get_comment(actor(), comment_id)
    made = form.attempt(lambda: actions.edit_comment(actor(), comment, form.begun_from, text=form.text.data))
    return _refused(form, url_for("comments.edit", comment_id=comment_id)) if made is None else _back(form, made.id)


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


def _back(form: CommentForm, comment_id: int) -> Response:
    return redirect(safe_next(form.next.data) + f"#comment-{comment_id}", 303)


def _refused(form: CommentForm, action: str) -> tuple[str, int]:
    back = safe_next(form.next.data)
    return render_template("discussion/edit.html", form=form, action=action, back=back), form.status
