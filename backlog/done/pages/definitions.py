"""Definitions of Done of a project: what holds for each type, and who still works by an older version."""

from dataclasses import dataclass

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from sqlalchemy import or_, select
from werkzeug.wrappers import Response

from backlog.board.labels import TICKERS, TYPES
from backlog.board.models import Item
from backlog.done import actions, queries
from backlog.done.models import ITEM_TYPES, Criterion, DoneDefinition
from backlog.kernel.database import session
from backlog.kernel.language import say_refusal
from backlog.kernel.refusal import Invalid, Stale, wrong
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import find_by_key, scope_of
from backlog.people.policy import may
from backlog.web.labels import field_label
from backlog.web.project_bar import project_bar
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext

blueprint = Blueprint("done_definitions", __name__)


@dataclass(frozen=True)
class Kind:
    """A type's definition, and the open items that keep an older one."""

    type: str
    label: str
    definition: DoneDefinition | None
    criteria: list[Criterion]
    older: list[Item]
    lines: list[dict[str, object]]
    is_typed: bool = False


@blueprint.get("/projects/<key>/done")
@allows("page.read")
def index(key: str) -> Response:
    """The version in force for each type."""
    return _page(find_by_key(actor(), key))


def _page(
    project: Project,
    faults: tuple[str, ...] = (),
    status: int = 200,
    typed: dict[str, list[dict[str, object]]] | None = None,
) -> Response:
    newest = queries.in_force(project.id)
    lines = queries.criteria_by_definition(each.id for each in newest.values())
    at_work = older_items(project)
    kinds = [
        Kind(
            kind,
            str(TYPES[kind]),
            newest.get(kind),
            lines.get(newest[kind].id, []) if kind in newest else [],
            [item for item in at_work if item.type == kind],
            *_lines(lines.get(newest[kind].id, []) if kind in newest else [], (typed or {}).get(kind)),
        )
        for kind in ITEM_TYPES
    ]
    page = render_template(
        "done/index.html",
        project=project,
        bar=project_bar(project, "board"),
        kinds=kinds,
        tickers=[(value, str(label)) for value, label in TICKERS.items()],
        faults=faults,
        may_manage=may(actor(), "done_definition.manage", scope_of(project)),
    )
    return make_response(page, status)


def older_items(project: Project, item_type: str | None = None) -> list[Item]:
    """The open items that keep an older version than the one in force."""
    newest = [each.id for each in queries.in_force(project.id).values()]
    query = select(Item).where(Item.project_id == project.id, Item.archived_at.is_(None), Item.done_at.is_(None))
    query = query.where(or_(Item.definition_id.not_in(newest), Item.definition_id.is_(None)))
    if item_type is not None:
        query = query.where(Item.type == item_type)
    return list(session.scalars(query.order_by(Item.id)))


def _lines(criteria: list[Criterion], typed: list[dict[str, object]] | None) -> tuple[list[dict[str, object]], bool]:
    """What the form of a type holds, and whether somebody typed it."""
    present: list[dict[str, object]] = [
        {"text": c.text, "by": c.by, "required": c.required, "needs_evidence": c.needs_evidence} for c in criteria
    ]
    return (present, False) if typed is None else (typed, True)


@blueprint.post("/projects/<key>/done/<item_type>")
@allows("done_definition.manage")
def define(key: str, item_type: str) -> Response:
    """Make a new version of the one that was seen; an emptied line goes away."""
    project, lines, seen = find_by_key(actor(), key), _typed(), request.form.get("version", "")
    try:
        with session.begin_nested():
            begun = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else None
            made = actions.define(actor(), project, begun, item_type=item_type, criteria=lines)
    except Stale:
        told = gettext(
            "Someone made a new version meanwhile; it stands below. Yours is still here; saving again keeps yours."
        )
        return _page(project, (told,), 412, {item_type: lines})
    except Invalid as invalid:
        faults = tuple(
            f"{field_label(name)}: {say_refusal(each.code, each.facts)}"
            for name, found in invalid.errors.items()
            for each in found
        )
        return _page(project, faults, 422, {item_type: lines})
    tell(gettext("Version %(number)s holds for items made from now on.", number=made.number))
    return redirect(url_for("done_definitions.index", key=project.key), 303)


def _typed() -> list[dict[str, object]]:
    names = ("text", "by", "required", "needs_evidence")
    lists = {name: request.form.getlist(name) for name in names}
    lists["needs_evidence"] = lists["needs_evidence"] or ["0"] * len(lists["text"])
    if len({len(values) for values in lists.values()}) > 1:
        raise Invalid(criteria="value.list")
    flags = ("required", "needs_evidence")
    if odd := [name for name in flags if not set(lists[name]) <= {"0", "1"}]:
        raise Invalid({name: [wrong("value.unknown_choice", choices=["0", "1"])] for name in odd})
    rows = (dict(zip(names, each, strict=True)) for each in zip(*lists.values(), strict=True))
    return [{**row, **{name: row[name] == "1" for name in flags}} for row in rows if row["text"].strip()]
