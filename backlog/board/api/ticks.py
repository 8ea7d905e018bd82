"""Ticks over REST: the lines of an item's Definition of Done, and who settled them."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, done, endpoint, read, read_nothing
from backlog.api.lists import list_of
from backlog.board import actions, queries
from backlog.board.actions.counts import RESTING
from backlog.board.lists import page_of_lines
from backlog.board.models import Item, Tick
from backlog.board.schemas import TickQuery, TickSchema
from backlog.done.models import Criterion
from backlog.done.queries import criteria_of
from backlog.kernel.refusal import Missing
from backlog.people.policy import require

blueprint = Blueprint("ticks_api", __name__)
ONE = "/items/<int:item_id>/ticks/<int:criterion_id>"


@dataclass(frozen=True)
class Shown:
    """A line and its tick, if it has one."""

    criterion_id: int
    text: str
    required: bool
    by: str
    needs_evidence: bool
    ticked_by_id: int | None
    ticked_at: datetime | None
    not_applicable: bool
    reason: str
    evidence: str


def _shown(line: Criterion, tick: Tick | None) -> Shown:
    nothing = (None, None, False, "", "")
    settled = (tick.by_id, tick.at, tick.not_applicable, tick.reason, tick.evidence) if tick else nothing
    return Shown(line.id, line.text, line.required, line.by, line.needs_evidence, *settled)


@blueprint.route("/items/<int:item_id>/ticks", methods=["GET"])
@endpoint("page.read", answer=TickSchema, many=True, query=TickQuery)
def index(item_id: int) -> Response:
    """Every line of the item's definition, in order, with its tick."""
    item = queries.get_item(actor(), item_id)
    standing = {each.criterion_id: each for each in queries.standing_ticks(item.id)}
    shown = lambda rows: [_shown(line, standing.get(line.id)) for line in rows]  # noqa: E731
    return list_of(TickSchema, TickQuery, page_of_lines, of=item, shown=shown)


@blueprint.route(ONE, methods=["PUT"])
@endpoint("item.tick", body=TickSchema, answer=TickSchema, refusals=("criterion.not_yours", *RESTING))
def tick(item_id: int, criterion_id: int) -> Response:
    """Tick a line, with evidence where it asks for some, or set it aside with a reason."""
    item, line = _line(item_id, criterion_id)
    require(actor(), "item.tick", queries.scope_of_ticks(actor(), item))
    made = actions.tick(actor(), item, line, **read(TickSchema))
    return answer(TickSchema, _shown(line, made))


@blueprint.route(ONE, methods=["DELETE"])
@endpoint("item.tick", status=204, refusals=RESTING)
def untick(item_id: int, criterion_id: int) -> Response:
    """Take a tick back; a done item is reopened."""
    item, line = _line(item_id, criterion_id)
    require(actor(), "item.tick", queries.scope_of_ticks(actor(), item))
    read_nothing()
    actions.untick(actor(), item, line)
    return done()


def _line(item_id: int, criterion_id: int) -> tuple[Item, Criterion]:
    """An item and a line of its definition; a line of any other is missing."""
    item = queries.get_item(actor(), item_id)
    for line in criteria_of(item.definition_id):
        if line.id == criterion_id:
            return item, line
    raise Missing
