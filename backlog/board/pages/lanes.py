"""The board of a project: shown, kept fresh, added to."""

from flask import make_response, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from backlog.board.pages import cards
from backlog.board.pages.behind import wants_parts
from backlog.board.pages.blueprints import board
from backlog.board.pages.item_page import ItemPage, item_page
from backlog.board.pages.page_objects import board_page, chosen_filters, drawn_page, filters_of
from backlog.board.pages.parts import parts_of
from backlog.board.pages.sprint_head import marks_of, running
from backlog.board.queries import find_column, get_by_code, get_item
from backlog.journal.models import Fact
from backlog.kernel.codes import read_id
from backlog.kernel.database import session
from backlog.kernel.refusal import Missing
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import find_by_key, scope_of
from backlog.people.policy import may
from backlog.people.queries import names_of
from backlog.web.project_bar import project_bar
from backlog.web.routing import actor, allows

BOARD_FACTS = ("item.", "columns.", "sprint.")
MOST_FACTS = 500


@board.get("/projects/<key>/board")
@allows("page.read")
def show(key: str) -> Response:
    """A project's board, perhaps with one of its items open over it; or the lanes alone, or the item's parts."""
    project = find_by_key(actor(), key)
    item = _opened(project)
    if item is not None and wants_parts():
        return make_response(parts_of(item))
    page = board_page(actor(), project)
    template = "board/_narrowed.html" if wants_parts() else "board/show.html"
    answer = make_response(drawn_page(template, page, item=item))
    answer.headers["X-Live"] = page.live_url
    return answer


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
    after = read_id(since) or 0
    query = select(Fact.id, Fact.code, Fact.values).where(Fact.id > after).order_by(Fact.id).limit(MOST_FACTS)
    facts = list(session.execute(query))
    touched = any(each.values.get("project_id") == project.id and each.code.startswith(BOARD_FACTS) for each in facts)
    if not touched:
        answer = make_response("", 204)
    else:
        page = board_page(actor(), project)
        answer = make_response(drawn_page("board/_lanes.html", page))
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
    after = read_id(request.args.get("after"))
    last = None if after is None else get_item(actor(), after)
    if last is not None and last.project_id != project.id:
        raise Missing
    sprint, scope = running(project.id)
    filters = filters_of(project, chosen_filters(), actor(), sprint)
    rows = cards.rows_of([found.id], filters, after=(last.order_key, last.id) if last else None)
    assignees = {int(each) for row in rows for each in (row.people or "").split(",") if each}
    drawn = cards.draw(
        rows[: cards.MOST_DRAWN],
        project.key,
        names_of(assignees),
        marks_of(scope),
        may_move=may(actor(), "item.move", scope_of(project)),
    )
    more = rows[cards.MOST_DRAWN - 1].id if len(rows) > cards.MOST_DRAWN else None
    bar = project_bar(project, "board")
    return render_template(
        "board/column.html", page=project, column=found, cards=cards.as_html(drawn.values()), more=more, project_bar=bar
    )
