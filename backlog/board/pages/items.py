"""An item's page, and changing its fields: all in one form, or one at a time."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.board import actions, queries
from backlog.board.forms import EDITABLE, ItemForm
from backlog.board.pages.behind import behind, wants_parts
from backlog.board.pages.blueprints import item as blueprint
from backlog.board.pages.item_form import conflicts, fill, near_form, offer_all
from backlog.board.pages.item_page import item_page
from backlog.board.pages.parts import parts_of
from backlog.kernel.refusal import Missing
from backlog.lighthouse.models import Project
from backlog.people.policy import require
from backlog.web.routing import actor, allows, is_fragment
from backlog.web.shell import tell
from backlog.web.words import gettext


@blueprint.get("/items/<code>")
@allows("page.read")
def show(code: str) -> Response:
    """An item as a page of its own, as a dialog over its board, or as the parts that changed."""
    item, project = queries.get_by_code(actor(), code)
    page = item_page(actor(), item, project)
    if not is_fragment():
        return make_response(render_template("items/show.html", page=page))
    answer = make_response(parts_of(page) if wants_parts() else render_template("items/_dialog.html", page=page))
    answer.headers["HX-Push-Url"] = page.here
    return answer


@blueprint.route("/items/<code>/edit", methods=["GET", "POST"])
@allows("item.edit")
def edit(code: str) -> Response | tuple[str, int]:
    """Change an item; only an edit of the same field in between is a conflict."""
    item, project = queries.get_by_code(actor(), code)
    require(actor(), "item.edit", queries.scope_of(item))
    form = ItemForm()
    offer_all(form, project)
    was = {name.removeprefix("was_"): value for name, value in request.form.items() if name.startswith("was_")}
    if request.method == "GET":
        fill(form, item)
        was = {name: repr(value) for name, value in form.values().items()}
    begun = form.begun_from
    changed = {name: value for name, value in _changed(form).items() if request.form.get(f"take_{name}") != "theirs"}
    if form.attempt(lambda: actions.edit(actor(), item, begun, merge=True, **changed)) is not None:
        tell(gettext("Saved."))
        return redirect(url_for("items.show", code=code), 303)
    item, project = queries.get_by_code(actor(), code)
    both = conflicts(form, list(changed), item, begun or 0) if form.status == 412 else []
    page = item_page(actor(), item, project)
    return render_template("items/edit.html", page=page, form=form, was=was, conflicts=both), form.status


def _changed(form: ItemForm) -> dict[str, Any]:
    """The fields that differ from what the page showed, so that nobody else's edit is overwritten."""
    seen = request.form
    return {
        name: value
        for name, value in form.values().items()
        if f"was_{name}" not in seen or seen[f"was_{name}"] != repr(value)
    }


@blueprint.post("/items/<code>/fields/<name>")
@allows("item.edit")
def set_field(code: str, name: str) -> Response:
    """Save one field by itself; refused, it keeps what was typed and says why beside it."""
    item, project = queries.get_by_code(actor(), code)
    if name not in EDITABLE:
        raise Missing
    require(actor(), "item.edit", queries.scope_of(item))
    begun, form = _begun(), near_form(actor(), item, project)
    form[name].process(request.form)
    if not form[name].validate(form):
        form.status = 422
    elif form.run(lambda: actions.edit(actor(), item, begun, merge=True, **{name: form.value_of(name)})) is not None:
        return redirect(_to(project, code, name), 303)
    return _field_refused(form, code, name, begun)


def _field_refused(form: ItemForm, code: str, name: str, begun: int | None) -> Response:
    item, project = queries.get_by_code(actor(), code)
    both = conflicts(form, [name], item, begun or 0) if form.status == 412 else []
    form[name].errors = [*form[name].errors, *([] if both else form.general)]
    form.version.data = str(item.version)
    page = item_page(actor(), item, project, form=form, conflict=both[0] if both else None)
    if wants_parts():
        return make_response(parts_of(page), form.status)
    return make_response(render_template("items/show.html", page=page), form.status)


def _to(project: Project, code: str, saved: str = "") -> str:
    here = behind(project.key, code).here
    return f"{here}{'&' if '?' in here else '?'}saved={saved}" if wants_parts() and saved else here


def _begun() -> int | None:
    typed = request.form.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None
