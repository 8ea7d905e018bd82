"""Locks, and the counters a card draws: kept beside the item, written past its version."""

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from backlog.board import queries
from backlog.board.actions import own
from backlog.board.models import Column, Item
from backlog.done import rules as done_rules
from backlog.kernel.database import hold, is_fresh, session
from backlog.kernel.refusal import refuse_archived

RESTING = ("item.archived", "item.project_archived")  # why an item is left alone


def lock(item: Item) -> None:
    """Hold an item's row until commit, as it is now."""
    hold(item)


def lock_live(item: Item) -> None:
    """Hold an item that is to be changed: what is archived stays as it is until it is restored."""
    lock(item)
    refuse_resting(item)


def refuse_resting(item: Item) -> None:
    """Refuse to change an item that is archived, or whose project is: both come back as they were left."""
    for thing, code in zip((item, queries.project_of(item)), RESTING, strict=True):
        refuse_archived(thing, code)


def lock_column(column: Column) -> None:
    """Hold a column's row until commit: what R7 and the order of cards hang on."""
    hold(column)


def recount(item: Item) -> None:
    """Count required and acceptance criteria, met and in all."""
    lines = own.lines_of(item)
    found = done_rules.progress(own.criteria_of(item), own.ticks_of(item))
    counts = {
        "checks_met": found.required_settled + sum(line.met for line in lines),
        "checks_total": found.required + len(lines),
    }
    if is_fresh(item):
        item.checks_met, item.checks_total = counts["checks_met"], counts["checks_total"]
        return
    table = Item.__table__
    session.execute(update(table).where(table.c.id == item.id).values(**counts))  # type: ignore[arg-type]
    for name, value in counts.items():
        set_committed_value(item, name, value)
