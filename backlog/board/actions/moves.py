"""The one way into a column: a move, refused with every reason at once, witnessed by a row."""

from backlog.board import queries, rules
from backlog.board.actions import own
from backlog.board.actions.counts import lock, lock_column, refuse_resting
from backlog.board.actions.places import Place, key_in
from backlog.board.actions.values import reason as cleaned_reason
from backlog.board.models import Column, Item, Move
from backlog.done import rules as done_rules
from backlog.journal.actions import record
from backlog.journal.models import Fact
from backlog.kernel import clock
from backlog.kernel.database import is_fresh, session, write
from backlog.kernel.refusal import Invalid, Refusal, Stale
from backlog.people.models import User
from backlog.people.policy import require


def move(
    actor: User,
    item: Item,
    column: Column,
    before_id: int | None = None,
    after_id: int | None = None,
    reason: str = "",
    override_reason: str = "",
    version: int | None = None,
    top: bool | None = None,
) -> Move:
    """Move an item to a place in a column (R7, R8).

    `before_id` is the card that will follow, `after_id` the card before; `reason` opens a full column,
    `override_reason` a Definition of Done that is not met; `version` is what the person saw of the item.
    """
    require(actor, "item.move", queries.scope_of(item))
    lock(item)
    _expect_unmoved(item, version)
    refuse_resting(item)
    return enter(actor, item, column, Place(before_id, after_id, top), reason, override_reason)


def enter(
    actor: User,
    item: Item,
    column: Column,
    place: Place | None = None,
    reason: str = "",
    override_reason: str = "",
    *,
    returning: bool = False,
) -> Move:
    """Let an item whose row is held into a column, or refuse.

    `returning` from the archive it keeps its place; the checks ask anew, unless it was done by an exception, which stands.
    """
    before = session.get_one(Column, item.column_id)
    reason, override_reason = cleaned_reason(reason), cleaned_reason(override_reason, "override_reason")
    hold(item.project_id, column)
    stays = column.id == before.id and not returning
    category = before.category if not returning or item.override_reason is not None else None
    overridden = check(actor, item, column, category, reason, override_reason, stays=stays)
    if not (returning and column.id == before.id):
        item.order_key = key_in(column, item.id, place or Place())
    if column.id != before.id:
        item.column_id, item.entered_column_at = column.id, clock.now()
    settle(actor, item, column, category, override_reason if overridden else "")
    session.flush()
    return witness(actor, item, before, column, reason, override_reason if overridden else "")


def hold(project_id: int, column: Column) -> None:
    """Lock a column of this project that is in use; any other is an unknown one."""
    lock_column(column)
    if column.project_id != project_id or column.removed_at is not None:
        raise Invalid(column_id="value.unknown_id")


def check(
    actor: User,
    item: Item,
    column: Column,
    category_from: str | None,
    reason: str,
    override_reason: str,
    *,
    stays: bool = False,
) -> bool:
    """Refuse with all reasons, Definition of Done first; answers whether the definition was overridden."""
    between = _between(item, column, category_from, stays=stays)
    overridden = between.is_not_done and bool(override_reason)
    if overridden:
        require(actor, "item.override", queries.scope_of(item))
    left = rules.Open(
        criteria=() if overridden else between.criteria,
        acceptance=() if overridden else between.acceptance,
        full_at=None if reason else between.full_at,
    )
    if left.code is not None:
        raise Refusal(left.code, **left.facts())
    return overridden


def _between(item: Item, column: Column, category_from: str | None, *, stays: bool) -> rules.Open:
    criteria: tuple[str, ...] = ()
    acceptance: tuple[str, ...] = ()
    if rules.asks_for_done(category_from, column.category):
        lines = done_rules.unmet(own.criteria_of(item), own.ticks_of(item))
        criteria = tuple(line.text for line in lines)
        acceptance = tuple(line.text for line in done_rules.unmet_acceptance(own.lines_of(item)))
    full = not stays and column.wip_limit is not None and rules.is_full(_others(item, column), column.wip_limit)
    return rules.Open(criteria, acceptance, column.wip_limit if full else None)


def _others(item: Item, column: Column) -> int:
    """How many other cards stand in the column."""
    count = queries.taken([column.id]).get(column.id, (0, 0.0))[0]
    counted = item.column_id == column.id and item.archived_at is None
    return count - counted


def settle(actor: User, item: Item, column: Column, category_from: str | None, override_reason: str) -> None:
    """Write down when an item became done, or that it no longer is, and whose word stands in for its checks.

    An exception ends when the item leaves done; the move it was made for keeps it.
    """
    if column.category != "done":
        item.done_at = item.override_reason = item.override_by_id = item.override_at = None
        return
    if item.done_at is None:
        item.done_at = clock.now()
        overtake(actor, item)
    if rules.asks_for_done(category_from, column.category):
        item.override_reason = override_reason or None
        item.override_by_id = actor.id if override_reason else None
        item.override_at = clock.now() if override_reason else None


def overtake(actor: User, item: Item) -> None:
    """Nobody need answer any longer who asked for an exception."""
    asked = None if is_fresh(item) else queries.find_request(item.id)
    if asked is not None:
        asked.state, asked.answered_by_id, asked.answered_at = "overtaken", actor.id, clock.now()


def witness(
    actor: User, item: Item, before: Column | None, column: Column, reason: str = "", override_reason: str = ""
) -> Move:
    """Write the move down, and tell the journal."""
    made = Move(
        item_id=item.id,
        from_column_id=before.id if before else None,
        to_column_id=column.id,
        reason=reason,
        override_reason=override_reason,
        item_version=item.version,
        by_id=actor.id,
        at=clock.now(),
    )
    session.add(made)
    write()
    if before is not None:
        _tell(actor, item, before, column, reason, override_reason)
    return made


def _tell(actor: User, item: Item, before: Column, column: Column, reason: str, override_reason: str) -> Fact:
    return record(
        actor,
        "item.moved" if before.id != column.id else "item.reordered",
        ("item", item.id),
        project_id=item.project_id,
        code=queries.code_of(item),
        column=column.name,
        column_id=column.id,
        from_column=before.name,
        from_column_id=before.id,
        reason=reason,
        override_reason=override_reason,
    )


def reopen(actor: User, item: Item, why: str) -> None:
    """Put a done item back into the last doing column, since something it rested on no longer holds."""
    columns = queries.columns_of(item.project_id)
    column = columns[rules.last_doing([each.category for each in columns])]
    enter(actor, item, column, Place(top=True), reason=why)


def _expect_unmoved(item: Item, version: int | None) -> None:
    """Refuse a move begun before somebody else's (R1); an edit of another field in between disturbs nobody."""
    if version is None or version == item.version:
        return
    last = queries.last_move(item.id)
    if last is not None and last.item_version > version:
        raise Stale(item)
