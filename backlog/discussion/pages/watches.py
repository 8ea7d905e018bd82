"""What one watches, on pages: its changes seen, and stopped."""

from flask import Blueprint, redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.discussion import actions, queries
from backlog.kernel.codes import read_id
from backlog.web.next_page import safe_next
from backlog.web.routing import actor, allows
from backlog.web.shell import tell

blueprint = Blueprint("watches", __name__)


@blueprint.post("/watches/<int:watch_id>/seen")
@allows("thing.watch")
def see(watch_id: int) -> Response:
    """Have seen what was shown of one thing."""
    actions.see_changes(actor(), queries.get_watch(actor(), watch_id), read_id(request.form.get("up_to")) or 0)
    return redirect(safe_next(request.form.get("next")), 303)


@blueprint.post("/watches/seen")
@allows("thing.watch")
def see_all() -> Response:
    """Have seen all that was shown."""
    actions.see_all_changes(actor(), read_id(request.form.get("up_to")) or 0)
    return redirect(safe_next(request.form.get("next")), 303)


@blueprint.post("/watches/<int:watch_id>/stop")
@allows("thing.watch")
def stop(watch_id: int) -> Response:
    """Stop watching a thing."""
    watch = queries.get_watch(actor(), watch_id)
    actions.unwatch(actor(), watch.subject_type, watch.subject_id)
    tell(gettext("You watch it no more."))
    return redirect(safe_next(request.form.get("next")), 303)
