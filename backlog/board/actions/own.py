"""What an item is judged by: its lines, its ticks, its definition; also of one that waits to be written with many others."""

from itertools import takewhile

from backlog.board import queries
from backlog.board.models import AcceptanceLine, Item, Tick
from backlog.done import queries as done
from backlog.done.models import Criterion
from backlog.kernel.database import is_fresh, session
from backlog.kernel.together import once


def lines_of(item: Item) -> list[AcceptanceLine]:
    """Its acceptance criteria, in order."""
    if not is_fresh(item):
        return queries.acceptance_of([item.id]).get(item.id, [])
    newer = takewhile(lambda each: each is not item, reversed([*session.new]))  # what hangs on it was made after it
    return [each for each in newer if isinstance(each, AcceptanceLine) and each.item_id == item.id][::-1]


def ticks_of(item: Item) -> list[Tick]:
    """Its ticks in force; what was only just made has none."""
    return [] if is_fresh(item) else queries.standing_ticks(item.id)


def criteria_of(item: Item) -> list[Criterion]:
    """The lines of the Definition of Done it goes by; a version never changes."""
    return once(("criteria", item.definition_id), lambda: done.criteria_of(item.definition_id))
