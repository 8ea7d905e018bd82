"""An item's page, and changing its fields."""

from flask import make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from backlog.board import actions, queries
from backlog.board.forms import ItemForm
from backlog.board.models import Item
from backlog.board.pages.blueprints import item as blueprint
from backlog.board.pages.item_page import item_page, people_to_assign
from backlog.kernel.database import session
from backlog.kpis.models import Kpi
from backlog.lighthouse.models import Project
from backlog.people.policy import require
from backlog.usecases.models import UseCase
from backlog.web.routing import actor, allows, is_fragment
from backlog.web.shell import tell
from backlog.web.words import gettext


@blueprint.get("/items/<code>")
@allows("page.read")
def show(code: str) -> Response:
    """An item as a page of its own, or as a dialog over its board."""
    item, project = queries.get_by_code(actor(), code)
    page = item_page(actor(), item, project)
    if not is_fragment():
        return make_response(render_template("items/show.html", page=page))
    answer = make_response(render_template("items/_dialog.html", page=page))
    answer.headers["HX-Push-Url"] = url_for("board.show", key=project.key, item=page.code)
    return answer


@blueprint.route("/items/<code>/edit", methods=["GET", "POST"])
@allows("item.edit")
def edit(code: str) -> Response | tuple[str, int]:
    """Change an item; only an edit of the same field in between is a conflict."""
    item, project = queries.get_by_code(actor(), code)
    require(actor(), "item.edit", queries.scope_of(item))
    form = ItemForm()
    form.prepare(people_to_assign(project), *_choices())
    was = {name.removeprefix("was_"): value for name, value in request.form.items() if name.startswith("was_")}
    if request.method == "GET":
        was = _fill(form, item)
    if form.attempt(lambda: actions.edit(actor(), item, form.begun_from, merge=True, **_changed(form))) is not None:
        tell(gettext("Saved."))
        return redirect(url_for("items.show", code=code), 303)
    page = item_page(actor(), *_again(code))
    return render_template("items/edit.html", page=page, form=form, was=was), form.status


def _again(code: str) -> tuple[Item, Project]:
    return queries.get_by_code(actor(), code)


def _changed(form: ItemForm) -> dict[str, object]:
    """The fields that differ from what the page showed, so that nobody else's edit is overwritten."""
    seen = request.form
    return {
        name: value
        for name, value in form.values().items()
        if f"was_{name}" not in seen or seen[f"was_{name}"] != _text(value)
    }


def _text(value: object) -> str:
    return repr(value)


def _choices() -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    cases = session.scalars(select(UseCase).where(UseCase.archived_at.is_(None)).order_by(UseCase.number))
    kpis = session.scalars(select(Kpi).where(Kpi.archived_at.is_(None)).order_by(Kpi.number))
    return [(each.id, f"{each.code} {each.title}") for each in cases], [
        (each.id, f"{each.code} {each.name}") for each in kpis
    ]


def _fill(form: ItemForm, item: Item) -> dict[str, str]:
    """Fill the form, and answer what it showed, to tell later what was changed."""
    form.version.data = str(item.version)
    for name in ("title", "type", "points", "description", "blocked_reason"):
        form[name].data = getattr(item, name)
    form.assignee_ids.data = [str(each) for each in queries.assignees_of([item.id]).get(item.id, [])]
    form.tags.data = ", ".join(queries.tags_of([item.id]).get(item.id, []))
    form.use_case_id.data = str(item.use_case_id or "")
    form.kpi_id.data = str(item.kpi_id or "")
    return {name: _text(value) for name, value in form.values().items()}
