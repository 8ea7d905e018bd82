"""Change several use cases together, each by the same acts as one by one, and undo it all.

Each use case has a savepoint of its own: what refuses one changes nothing of it and stops no other.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Forbidden, Invalid, Refusal, wrong
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.status import put_back, set_status, wants_reason
from backlog.usecases.actions.use_cases import archive, checked, edit, restore
from backlog.usecases.models import Batch, BatchLine, UseCase

MOST = 200
FIELDS = ("category", "department", "business_owner_id", "north_star_id", "system", "supplier")
STATUS = ("status", "reason", "parked_until")
TAGS = ("add_tags", "remove_tags")
Told = tuple[str, dict[str, Any]]


def edit_several(actor: User, use_case_ids: Sequence[int], **changes: Any) -> Batch:
    """Change use cases together; answers what became of each."""
    cases = _found(use_case_ids)
    wanted = _wanted(changes)
    batch = Batch(changes=_plain(wanted), by_id=actor.id, at=clock.now())
    session.add(batch)
    session.flush()
    lines = [_line(actor, batch, case, wanted) for case in cases]
    session.add_all(lines)
    session.flush()
    told = {outcome: sum(each.outcome == outcome for each in lines) for outcome in ("changed", "refused")}
    record(actor, "use_cases.edited_together", ("batch", batch.id), **told)
    return batch


def undo_batch(actor: User, batch: Batch) -> Batch:
    """Put back what a bulk edit changed; what was changed again meanwhile is left alone, and told."""
    require(actor, "use_case.edit", queries.scope_of_batch(batch))
    if hold(batch).undone_at is not None:
        raise Refusal("batch.undone")
    lines = [(line, case) for line, case in queries.lines_of_batch(batch) if line.outcome == "changed"]
    for line, case in lines:
        refused = _attempt(case, _undoing(actor, line, case))
        line.undone_at = clock.now() if refused is None else None
        line.undo_code, line.undo_facts = refused or ("", {})
    batch.undone_at, batch.undone_by_id = clock.now(), actor.id
    session.flush()
    left = sum(line.undone_at is None for line, _ in lines)
    record(actor, "use_cases.undone_together", ("batch", batch.id), changed=len(lines) - left, refused=left)
    return batch


def _found(ids: Sequence[int]) -> list[UseCase]:
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise Invalid(use_case_ids="value.required")
    if len(wanted) > MOST:
        raise Invalid(use_case_ids=wrong("value.too_many", most=MOST))
    cases = queries.use_cases_of(wanted)
    if len(cases) < len(wanted):
        raise Invalid(use_case_ids="value.unknown_id")
    return cases


def _wanted(changes: dict[str, Any]) -> dict[str, Any]:
    """What is asked of all, cleaned; Invalid where it could hold for none."""
    fields = {name: changes[name] for name in FIELDS if name in changes}
    given, _ = checked(fields, ())
    tags = {name: words for name in TAGS if (words := checked({}, changes.get(name, ()))[1])}
    status = {name: changes[name] for name in STATUS if changes.get(name)} if changes.get("status") else {}
    if status:
        wants_reason(status["status"], status.get("reason", ""), status.get("parked_until"))
    wanted = {**given, **tags, **status, **({"archive": True} if changes.get("archive") else {})}
    if not wanted:
        raise Invalid(changes="batch.nothing")
    return wanted


def _line(actor: User, batch: Batch, case: UseCase, wanted: dict[str, Any]) -> BatchLine:
    before, version = _before(hold(case), wanted), case.version
    refused = _attempt(case, lambda: _change(actor, case, wanted))
    outcome = "refused" if refused else "changed" if case.version != version else "unchanged"
    code, facts = refused or ("", {})
    return BatchLine(
        batch_id=batch.id,
        use_case_id=case.id,
        outcome=outcome,
        before=before if outcome == "changed" else {},
        version_after=case.version if outcome == "changed" else None,
        code=code,
        facts=facts,
        undo_code="",
        undo_facts={},
    )


def _attempt(case: UseCase, act: Callable[[], None]) -> Told | None:
    """Act within a savepoint; why it was refused, or None."""
    try:
        with session.begin_nested():
            act()
            return None
    except Refusal as refusal:
        told: Told = refusal.code, _plain(refusal.facts)
    except Forbidden:
        told = "batch.not_yours", {"use_case": case.code}
    except Invalid as invalid:
        first = next(iter(invalid.errors.values()))[0]
        told = first.code, _plain(first.facts)
    session.refresh(case)
    return told


def _change(actor: User, case: UseCase, wanted: dict[str, Any]) -> None:
    """All that is asked of one use case, by the acts that change one."""
    fields: dict[str, Any] = {name: wanted[name] for name in FIELDS if name in wanted}
    if any(name in wanted for name in TAGS):
        present = queries.tags_of([case.id]).get(case.id, [])
        fields["tags"] = _tagged(present, wanted.get("add_tags", ()), wanted.get("remove_tags", ()))
    if fields:
        edit(actor, case, **fields)
    if "status" in wanted:
        set_status(actor, case, **{name: wanted[name] for name in STATUS if name in wanted})
    if "archive" in wanted:
        archive(actor, case)


def _tagged(present: Iterable[str], added: Iterable[str], removed: Iterable[str]) -> list[str]:
    return sorted((set(present) | set(added)) - set(removed))


def _before(case: UseCase, wanted: dict[str, Any]) -> dict[str, Any]:
    """What an undo puts back."""
    found: dict[str, Any] = {name: getattr(case, name) for name in FIELDS if name in wanted}
    if any(name in wanted for name in TAGS):
        found["tags"] = queries.tags_of([case.id]).get(case.id, [])
    if "status" in wanted:
        found["status"] = [case.status, case.status_reason, case.parked_until]
    if "archive" in wanted:
        found["archived"] = case.archived_at is not None
    return _plain(found)


def _undoing(actor: User, line: BatchLine, case: UseCase) -> Callable[[], None]:
    def act() -> None:
        if hold(case).version != line.version_after:
            raise Refusal("batch.changed_meanwhile", use_case=case.code)
        if line.before.get("archived") is False:
            restore(actor, case, undoing=True)
        if "status" in line.before:
            status, reason, until = line.before["status"]
            put_back(actor, case, status, reason, date.fromisoformat(until) if until else None)
        fields = {name: value for name, value in line.before.items() if name in {*FIELDS, "tags"}}
        if fields:
            edit(actor, case, **fields)

    return act


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them."""
    return {name: _word(value) for name, value in values.items()}


def _word(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return [_word(each) for each in value] if isinstance(value, list | tuple) else value
