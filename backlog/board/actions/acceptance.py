"""Acceptance criteria of an item: its own lines, each with who saw it met."""

from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from backlog.board import queries
from backlog.board.actions import own
from backlog.board.actions.counts import lock_live, recount
from backlog.board.actions.moves import reopen
from backlog.board.actions.values import cleaned
from backlog.board.models import AcceptanceLine, Item
from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session, write
from backlog.kernel.refusal import Invalid, Missing
from backlog.people.models import User
from backlog.people.policy import require


def plain(item: Item) -> list[dict[str, Any]]:
    """The lines of an item as values."""
    lines = queries.acceptance_of([item.id]).get(item.id, [])
    return [{"id": line.id, "text": line.text, "met": line.met} for line in lines]


def replace(actor: User, item: Item, lines: list[dict[str, Any]]) -> None:
    """Make an item's lines these, in this order; a line met no longer, also under a new number, reopens a done item."""
    present = {line.id: line for line in own.lines_of(item)}
    unknown = [each for each in lines if each.get("id") is not None and each["id"] not in present]
    if unknown:
        raise Invalid(acceptance="value.unknown_id")
    kept, undone = set(), []
    for place, each in enumerate(lines):
        line = present.get(each.get("id") or 0) or AcceptanceLine(item_id=item.id)
        line.position, line.text = place, each.get("text", line.text)
        if line.met and each.get("met") is False:
            undone.append(line.text)
        _mark(actor, line, each.get("met", line.met))
        session.add(line)
        kept.add(each.get("id"))
    still_open = {each.get("text") for each in lines if each.get("id") is None and not each.get("met")}
    for line in [line for line_id, line in present.items() if line_id not in kept]:
        if line.met and line.text in still_open:
            undone.append(line.text)
        session.delete(line)
    write()
    if undone and item.done_at is not None:
        reopen(actor, item, undone[0])


def _mark(actor: User, line: AcceptanceLine, met: bool) -> None:
    if met and not line.met:
        line.met_by_id, line.met_at = actor.id, clock.now()
    elif not met:
        line.met_by_id = line.met_at = None


def set_acceptance(actor: User, item: Item, lines: list[str]) -> None:
    """Add lines at the end."""
    require(actor, "item.edit", queries.scope_of(item))
    lock_live(item)
    now = plain(item)
    added: list[dict[str, Any]] = [{"text": text, "met": False} for text in lines]
    replace(actor, item, cleaned(queries.project_of(item), {"acceptance": [*now, *added]})["acceptance"])
    _note(actor, item, now)


def set_met(actor: User, item: Item, line_id: int, met: bool) -> None:
    """Say that an acceptance criterion is met, or no longer is, which reopens a done item."""
    require(actor, "item.tick", queries.scope_of_ticks(actor, item))
    lock_live(item)
    line = session.get(AcceptanceLine, line_id)
    if line is None or line.item_id != item.id:
        raise Missing
    if hold(line).met == met:
        return
    _mark(actor, line, met)
    session.flush()
    recount(item)
    code = "item.acceptance_met" if met else "item.acceptance_unmet"
    record(actor, code, ("item", item.id), project_id=item.project_id, code=queries.code_of(item), text=line.text)
    if not met and item.done_at is not None:
        reopen(actor, item, line.text)


def _note(actor: User, item: Item, before: list[dict[str, Any]]) -> None:
    flag_modified(item, "title")
    session.flush()
    recount(item)
    told = {"code": queries.code_of(item), "version": item.version, "fields": ["acceptance"]}
    changes = {"acceptance": [before, plain(item)]}
    record(actor, "item.edited", ("item", item.id), project_id=item.project_id, **told, changes=changes)
