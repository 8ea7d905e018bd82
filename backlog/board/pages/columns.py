"""The columns of a board: all in one form; a box, or an emptied name, takes a column away."""

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.board import actions, queries
from backlog.board.labels import CATEGORIES
from backlog.board.pages.blueprints import board
from backlog.kernel.codes import read_id
from backlog.kernel.database import hold, session
from backlog.kernel.language import say_refusal
from backlog.kernel.refusal import Invalid, Refusal, Stale, Wrong, wrong
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import find_by_key, scope_of
from backlog.people.policy import may
from backlog.web.labels import field_label
from backlog.web.project_bar import project_bar
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext

NUMBERS = ("id", "wip_limit", "position")
LAST = 99
KEPT = ("id", "name", "category", "wip_limit", "policy")
FIELDS = (*KEPT, "position")


@board.get("/projects/<key>/columns")
@allows("page.read")
def columns(key: str) -> Response:
    """The columns, their limits and policies."""
    return _page(find_by_key(actor(), key), [], [])


@board.post("/projects/<key>/columns")
@allows("column.manage")
def set_columns(key: str) -> Response:
    """Set them all."""
    project, form = find_by_key(actor(), key), request.form
    typed, to = _typed(), read_id(form.get("cards_to"))
    try:
        rows = _values(typed)
        kept = [{name: row[name] for name in KEPT} for row in rows if not _is_gone(row)]
        gone = {int(str(row["id"])) for row in rows if row["id"] and _is_gone(row)}
        cards_to = {} if to is None else dict.fromkeys(gone, to)
        with session.begin_nested():
            _expect_unchanged(project)
            actions.set_columns(
                actor(), project, kept, cards_to, form.get("reason", ""), form.get("override_reason", "")
            )
    except Stale:
        return _page(
            project,
            typed,
            [
                gettext(
                    "Someone changed the columns meanwhile; they stand below as they are now. Yours is still here; saving again keeps yours."
                )
            ],
            412,
        )
    except Refusal as refusal:
        return _page(project, typed, [say_refusal(refusal.code, refusal.facts)], 409)
    except Invalid as invalid:
        told = [(field_label(name), each) for name, found in invalid.errors.items() for each in found]
        return _page(project, typed, [f"{label}: {say_refusal(each.code, each.facts)}" for label, each in told], 422)
    tell(gettext("The columns were saved."))
    return redirect(url_for("board.columns", key=project.key), 303)


def _expect_unchanged(project: Project) -> None:
    """Refuse what was begun from other columns than those of now (R1)."""
    hold(project)
    version = request.form.get("version", "")
    if version and version != str(queries.version_of(queries.columns_of(project.id))):
        raise Stale(project)


def _is_gone(row: dict[str, object]) -> bool:
    return bool(row["gone"]) or not row["name"]


def _typed() -> list[dict[str, object]]:
    lists = {name: request.form.getlist(name) for name in FIELDS}
    if len({len(values) for values in lists.values()}) > 1:
        raise Invalid(columns="value.list")
    rows: list[dict[str, object]] = [dict(zip(FIELDS, each, strict=True)) for each in zip(*lists.values(), strict=True)]
    gone = set(request.form.getlist("gone"))
    typed = [row for row in rows if any(row[name] for name in FIELDS if name not in {"category", "position"})]
    return [{**row, "gone": row["id"] != "" and row["id"] in gone} for row in typed]


def _values(typed: list[dict[str, object]]) -> list[dict[str, object]]:
    """The columns as the action takes them, in their order; every number that is none is named."""
    errors: dict[str, list[Wrong]] = {}
    rows = []
    for place, row in enumerate(typed):
        numbers = {name: _whole(str(row[name]), f"columns.{place}.{name}", errors) for name in NUMBERS}
        rows.append({**row, **numbers})
    if errors:
        raise Invalid(errors)
    return sorted(rows, key=lambda row: row.pop("position") or LAST)  # type: ignore[arg-type,return-value]


def _whole(typed: str, path: str, errors: dict[str, list[Wrong]]) -> int | None:
    plain = typed.strip()
    if plain and not (plain.isdecimal() and len(plain) < 18):
        errors[path] = [wrong("value.whole")]
        return None
    return int(plain) if plain else None


def _page(project: Project, typed: list[dict[str, object]], faults: list[str], status: int = 200) -> Response:
    present = queries.columns_of(project.id)
    rows = typed or [{**{name: getattr(each, name) for name in KEPT}, "gone": False} for each in present]
    page = render_template(
        "board/columns.html",
        project=project,
        bar=project_bar(project, "board"),
        rows=rows,
        columns=present,
        counts=queries.taken([each.id for each in present]),
        categories=[(value, str(label)) for value, label in CATEGORIES.items()],
        faults=faults,
        version=queries.version_of(present),
        sent=request.form,
        may_manage=may(actor(), "column.manage", scope_of(project)),
    )
    return make_response(page, status)
