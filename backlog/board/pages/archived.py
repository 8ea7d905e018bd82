"""What was archived: found again, and restored whole."""

from typing import Any

from flask import render_template, request
from sqlalchemy import Select, select

from backlog.board import queries
from backlog.board.models import Column, Item
from backlog.board.pages.blueprints import board
from backlog.kernel.database import session
from backlog.lighthouse.queries import find_by_key, scope_of
from backlog.people.policy import may
from backlog.web.project_bar import project_bar
from backlog.web.routing import actor, allows

MOST = 200


@board.get("/projects/<key>/board/archived")
@allows("page.read")
def archived(key: str) -> str:
    """The items of a project that were taken off its board, the newest first; narrowed by a text."""
    project, text = find_by_key(actor(), key), request.args.get("q", "").strip()[:200]
    filters = queries.Filters(project_id=project.id, archived=True, q=text or None)
    named: Any = select(Item, Column.name)
    base: Select[Any] = named.join(Column, Column.id == Item.column_id)
    query = queries.narrowed(base, filters)
    rows = list(session.execute(query.order_by(Item.archived_at.desc(), Item.id.desc()).limit(MOST)))
    return render_template(
        "board/archived.html",
        project=project,
        bar=project_bar(project, "board"),
        rows=rows,
        q=text,
        may_restore=may(actor(), "item.archive", scope_of(project)),
    )
