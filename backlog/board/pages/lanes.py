"""The board of a project: shown, kept fresh, added to."""

from urllib.parse import urlencode

from flask import make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from backlog.board import actions
from backlog.board.pages import cards
from backlog.board.pages.blueprints import board
from backlog.board.pages.item_page import ItemPage, item_page
from backlog.board.pages.page_objects import board_page, chosen_filters, filters_of
from backlog.board.queries import find_column, get_by_code, get_item
from backlog.journal.models import Fact
from backlog.kernel.database import session
from backlog.kernel.language import say_refusal
from backlog.kernel.refusal import Invalid, Missing, Refusal
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import find_by_key, scope_of
from backlog.people.policy import may
from backlog.people.queries import names_of
from backlog.sprints import actions as sprints
from backlog.sprints import queries as sprint_queries
from backlog.web.next_page import safe_next
from backlog.web.project_bar import project_bar
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext

BOARD_FACTS = ("item.", "columns.", "sprint.")
MOST_FACTS = 500


@board.get("/projects/<key>/board")
@allows("page.read")
def show(key: str) -> str:
    """A project's board, perhaps with one of its items open over it."""
    project = find_by_key(actor(), key)
    page = board_page(actor(), project)
    return render_template("board/show.html", page=page, item=_opened(project))


def _opened(project: Project) -> ItemPage | None:
    """The item of this project that was asked for over its board."""
    code = request.args.get("item")
    if not code:
        return None
    item, of = get_by_code(actor(), code)
    if of.id != project.id:
        raise Missing
    return item_page(actor(), item, of)


@board.get("/projects/<key>/board/news")
@allows("page.read")
def news(key: str) -> Response:
    """What changed since a fact: the lanes as they are now, or 204."""
    project = find_by_key(actor(), key)
    since = request.args.get("since", "")
    after = int(since) if _is_id(since) else 0
    query = select(Fact.id, Fact.code, Fact.values).where(Fact.id > after).order_by(Fact.id).limit(MOST_FACTS)
    facts = list(session.execute(query))
    touched = any(each.values.get("project_id") == project.id and each.code.startswith(BOARD_FACTS) for each in facts)
    if not touched:
        answer = make_response("", 204)
    else:
        page = board_page(actor(), project)
        answer = make_response(render_template("board/_lanes.html", page=page))
    answer.headers["X-Since"] = str(facts[-1].id if facts else after)
    return answer


@board.get("/projects/<key>/board/columns/<int:column_id>")
@allows("page.read")
def column(key: str, column_id: int) -> str:
    """The rest of a long column, a hundred cards at a time."""
    project = find_by_key(actor(), key)
    found = find_column(project.id, column_id)
    if found is None:
        raise Missing
    last = get_item(actor(), int(request.args["after"])) if _is_id(request.args.get("after", "")) else None
    if last is not None and last.project_id != project.id:
        raise Missing
    filters = filters_of(project, chosen_filters(), actor(), sprint_queries.find_active(project.id))
    rows = cards.rows_of([found.id], filters, after=(last.order_key, last.id) if last else None)
    assignees = {int(each) for row in rows for each in (row.people or "").split(",") if each}
    drawn = cards.draw(
        rows[: cards.MOST_DRAWN],
        project.key,
        names_of(assignees),
        may_move=may(actor(), "item.move", scope_of(project)),
    )
    more = rows[cards.MOST_DRAWN - 1].id if len(rows) > cards.MOST_DRAWN else None
    bar = project_bar(project, "board")
    return render_template(
        "board/column.html", page=project, column=found, cards=list(drawn.values()), more=more, project_bar=bar
    )


def _is_id(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 19


@board.post("/projects/<key>/board/items")
@allows("item.create")
def add(key: str) -> Response:
    """A card by its title alone, in this column; where a sprint runs and one may, in the sprint."""
    project = find_by_key(actor(), key)
    query = urlencode(chosen_filters())
    back = url_for("board.show", key=project.key) + (f"?{query}" if query else "")
    column = request.form.get("column_id", "")
    try:
        item = actions.add(
            actor(),
            project_id=project.id,
            title=request.form.get("title", ""),
            reason=request.form.get("reason", ""),
            column_id=int(column) if _is_id(column) else None,
        )
    except Invalid as invalid:
        if "title" in invalid.errors:
            return redirect(back, 303)
        raise
    except Refusal as refusal:
        session.rollback()
        page = render_template(
            "board/refused_add.html",
            project=project,
            refusal=refusal,
            sentence=say_refusal(refusal.code, refusal.facts),
            title=request.form.get("title", ""),
            column_id=column,
            back=back,
        )
        return make_response(page, 409)
    sprint = sprint_queries.find_active(project.id)
    if sprint is not None and may(actor(), "sprint.scope", scope_of(project)):
        sprints.add_items(actor(), sprint, [item.id])
    elif sprint is not None:
        tell(gettext("It stands on the board, but not in the running sprint."))
    return redirect(safe_next(f"{back}#quick-{item.column_id}"), 303)
