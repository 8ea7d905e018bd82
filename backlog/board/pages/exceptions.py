"""Ask for an exception, grant it, decline it: forms of an item."""

from flask import redirect, request
from werkzeug.wrappers import Response

from backlog.board import actions, queries
from backlog.board.models import Item, OverrideRequest
from backlog.board.pages.behind import behind
from backlog.board.pages.blueprints import item as blueprint
from backlog.board.pages.refused_way import Way, refused_way
from backlog.kernel.codes import read_id
from backlog.kernel.refusal import Invalid, Refusal
from backlog.lighthouse.models import Project
from backlog.people.policy import require
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext


@blueprint.post("/items/<code>/override-requests")
@allows("item.move")
def request_override(code: str) -> Response:
    """Ask a product manager for an exception."""
    item, project = queries.get_by_code(actor(), code)
    column_id = read_id(request.form.get("column_id"))
    column = None if column_id is None else queries.find_column(project.id, column_id)
    if column is None:
        raise Invalid(column_id="value.unknown_id")
    actions.request_override(actor(), item, column, request.form.get("reason", ""))
    tell(gettext("Asked; product managers see it on the item and on their page of today."))
    return redirect(behind(project.key, code).here, 303)


@blueprint.post("/items/<code>/override-requests/<int:request_id>/grant")
@allows("item.override")
def grant_override(code: str, request_id: int) -> Response:
    """Let the item in; into a full column with a reason, asked for where it is needed."""
    item, project, asked = _asked(code, request_id)
    try:
        actions.grant(actor(), item, asked, request.form.get("reason", ""))
    except Refusal as refusal:
        at, heading = behind(project.key, code), gettext("%(code)s stays where it is", code=code)
        return refused_way(project, refusal, Way(heading, at.here, {"next": request.form.get("next", "")}))
    tell(gettext("%(code)s is done by exception.", code=code))
    return redirect(behind(project.key, code).here, 303)


@blueprint.post("/items/<code>/override-requests/<int:request_id>/decline")
@allows("item.override")
def decline_override(code: str, request_id: int) -> Response:
    """Say no, and why."""
    item, project, asked = _asked(code, request_id)
    actions.decline(actor(), item, asked, request.form.get("reason", ""))
    tell(gettext("Declined; whoever asked sees why on the item."))
    return redirect(behind(project.key, code).here, 303)


def _asked(code: str, request_id: int) -> tuple[Item, Project, OverrideRequest]:
    item, project = queries.get_by_code(actor(), code)
    require(actor(), "item.override", queries.scope_of(item))
    return item, project, queries.get_request(item, request_id)
