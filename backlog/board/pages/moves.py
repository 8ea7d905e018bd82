"""Moving a card: by drag, by menu, by form; one refusal with every open line as a box to tick."""

from dataclasses import dataclass

from flask import make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from backlog.board import actions, queries
from backlog.board.forms import MoveForm
from backlog.board.models import Column, Item
from backlog.board.pages.behind import behind, wants_parts
from backlog.board.pages.blueprints import item as blueprint
from backlog.board.pages.item_page import ItemPage, item_page
from backlog.board.pages.page_objects import Lane, counted, lane_of
from backlog.board.pages.parts import card_of
from backlog.done.queries import criteria_of
from backlog.kernel.codes import read_id
from backlog.kernel.database import session
from backlog.kernel.language import say_refusal
from backlog.kernel.refusal import Invalid, Refusal, Stale
from backlog.lighthouse.models import Project
from backlog.people.policy import require
from backlog.web.application import let_stand
from backlog.web.routing import actor, allows, is_fragment
from backlog.web.shell import tell
from backlog.web.words import gettext


@dataclass(frozen=True)
class Refused:
    """What a refused move shows: the page, where it should have gone, and the sentence."""

    page: ItemPage
    column: Column
    sentence: str
    is_not_done: bool
    limit: int | None
    before_id: str
    after_id: str
    reason: str
    override_reason: str


@blueprint.get("/items/<code>/moves")
@allows("item.move")
def choose(code: str) -> str:
    """Where may it go? The menu twin of dragging."""
    item, project = queries.get_by_code(actor(), code)
    require(actor(), "item.move", queries.scope_of(item))
    form = MoveForm()
    form.version.data = str(item.version)
    form.column_id.offer([(each.id, each.name) for each in queries.columns_of(project.id)])
    form.column_id.data = request.args.get("to", "") or str(item.column_id)
    return render_template("items/move.html", page=item_page(actor(), item, project), form=form)


@blueprint.post("/items/<code>/moves")
@allows("item.move")
def move(code: str) -> Response:
    """Move it; boxes ticked on the way count first, and stay ticked even where something else is still open."""
    item, project = queries.get_by_code(actor(), code)
    column = queries.find_column(project.id, _number("column_id") or 0)
    if column is None:
        raise Invalid(column_id="value.unknown_id")
    before, ticked = item.column_id, _tick(item)
    reason, override = request.form.get("reason", ""), request.form.get("override_reason", "")
    try:
        with session.begin_nested():
            actions.move(
                actor(),
                item,
                column,
                _number("before_id"),
                _number("after_id"),
                reason,
                override,
                version=None if ticked else _number("version"),
            )
    except Refusal as refusal:
        session.expire_all()
        if ticked:
            let_stand()
        return _refused(code, column, refusal)
    except Stale:
        session.expire_all()
        return _stale(code)
    if is_fragment() and not wants_parts():
        return make_response(_fragments(item, project, {before, column.id}))
    tell(gettext("%(code)s moved to %(column)s.", code=code, column=column.name))
    at = behind(project.key, code)
    return redirect(at.here if wants_parts() else at.back_url, 303)


def _tick(item: Item) -> bool:
    """Tick what was ticked in the refusal; answers whether anything was. A line without its evidence stays open."""
    wanted, met = set(request.form.getlist("tick")), request.form.getlist("met")
    lines = [line for line in criteria_of(item.definition_id) if str(line.id) in wanted]
    for line in lines:
        evidence = request.form.get(f"evidence_{line.id}", "").strip()
        if evidence or not line.needs_evidence:
            actions.tick(actor(), item, line, evidence=evidence)
    for line_id in [number for each in met if (number := read_id(each)) is not None]:
        actions.set_met(actor(), item, line_id, True)
    return bool(lines or met)


def _number(name: str) -> int | None:
    return read_id(request.form.get(name))


def _refused(code: str, column: Column, refusal: Refusal) -> Response:
    page = item_page(actor(), *queries.get_by_code(actor(), code))
    refused = Refused(
        page,
        column,
        say_refusal(refusal.code, refusal.facts),
        refusal.code == "item.not_done",
        refusal.facts.get("limit"),
        request.form.get("before_id", ""),
        request.form.get("after_id", ""),
        request.form.get("reason", ""),
        request.form.get("override_reason", ""),
    )
    template = "items/_refused_dialog.html" if is_fragment() else "items/refused.html"
    return make_response(render_template(template, refused=refused, page=page), 409)


def _stale(code: str) -> Response:
    item, project = queries.get_by_code(actor(), code)
    if is_fragment():
        told = gettext("Someone moved it meanwhile; the board shows where it is.")
        return make_response(_fragments(item, project, {item.column_id}, told), 412)
    raise Stale(item)


def _fragments(item: Item, project: Project, column_ids: set[int], told: str = "") -> str:
    """The card and the heads of the lanes it left and entered."""
    drawn = card_of(item, project, may_move=True)
    lanes: list[Lane] = [lane_of(*each, []) for each in counted(project.id) if each[0].id in column_ids]
    return render_template(
        "board/_moved.html",
        cards=drawn,
        lanes=lanes,
        column=session.get_one(Column, item.column_id),
        before_id="",
        told=told,
        tone="broken",
    )
