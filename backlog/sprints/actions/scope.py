"""What is in a sprint: items come and go, each with its times."""

from sqlalchemy import select

from backlog.board import queries as board
from backlog.board.actions import move
from backlog.board.models import Column, Item
from backlog.journal.actions import record
from backlog.journal.models import Fact
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Invalid, Missing, Refusal, wrong
from backlog.people.models import User
from backlog.people.policy import require
from backlog.sprints import queries
from backlog.sprints.models import ScopeRow, Sprint

MOST_AT_ONCE = 200


def add_items(actor: User, sprint: Sprint, item_ids: list[int]) -> list[Item]:
    """Take items into a sprint; those in another one leave it; after the start it is a change of scope."""
    require(actor, "sprint.scope", queries.scope_of(sprint))
    hold(sprint)
    if sprint.state == "closed":
        raise Refusal("sprint.closed")
    if len(item_ids) > MOST_AT_ONCE:
        raise Invalid(item_ids=wrong("value.too_many", most=MOST_AT_ONCE))
    query = select(Item).where(Item.id.in_(item_ids), Item.project_id == sprint.project_id, Item.archived_at.is_(None))
    items = list(session.scalars(query.order_by(Item.id).with_for_update(key_share=True)))
    if len(items) < len(set(item_ids)):
        raise Invalid(item_ids="value.unknown_id")
    for item in items:
        _enter(actor, sprint, item)
    session.flush()
    return items


def _enter(actor: User, sprint: Sprint, item: Item) -> None:
    row = queries.find_open_row(item.id)
    if row is not None and row.sprint_id == sprint.id:
        return
    if row is not None:
        row.left_at = clock.now()
        session.flush()
    enter(actor, sprint, item.id)
    _tell(actor, "sprint.item_added", sprint, item)


def enter(actor: User, sprint: Sprint, item_id: int) -> None:
    """Begin an item's time in a sprint."""
    session.add(ScopeRow(sprint_id=sprint.id, item_id=item_id, entered_at=clock.now(), by_id=actor.id))
    session.flush()


def remove_item(actor: User, sprint: Sprint, item: Item) -> None:
    """Take an item out of a sprint; what leaves for the backlog goes to the first todo column."""
    require(actor, "sprint.scope", queries.scope_of(sprint))
    hold(sprint)
    if sprint.state == "closed":
        raise Refusal("sprint.closed")
    row = queries.find_open_row(item.id)
    if row is None or row.sprint_id != sprint.id:
        raise Missing
    row.left_at = clock.now()
    session.flush()
    to_backlog(actor, item, f"#{sprint.number}")
    _tell(actor, "sprint.item_removed", sprint, item)


def to_backlog(actor: User, item: Item, why: str, *, top: bool = True, always: bool = False) -> None:
    """Put an item that is not done into the first todo column; one that waits there stays, unless its place is said."""
    hold(item)
    if item.done_at is not None or item.archived_at is not None:
        return
    if always or session.get_one(Column, item.column_id).category != "todo":
        move(actor, item, board.first_todo(board.columns_of(item.project_id)), reason=why, top=top)


def on_archived(_actor: User, fact: Fact) -> None:
    """An archived item leaves its sprint (listens to `item.archived`)."""
    row = queries.find_open_row(fact.subject_id)
    if row is not None:
        row.left_at = fact.at
        session.flush()


def on_left_project(actor: User, fact: Fact) -> None:
    """So does one that went to another project (listens to `item.project_changed`)."""
    on_archived(actor, fact)


def on_restored(actor: User, fact: Fact) -> None:
    """A restored item is in the sprint again that it left by being archived, if that still lasts (`item.restored`)."""
    query = select(ScopeRow).where(ScopeRow.item_id == fact.subject_id).order_by(ScopeRow.id.desc()).limit(1)
    row = session.scalar(query)
    archived = select(Fact.at).where(Fact.code == "item.archived", Fact.subject_id == fact.subject_id)
    last = session.scalar(archived.order_by(Fact.id.desc()).limit(1))
    if row is None or row.left_at is None or row.left_at != last:
        return
    sprint = hold(session.get_one(Sprint, row.sprint_id))
    if sprint.state != "closed":
        enter(actor, sprint, fact.subject_id)


def _tell(actor: User, code: str, sprint: Sprint, item: Item) -> None:
    told = {
        "number": sprint.number,
        "item_id": item.id,
        "code": board.code_of(item),
        "started": sprint.state == "active",
    }
    record(actor, code, ("sprint", sprint.id), project_id=sprint.project_id, **told)
