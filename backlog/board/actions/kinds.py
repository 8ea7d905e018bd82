"""Change what an item is measured by: its type, its project, its version of the Definition of Done."""

from sqlalchemy import delete

from backlog.board import queries
from backlog.board.actions.counts import lock_live, recount
from backlog.board.actions.moves import check, enter, hold, overtake, settle
from backlog.board.actions.values import may_be_assigned
from backlog.board.actions.values import reason as cleaned_reason
from backlog.board.models import Assignment, Column, Item, Tick
from backlog.done import queries as done
from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.codes import next_number
from backlog.kernel.database import session
from backlog.kernel.refusal import Refusal
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import scope_of as scope_of_project
from backlog.people.models import User
from backlog.people.policy import require


def change_type(actor: User, item: Item, type: str, override_reason: str = "") -> Item:
    """Give an item another type: the newest definition of that type, no ticks; a done item must meet it anew."""
    require(actor, "item.edit", queries.scope_of(item))
    lock_live(item)
    before, override_reason = item.type, cleaned_reason(override_reason, "override_reason")
    item.type = type
    _renew(actor, item)
    column = session.get_one(Column, item.column_id)
    overridden = check(actor, item, column, None, "", override_reason, stays=True)
    settle(actor, item, column, None, override_reason if overridden else "")
    session.flush()
    told = {
        "code": queries.code_of(item),
        "version": item.version,
        "fields": ["type"],
        "changes": {"type": [before, type]},
    }
    record(actor, "item.edited", ("item", item.id), project_id=item.project_id, **told)
    return item


def change_project(actor: User, item: Item, project: Project, reason: str = "", override_reason: str = "") -> Item:
    """Take an item to another project: a new code, its first todo column, its definition; ticks stay behind."""
    require(actor, "item.edit", queries.scope_of(item))
    require(actor, "item.create", scope_of_project(project))
    lock_live(item)
    old_code, old_project_id = queries.code_of(item), item.project_id
    column = queries.first_todo(queries.columns_of(project.id))
    hold(project.id, column)  # before the counter, as whoever makes an item there
    item.project_id, item.number = project.id, next_number(f"item-{project.id}")
    overtake(actor, item)
    _renew(actor, item)
    _leave_people_behind(item, project)
    enter(actor, item, column, None, reason, override_reason)
    code = queries.code_of(item)
    told = {"code": code, "old_code": old_code, "from_project_id": old_project_id}
    record(actor, "item.project_changed", ("item", item.id), project_id=project.id, **told)
    return item


def take_newest_definition(actor: User, item: Item) -> Item:
    """Move an open item to the newest version; ticks that hold there as well go along with who and when."""
    require(actor, "item.edit", queries.scope_of(item))
    lock_live(item)
    if item.done_at is not None:
        raise Refusal("item.is_done")
    newest = done.find_newest(item.project_id, item.type)
    if newest is None or newest.id == item.definition_id:
        return item
    lines = queries.carried(item, newest)
    item.definition_id = newest.id
    for line, kept in lines:
        if kept is not None:
            values = {name: getattr(kept, name) for name in ("state", "reason", "evidence", "by_id", "at")}
            session.add(Tick(item_id=item.id, criterion_id=line.id, **values))
    session.flush()
    recount(item)
    told = {"code": queries.code_of(item), "number": newest.number}
    record(actor, "item.definition_renewed", ("item", item.id), project_id=item.project_id, **told)
    return item


def _renew(actor: User, item: Item) -> None:
    """The newest definition of the item's type, and no ticks."""
    for standing in queries.standing_ticks(item.id):
        values = {"criterion_id": standing.criterion_id, "state": "cleared", "by_id": actor.id, "at": clock.now()}
        session.add(Tick(item_id=item.id, **values))
    newest = done.find_newest(item.project_id, item.type)
    item.definition_id = newest.id if newest else None
    session.flush()
    recount(item)


def _leave_people_behind(item: Item, project: Project) -> None:
    for user_id in queries.assignees_of([item.id]).get(item.id, []):
        if not may_be_assigned(project, [user_id]):
            session.execute(delete(Assignment).where(Assignment.item_id == item.id, Assignment.user_id == user_id))
