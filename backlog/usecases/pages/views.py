"""Saving a view of the backlog, changing and sharing it, putting it away; choosing one's columns."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from backlog.kernel.refusal import Invalid, wrong
from backlog.people.policy import require
from backlog.usecases import actions, queries
from backlog.usecases.forms import ViewForm
from backlog.usecases.models import SavedView
from backlog.usecases.rules.views import COLUMNS, placed_columns
from backlog.web.next_page import safe_next
from backlog.web.routing import actor, allows
from backlog.web.shell import tell

blueprint = Blueprint("views", __name__)
LAST = 99
Answer = Response | tuple[str, int]


@blueprint.post("/use-cases/views")
@allows("view.save")
def save() -> Answer:
    """Keep what is shown under a name."""
    form = ViewForm()
    made = form.attempt(lambda: actions.save_view(actor(), **form.values(whole=True)))
    if made is None:
        return render_template("use_cases/view.html", form=form, view=None), form.status
    tell(gettext("The view “%(view)s” is saved.", view=made.name))
    return _to(made)


@blueprint.post("/use-cases/views/<int:view_id>")
@allows("view.edit")
def edit(view_id: int) -> Answer:
    """Change a view: its name, who sees it, or what it shows."""
    view, form = _found(view_id), ViewForm()
    changed = form.attempt(lambda: actions.edit_view(actor(), view, form.begun_from, **form.values()))
    if changed is None:
        return render_template("use_cases/view.html", form=form, view=view), form.status
    tell(gettext("The view “%(view)s” is saved.", view=changed.name))
    return _to(changed)


@blueprint.post("/use-cases/views/<int:view_id>/archive")
@allows("view.edit")
def archive(view_id: int) -> Response:
    """Put a view away."""
    view = _found(view_id)
    actions.archive_view(actor(), view)
    tell(
        gettext("The view “%(view)s” is put away.", view=view.name), undo_url=url_for("views.restore", view_id=view.id)
    )
    return redirect(url_for("use_cases.index"), 303)


@blueprint.post("/use-cases/views/<int:view_id>/restore")
@allows("view.edit")
def restore(view_id: int) -> Response:
    """Bring a view back."""
    view = _found(view_id)
    actions.restore_view(actor(), view)
    tell(gettext("The view “%(view)s” is back.", view=view.name))
    return _to(view)


@blueprint.post("/use-cases/columns")
@allows("view.save")
def choose_columns() -> Response:
    """Show other columns: here only, or always to this person; the address then says which, or needs not."""
    columns = placed_columns(_places())
    if not columns:
        raise Invalid(columns="value.required")
    keep = bool(request.form.get("keep"))
    if keep:
        actions.choose_columns(actor(), columns)
    target = urlsplit(safe_next(request.form.get("next")))
    query: dict[str, Any] = {name: value for name, value in parse_qsl(target.query) if name not in {"columns", "page"}}
    if not keep or "saved" in query:
        query["columns"] = ",".join(columns)
    path = target.path if target.path != "/" else url_for("use_cases.index")
    return redirect(f"{path}?{urlencode(query)}" if query else path, 303)


def _places() -> dict[str, int]:
    """The place each column was given; an empty one hides it."""
    found, errors = {}, {}
    for name in COLUMNS:
        typed = request.form.get(f"place_{name}", "").strip()
        if typed.isascii() and typed.isdecimal() and len(typed) < 4 and 1 <= int(typed) <= LAST:
            found[name] = int(typed)
        elif typed:
            errors[f"place_{name}"] = [wrong("value.range", least=1, most=LAST)]
    if errors:
        raise Invalid(errors)
    return found


def _found(view_id: int) -> SavedView:
    view = queries.get_view(actor(), view_id)
    require(actor(), "view.edit", queries.scope_of_view(view))
    return view


def _to(view: SavedView) -> Response:
    return redirect(url_for("use_cases.index", saved=view.id), 303)
