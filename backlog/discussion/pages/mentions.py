"""Mentions on pages: who can be called, and what was seen."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from backlog.discussion import actions, queries
from backlog.kernel.codes import read_id
from backlog.web.next_page import safe_next
from backlog.web.routing import actor, allows

blueprint = Blueprint("mentions", __name__)


@blueprint.get("/mentions/people")
@allows("page.read")
def people() -> str:
    """Those who can be called on a thing, for the list under an `@`."""
    kind, number = request.args.get("subject_type", "")[:40], read_id(request.args.get("subject_id")) or 0
    found = queries.mentionable(actor(), kind, number, request.args.get("q", "")[:200])
    return render_template("discussion/_people.html", people=found)


@blueprint.post("/mentions/<int:mention_id>/seen")
@allows("mention.see")
def see(mention_id: int) -> Response:
    """Have seen that one was called."""
    actions.see_mention(actor(), queries.get_mention(actor(), mention_id))
    return redirect(safe_next(request.form.get("next")), 303)


@blueprint.post("/mentions/seen")
@allows("mention.see")
def see_all() -> Response:
    """Have seen all that was shown."""
    actions.see_all_mentions(actor(), read_id(request.form.get("up_to")) or 0)
    return redirect(safe_next(request.form.get("next")), 303)
