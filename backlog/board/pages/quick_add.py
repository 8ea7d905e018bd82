"""A card by its title alone."""

from urllib.parse import urlencode

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.board import actions
from backlog.board.models import Item
from backlog.board.pages import cards
from backlog.board.pages.behind import wants_parts
from backlog.board.pages.blueprints import board
from backlog.board.pages.page_objects import chosen_filters, counted, filters_of, lane_of
from backlog.board.pages.parts import card_of, follower_of
from backlog.board.pages.refused_way import Way, refused_way
from backlog.board.queries import find_column
from backlog.kernel.codes import read_id
from backlog.kernel.refusal import Invalid, Refusal
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import find_by_key, scope_of
from backlog.people.policy import may
from backlog.sprints import actions as sprints
from backlog.sprints import queries as sprint_queries
from backlog.web.next_page import safe_next
from backlog.web.once import made_here
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext


@board.post("/projects/<key>/board/items")
@allows("item.create")
def add(key: str) -> Response:
    """A card by its title alone, in this column; where a sprint runs and one may, in the sprint."""
    project, column = find_by_key(actor(), key), request.form.get("column_id", "")
    query = urlencode(chosen_filters())
    back = url_for("board.show", key=project.key) + (f"?{query}" if query else "")
    try:
        item = actions.add(
            actor(),
            project_id=project.id,
            title=request.form.get("title", ""),
            reason=request.form.get("reason", ""),
            override_reason=request.form.get("override_reason", ""),
            column_id=read_id(column),
        )
    except Invalid as invalid:
        if "title" in invalid.errors and not wants_parts():
            return redirect(back, 303)
        raise
    except Refusal as refusal:
        title = request.form.get("title", "")
        heading = gettext("“%(title)s” was not made", title=title)
        return refused_way(project, refusal, Way(heading, back, title=title, column_id=column))
    told = _take_into_sprint(project, item)
    if wants_parts():
        made_here()
        return make_response(_made(project, item, told or _said_if_hidden(project, item)))
    if told:
        tell(told)
    return redirect(safe_next(f"{back}#quick-{item.column_id}"), 303)


def _take_into_sprint(project: Project, item: Item) -> str:
    """Put it into the sprint that runs, or say that this person may not."""
    sprint = sprint_queries.find_active(project.id)
    if sprint is None:
        return ""
    if not may(actor(), "sprint.scope", scope_of(project)):
        return gettext("It stands on the board, but not in the running sprint.")
    sprints.add_items(actor(), sprint, [item.id])
    return ""


def _said_if_hidden(project: Project, item: Item) -> str:
    """A card just made is shown although the filters would hide it; it is said that they would."""
    filters = filters_of(project, chosen_filters(), actor(), sprint_queries.find_active(project.id))
    if item.id in {row.id for row in cards.rows_of([item.column_id], filters)}:
        return ""
    return gettext("%(title)s does not match the filters; it is shown until the page is drawn anew.", title=item.title)


def _made(project: Project, item: Item, told: str) -> str:
    lanes = [lane_of(*each, []) for each in counted(project.id) if each[0].id == item.column_id]
    drawn = card_of(item, project, may_move=True)
    values = {"column": find_column(project.id, item.column_id), "before_id": follower_of(item), "told": told}
    return render_template("board/_moved.html", cards=drawn, lanes=lanes, tone="", **values)
