"""A project's columns: made with it, set as a whole, removed with a place for their cards."""

from typing import Any

from sqlalchemy import select

from backlog.board import queries
from backlog.board.actions.moves import enter
from backlog.board.actions.values import reason as cleaned_reason
from backlog.board.defaults import DEFAULTS
from backlog.board.models import CATEGORIES, Column, Item
from backlog.journal.actions import record
from backlog.journal.models import Fact
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Invalid, Refusal, Wrong, refuse_archived, wrong
from backlog.kernel.text import clean_name, is_storable
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import scope_of
from backlog.people.models import User
from backlog.people.policy import require
from backlog.people.queries import organisation

MOST_COLUMNS, MOST_LIMIT, LONGEST_NAME, LONGEST_POLICY = 20, 1000, 60, 300


def set_columns(
    actor: User,
    project: Project,
    columns: list[dict[str, Any]],
    cards_to: dict[int, int] | None = None,
    reason: str = "",
    override_reason: str = "",
) -> list[Column]:
    """Make a project's columns these, in this order; `cards_to` says where the cards of a removed one go."""
    require(actor, "column.manage", scope_of(project))
    refuse_archived(hold(project), "project.archived")
    present = _held(project, {row["id"] for row in columns if row.get("id") is not None})
    rows = _cleaned(columns, present)
    reason, override_reason = cleaned_reason(reason), cleaned_reason(override_reason, "override_reason")
    for place, row in enumerate(rows):
        _write(project, present.get(row.pop("id") or 0), place, row)
    session.flush()
    kept = {row["id"] for row in columns if row.get("id") is not None}
    goals = {each: present[goal] for each, goal in (cards_to or {}).items() if _is_kept(goal, kept)}
    for column in [each for column_id, each in present.items() if column_id not in kept]:
        _remove(actor, column, goals.get(column.id), reason, override_reason)
    record(
        actor, "columns.changed", ("project", project.id), project_id=project.id, names=[row["name"] for row in rows]
    )
    return queries.columns_of(project.id)


def _is_kept(column_id: int, kept: set[int]) -> bool:
    """Whether cards may go there; not into a column that is taken away itself."""
    if column_id not in kept:
        raise Invalid(cards_to="value.unknown_id")
    return True


def _held(project: Project, kept: set[int]) -> dict[int, Column]:
    """The columns in use, so that no card enters one whose category or place is judged; cards that must leave first."""
    columns = queries.columns_of(project.id)
    _cards([each.id for each in columns if each.id not in kept])
    return {each.id: hold(each) for each in sorted(columns, key=lambda column: column.id)}


def _cards(column_ids: list[int]) -> list[Item]:
    """What stands in columns, held: a card is always held before its column."""
    query = select(Item).where(Item.column_id.in_(column_ids), Item.archived_at.is_(None))
    query = (
        query.order_by(Item.order_key, Item.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def remove_column(actor: User, column: Column, to: Column, reason: str = "", override_reason: str = "") -> None:
    """Take a column away; its cards go to another one, each by its own move."""
    project = session.get_one(Project, column.project_id)
    rows = [_plain(each) for each in queries.columns_of(project.id) if each.id != column.id]
    set_columns(actor, project, rows, {column.id: to.id}, reason, override_reason)


def make_defaults(_actor: User, fact: Fact) -> None:
    """Give a new project its columns (listens to `project.added`)."""
    if queries.columns_of(fact.subject_id):
        return
    for place, (name, category, limit, policy) in enumerate(DEFAULTS[organisation().locale]):
        values = {"name": name, "category": category, "wip_limit": limit, "policy": policy}
        session.add(Column(project_id=fact.subject_id, position=place, **values))
    session.flush()


def _plain(column: Column) -> dict[str, Any]:
    return {name: getattr(column, name) for name in ("id", "name", "category", "wip_limit", "policy")}


def _write(project: Project, column: Column | None, place: int, row: dict[str, Any]) -> None:
    if column is None:
        session.add(Column(project_id=project.id, position=place, **row))
        return
    if row["category"] != column.category and queries.taken([column.id]):
        raise Refusal("column.not_empty", column=column.name)
    column.position = place
    for name, value in row.items():
        setattr(column, name, value)


def _remove(actor: User, column: Column, to: Column | None, reason: str, override_reason: str) -> None:
    items = _cards([column.id])
    if items and to is None:
        raise Refusal("column.not_empty", column=column.name)
    for item in items:
        if to is not None:
            enter(actor, item, to, None, reason, override_reason)
    column.removed_at = clock.now()
    session.flush()


def _cleaned(columns: list[dict[str, Any]], present: dict[int, Column]) -> list[dict[str, Any]]:
    if len(columns) > MOST_COLUMNS:
        raise Invalid(data=wrong("value.too_many", most=MOST_COLUMNS))
    errors: dict[str, list[Wrong]] = {}
    rows = [_row(place, each, present, errors) for place, each in enumerate(columns)]
    ids = [row["id"] for row in rows if row["id"] is not None]
    if len(set(ids)) < len(ids):
        errors["data"] = [wrong("value.repeated")]
    if errors:
        raise Invalid(errors)
    for category, code in (("todo", "column.last_todo"), ("done", "column.last_done")):
        if all(row["category"] != category for row in rows):
            raise Refusal(code)
    return rows


def _row(
    place: int, each: dict[str, Any], present: dict[int, Column], errors: dict[str, list[Wrong]]
) -> dict[str, Any]:
    name, policy, limit = clean_name(each.get("name", "")), clean_name(each.get("policy") or ""), each.get("wip_limit")
    if not 1 <= len(name) <= LONGEST_NAME or not is_storable(name):
        errors[f"data.{place}.name"] = [wrong("value.length", least=1, most=LONGEST_NAME)]
    if each.get("category") not in CATEGORIES:
        errors[f"data.{place}.category"] = [wrong("value.unknown_choice", choices=list(CATEGORIES))]
    if limit is not None and not 1 <= limit <= MOST_LIMIT:
        errors[f"data.{place}.wip_limit"] = [wrong("value.range", least=1, most=MOST_LIMIT)]
    if len(policy) > LONGEST_POLICY or not is_storable(policy):
        errors[f"data.{place}.policy"] = [wrong("value.too_long", most=LONGEST_POLICY)]
    if each.get("id") is not None and each["id"] not in present:
        errors[f"data.{place}.id"] = [wrong("value.unknown_id")]
    return {"id": each.get("id"), "name": name, "category": each.get("category"), "wip_limit": limit, "policy": policy}
