"""Make an item, change its fields, archive it and bring it back."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from backlog.board import queries
from backlog.board.actions import acceptance
from backlog.board.actions.counts import lock, recount, refuse_resting
from backlog.board.actions.kinds import change_project, change_type
from backlog.board.actions.moves import check, enter, hold, settle, witness
from backlog.board.actions.places import Place, key_in
from backlog.board.actions.ticks import release
from backlog.board.actions.values import cleaned
from backlog.board.actions.values import reason as cleaned_reason
from backlog.board.models import Assignment, Column, Item, ItemTag
from backlog.done import queries as done
from backlog.journal.actions import record
from backlog.journal.queries import of_subject
from backlog.kernel import clock
from backlog.kernel.codes import next_number
from backlog.kernel.database import is_fresh, session, write
from backlog.kernel.refusal import Invalid, Missing, Refusal, Stale, expect_version
from backlog.kernel.together import once
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import get_project_in_force
from backlog.lighthouse.queries import scope_of as scope_of_project
from backlog.people.models import User
from backlog.people.policy import require

PLAIN = ("title", "description", "points", "use_case_id", "kpi_id", "blocked_reason")
TOLD_CHARACTERS = 200


def add(
    actor: User,
    *,
    project_id: int,
    title: str,
    type: str = "story",
    column_id: int | None = None,
    before_id: int | None = None,
    after_id: int | None = None,
    top: bool | None = None,
    reason: str = "",
    override_reason: str = "",
    **more: Any,
) -> Item:
    """Make an item in a column, the first todo one unless said; the column's rules ask as for any move."""
    project = _project(actor, project_id)
    require(actor, "item.create", scope_of_project(project))
    values = cleaned(project, {"title": title, "type": type, **more})
    reason, override_reason = cleaned_reason(reason), cleaned_reason(override_reason, "override_reason")
    column = _column(project.id, column_id)
    hold(project.id, column)
    item = _made(actor, project, column, key_in(column, None, Place(before_id, after_id, top)), values)
    overridden = check(actor, item, column, None, reason, override_reason)
    settle(actor, item, column, None, override_reason if overridden else "")
    write()
    witness(actor, item, None, column, reason, override_reason if overridden else "")
    code = f"{project.key}-{item.number}"
    told = {"code": code, "title": item.title, "column": column.name, "column_id": column.id}
    record(
        actor,
        "item.added",
        ("item", item.id),
        project_id=project.id,
        **told,
        override_reason=item.override_reason or "",
    )
    return item


def _project(actor: User, project_id: int) -> Project:
    try:
        return get_project_in_force(actor, project_id)
    except Missing:
        raise Invalid(project_id="value.unknown_id") from None


def _column(project_id: int, column_id: int | None) -> Column:
    if column_id is None:
        return once(("first todo", project_id), lambda: queries.first_todo(queries.columns_of(project_id)))
    column = queries.find_column(project_id, column_id)
    if column is None:
        raise Invalid(column_id="value.unknown_id")
    return column


def _made(actor: User, project: Project, column: Column, key: str, values: dict[str, Any]) -> Item:
    now = clock.now()
    kind = values["type"]
    definition = once(("definition", project.id, kind), lambda: done.find_newest(project.id, kind))
    item = Item(
        project_id=project.id,
        number=next_number(f"item-{project.id}"),
        type=kind,
        column_id=column.id,
        order_key=key,
        entered_column_at=now,
        definition_id=definition.id if definition else None,
        created_by_id=actor.id,
        created_at=now,
        **{name: values[name] for name in PLAIN if name in values},
    )
    _mark_blocked(actor, item, "")
    session.add(item)
    write()
    _set_children(actor, item, values)
    recount(item)
    return item


def edit(
    actor: User, item: Item, version: int | None = None, *, merge: bool = False, reason: str = "", **changes: Any
) -> Item:
    """Change the sent fields (R1). With `merge`, only an edit of the same field in between is a conflict.

    `reason` opens the full first column of another project.
    """
    require(actor, "item.edit", queries.scope_of(item))
    lock(item)
    _expect_untouched(item, version, changes, merge=merge)
    refuse_resting(item)
    if (project_id := changes.pop("project_id", item.project_id)) != item.project_id:
        change_project(actor, item, _project(actor, project_id), reason)
    if (kind := changes.pop("type", item.type)) != item.type:
        change_type(actor, item, cleaned(queries.project_of(item), {"type": kind})["type"])
    values = cleaned(queries.project_of(item), changes)
    present = _present(item, values)
    told = {name: [_short(present[name]), _short(value)] for name, value in values.items() if present[name] != value}
    if not told:
        return item
    _store(actor, item, {name: values[name] for name in told})
    more = {"project_id": item.project_id, "code": queries.code_of(item), "version": item.version}
    record(actor, "item.edited", ("item", item.id), **more, fields=list(told), changes=told)
    return item


def _expect_untouched(item: Item, version: int | None, changes: dict[str, Any], *, merge: bool) -> None:
    if not merge or version is None or version == item.version:
        expect_version(item, version)
        return
    for fact in of_subject("item", item.id):
        if (
            fact.code == "item.edited"
            and fact.values["version"] > version
            and set(changes) & set(fact.values["fields"])
        ):
            raise Stale(item)


def _present(item: Item, values: dict[str, Any]) -> dict[str, Any]:
    present: dict[str, Any] = {name: getattr(item, name) for name in PLAIN if name in values}
    if "assignee_ids" in values:
        present["assignee_ids"] = queries.assignees_of([item.id]).get(item.id, [])
    if "tags" in values:
        present["tags"] = queries.tags_of([item.id]).get(item.id, [])
    if "acceptance" in values:
        present["acceptance"] = acceptance.plain(item)
    return present


def _store(actor: User, item: Item, values: dict[str, Any]) -> None:
    was_blocked = item.blocked_reason
    for name in PLAIN:
        if name in values:
            setattr(item, name, values[name])
    _mark_blocked(actor, item, was_blocked)
    flag_modified(item, "title")  # what hangs on the item is part of its version
    _set_children(actor, item, values)
    session.flush()
    recount(item)


def _mark_blocked(actor: User, item: Item, before: str) -> None:
    if item.blocked_reason and not before:
        item.blocked_at, item.blocked_by_id = clock.now(), actor.id
    elif not item.blocked_reason:
        item.blocked_at = item.blocked_by_id = None


def _set_children(actor: User, item: Item, values: dict[str, Any]) -> None:
    if "assignee_ids" in values:
        if not is_fresh(item):
            session.execute(delete(Assignment).where(Assignment.item_id == item.id))
        session.add_all(Assignment(item_id=item.id, user_id=each) for each in values["assignee_ids"])
        release(actor, item, values["assignee_ids"])
    if "tags" in values:
        if not is_fresh(item):
            session.execute(delete(ItemTag).where(ItemTag.item_id == item.id))
        session.add_all(ItemTag(item_id=item.id, tag=each) for each in values["tags"])
    if "acceptance" in values:
        acceptance.replace(actor, item, values["acceptance"])
    write()


def _short(value: Any) -> Any:
    return value[:TOLD_CHARACTERS] if isinstance(value, str) else value


def archive(actor: User, item: Item, version: int | None = None) -> None:
    """Take an item off the board; everything about it is kept."""
    require(actor, "item.archive", queries.scope_of(item))
    lock(item)
    expect_version(item, version)
    if item.archived_at is not None:
        return
    item.archived_at = clock.now()
    session.flush()
    told = {"project_id": item.project_id, "code": queries.code_of(item), "column_id": item.column_id}
    record(actor, "item.archived", ("item", item.id), **told)


def restore(actor: User, item: Item, reason: str = "", override_reason: str = "") -> Item:
    """Bring an archived item back to its place; the column's rules ask as for any move."""
    require(actor, "item.archive", queries.scope_of(item))
    lock(item)
    if item.archived_at is None:
        return item
    if queries.project_of(item).archived_at is not None:
        raise Refusal("item.project_archived")
    column = queries.find_column(item.project_id, item.column_id)
    column = column or queries.first_todo(queries.columns_of(item.project_id))
    enter(actor, item, column, None, reason, override_reason, returning=True)
    item.archived_at = None
    session.flush()
    told = {"project_id": item.project_id, "code": queries.code_of(item), "column_id": item.column_id}
    record(actor, "item.restored", ("item", item.id), **told)
    return item


__all__ = ["add", "archive", "edit", "restore"]
