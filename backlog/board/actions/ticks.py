"""Confirm a criterion, set it aside with a reason, take it back; append-only, with who and when."""

from backlog.board import queries
from backlog.board.actions import own
from backlog.board.actions.counts import lock_live, recount
from backlog.board.actions.moves import reopen
from backlog.board.actions.values import reason as cleaned_reason
from backlog.board.models import Item, Tick
from backlog.done import rules as done_rules
from backlog.done.models import Criterion
from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Missing, Refusal
from backlog.people.models import User
from backlog.people.policy import may, require


def tick(
    actor: User,
    item: Item,
    criterion: Criterion,
    *,
    not_applicable: bool = False,
    reason: str = "",
    evidence: str = "",
) -> Tick:
    """Confirm a criterion of the item's definition, with evidence where it asks for some, or set it aside with a reason."""
    require(actor, "item.tick", queries.scope_of_ticks(actor, item))
    reason, evidence = cleaned_reason(reason), cleaned_reason(evidence, "evidence")
    lock_live(item)
    _expect_line_of(item, criterion)
    if not_applicable and not reason:
        raise Invalid(reason="value.required")
    if not may_settle(actor, item, criterion, not_applicable=not_applicable):
        raise Refusal("criterion.not_yours", by=criterion.by)
    if criterion.needs_evidence and not not_applicable and not evidence:
        raise Invalid(evidence="value.required")
    state = "not_applicable" if not_applicable else "ticked"
    standing = queries.find_tick(item.id, criterion.id)
    if standing is not None and (standing.state, standing.reason, standing.evidence) == (state, reason, evidence):
        return standing
    return _write(actor, item, criterion, state, reason, evidence)


def may_settle(actor: User, item: Item, criterion: Criterion, *, not_applicable: bool = False) -> bool:
    """Whether the criterion's `by` lets this person; setting aside is also a leader's."""
    owner = actor.id if actor.id in queries.owner_ids(item) else None
    assignees = queries.assignees_of([item.id]).get(item.id, [])
    if done_rules.may_tick(criterion.by, actor.id, assignees, owner):
        return True
    return not_applicable and may(actor, "item.override", queries.scope_of(item))


def untick(actor: User, item: Item, criterion: Criterion) -> None:
    """Take a confirmation back; a done item is reopened into the last doing column."""
    require(actor, "item.tick", queries.scope_of_ticks(actor, item))
    lock_live(item)
    _expect_line_of(item, criterion)
    if queries.find_tick(item.id, criterion.id) is None:
        return
    _write(actor, item, criterion, "cleared")
    if item.done_at is not None and criterion.required:
        reopen(actor, item, criterion.text)


def release(actor: User, item: Item, assignee_ids: list[int]) -> None:
    """Take back what someone else had to confirm and one of those confirmed who now work on the open item."""
    if item.done_at is not None:
        return
    by_id = {line.id: line for line in own.criteria_of(item) if line.by == "someone_else"}
    for each in own.ticks_of(item):
        if each.criterion_id in by_id and each.state == "ticked" and each.by_id in assignee_ids:
            _write(actor, item, by_id[each.criterion_id], "cleared")


def _expect_line_of(item: Item, criterion: Criterion) -> None:
    if criterion.definition_id != item.definition_id:
        raise Missing


def _write(actor: User, item: Item, criterion: Criterion, state: str, reason: str = "", evidence: str = "") -> Tick:
    values = {"item_id": item.id, "criterion_id": criterion.id, "state": state, "reason": reason}
    made = Tick(**values, evidence=evidence, by_id=actor.id, at=clock.now())
    session.add(made)
    session.flush()
    recount(item)
    told = {"project_id": item.project_id, "code": queries.code_of(item), "text": criterion.text}
    told |= {"reason": reason, "evidence": evidence}
    record(actor, CODES[state], ("item", item.id), **told)
    return made


CODES = {"ticked": "item.ticked", "not_applicable": "item.set_aside", "cleared": "item.unticked"}
