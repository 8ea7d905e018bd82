"""Presses on an item: ticks, acceptance lines, archive, restore, the newest definition."""

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.board import actions, queries
from backlog.board.models import AcceptanceLine, Item
from backlog.board.pages.behind import behind
from backlog.board.pages.blueprints import item as blueprint
from backlog.board.pages.refused_way import Way, refused_way
from backlog.done.queries import criteria_of
from backlog.kernel.database import session
from backlog.kernel.refusal import Missing, Refusal
from backlog.people.policy import require
from backlog.web.next_page import safe_next
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext

STEPS = {"up": -1, "down": 1}


def back(code: str) -> Response:
    """To where the person was."""
    target = request.values.get("next", "")
    return redirect(safe_next(target) if target else url_for("items.show", code=code), 303)


def _item(code: str) -> Item:
    return queries.get_by_code(actor(), code)[0]


def _ask(item: Item, line: str) -> Response:
    """Ask before a tick that is taken back reopens the item; where a script asked, the form says so."""
    held = [(name, value) for name, value in request.form.items(multi=True) if name not in {"csrf_token", "once"}]
    values = {
        "item": item,
        "code": queries.code_of(item),
        "line": line,
        "held": held,
        "action": request.path,
        "back": safe_next(request.form.get("next", "")),
    }
    return make_response(render_template("items/reopen.html", **values), 409)


@blueprint.post("/items/<code>/ticks/<int:criterion_id>")
@allows("item.tick")
def tick(code: str, criterion_id: int) -> Response:
    """Tick a line, set it aside, or take that back."""
    item = _item(code)
    line = next((each for each in criteria_of(item.definition_id) if each.id == criterion_id), None)
    if line is None:
        raise Missing
    state, was_done = request.form.get("state", "ticked"), item.done_at is not None
    if state == "cleared" and was_done and line.required and not request.form.get("sure"):
        return _ask(item, line.text)
    if state == "cleared":
        actions.untick(actor(), item, line)
        if was_done and item.done_at is None:
            tell(gettext("%(code)s was reopened.", code=code))
    else:
        given = {name: request.form.get(name, "") for name in ("reason", "evidence")}
        actions.tick(actor(), item, line, not_applicable=state == "not_applicable", **given)
    return back(code)


@blueprint.post("/items/<code>/acceptance")
@allows("item.edit")
def add_lines(code: str) -> Response:
    """Add acceptance criteria: each pasted line is one."""
    item = _item(code)
    require(actor(), "item.edit", queries.scope_of(item))
    lines = [each.strip() for each in request.form.get("lines", "").splitlines() if each.strip()]
    if lines:
        actions.set_acceptance(actor(), item, lines)
    return back(code)


@blueprint.post("/items/<code>/acceptance/<int:line_id>")
@allows("item.tick")
def meet(code: str, line_id: int) -> Response:
    """See a line met, or no longer met; or take it off."""
    item, state = _item(code), request.form.get("state", "met")
    if state == "open" and item.done_at is not None and not request.form.get("sure"):
        own = queries.acceptance_of([item.id]).get(item.id, [])
        return _ask(item, next((each.text for each in own if each.id == line_id), ""))
    if state in {"met", "open"}:
        actions.set_met(actor(), item, line_id, state == "met")
        return back(code)
    if state == "item":
        _make_item(item, line_id)
    actions.edit(actor(), item, acceptance=_rearranged(item, line_id, state))
    return back(code)


def _make_item(item: Item, line_id: int) -> None:
    """An acceptance criterion that grew too big becomes an item of its own."""
    found = session.get(AcceptanceLine, line_id)
    if found is None or found.item_id != item.id:
        raise Missing
    made = actions.add(actor(), project_id=item.project_id, title=found.text[:200], use_case_id=item.use_case_id)
    tell(gettext("%(code)s was made of it.", code=queries.code_of(made)))


def _rearranged(item: Item, line_id: int, state: str) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = [
        {"id": each.id, "text": each.text, "met": each.met}
        for each in queries.acceptance_of([item.id]).get(item.id, [])
    ]
    place = next((at for at, each in enumerate(lines) if each["id"] == line_id), None)
    if place is None:
        raise Missing
    line = lines.pop(place)
    if state == "text":
        lines.insert(place, {**line, "text": request.form.get("text", "")})
    elif state in STEPS:
        lines.insert(max(0, place + STEPS[state]), line)
    return lines


@blueprint.post("/items/<code>/archive")
@allows("item.archive")
def archive(code: str) -> Response:
    """Take an item off the board."""
    item, project = queries.get_by_code(actor(), code)
    actions.archive(actor(), item)
    back_url = behind(project.key, code).back_url
    undo_url = url_for("items.restore", code=code, next=back_url)
    tell(gettext("%(code)s was archived.", code=code), undo_url=undo_url)
    return redirect(back_url, 303)


@blueprint.post("/items/<code>/restore")
@allows("item.archive")
def restore(code: str) -> Response:
    """Bring it back to its place; what its column asks for may be said on the way."""
    item, project = queries.get_by_code(actor(), code)
    reasons = {name: request.form.get(name, "") for name in ("reason", "override_reason")}
    try:
        actions.restore(actor(), item, **reasons)
    except Refusal as refusal:
        at, heading = behind(project.key, code), gettext("%(code)s stays in the archive", code=code)
        sent = {"next": request.values["next"]} if "next" in request.values else {}
        return refused_way(project, refusal, Way(heading, at.here, sent))
    tell(gettext("%(code)s is back on the board.", code=code))
    return back(code)


@blueprint.post("/items/<code>/newest-definition")
@allows("item.edit")
def take_newest_definition(code: str) -> Response:
    """Move an open item to the newest version of its definition."""
    actions.take_newest_definition(actor(), _item(code))
    return back(code)
