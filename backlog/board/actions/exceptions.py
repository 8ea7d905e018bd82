"""Ask a leader to let an item into a done column although something is open; grant it, or decline with a reason."""

from backlog.board import queries
from backlog.board.actions.counts import lock_live
from backlog.board.actions.moves import hold, move
from backlog.board.actions.values import reason as cleaned_reason
from backlog.board.models import Column, Item, OverrideRequest
from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Missing, Refusal
from backlog.people.models import User
from backlog.people.policy import require


def request_override(actor: User, item: Item, column: Column, reason: str) -> OverrideRequest:
    """Ask for an exception; one request of an item waits at a time."""
    require(actor, "item.move", queries.scope_of(item))
    reason = cleaned_reason(reason)
    if not reason:
        raise Invalid(reason="value.required")
    lock_live(item)
    hold(item.project_id, column)
    if column.category != "done":
        raise Invalid(column_id="value.unknown_id")
    if item.done_at is not None:
        raise Refusal("item.is_done")
    if queries.find_request(item.id) is not None:
        raise Refusal("override.already_asked")
    made = OverrideRequest(item_id=item.id, column_id=column.id, reason=reason, by_id=actor.id, at=clock.now())
    session.add(made)
    session.flush()
    _tell(actor, "item.override_requested", item, column=column.name, column_id=column.id, reason=reason)
    return made


def grant(
    actor: User, item: Item, request: OverrideRequest, reason: str = "", override_reason: str = ""
) -> OverrideRequest:
    """Let the item in for the reason that was given, or for one of one's own; `reason` opens a full column."""
    require(actor, "item.override", queries.scope_of(item))
    _expect_open(item, request)
    _answer(actor, request, "granted", cleaned_reason(override_reason, "override_reason"))
    column = session.get_one(Column, request.column_id)
    move(actor, item, column, reason=reason, override_reason=override_reason or request.reason)
    _tell(actor, "item.override_granted", item, reason=request.answer or request.reason)
    return request


def decline(actor: User, item: Item, request: OverrideRequest, reason: str) -> OverrideRequest:
    """Say no, and why."""
    require(actor, "item.override", queries.scope_of(item))
    reason = cleaned_reason(reason)
    if not reason:
        raise Invalid(reason="value.required")
    _expect_open(item, request)
    _answer(actor, request, "declined", reason)
    _tell(actor, "item.override_declined", item, reason=reason)
    return request


def _expect_open(item: Item, request: OverrideRequest) -> None:
    lock_live(item)
    session.refresh(request)
    if request.item_id != item.id:
        raise Missing
    if request.state != "open":
        raise Refusal("override.answered")


def _answer(actor: User, request: OverrideRequest, state: str, answer: str) -> None:
    request.state, request.answer = state, answer
    request.answered_by_id, request.answered_at = actor.id, clock.now()
    session.flush()


def _tell(actor: User, code: str, item: Item, **told: object) -> None:
    record(actor, code, ("item", item.id), project_id=item.project_id, code=queries.code_of(item), **told)
