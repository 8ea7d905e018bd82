"""What the gate promised: the expected values that the ranking used, as estimated entries."""

from datetime import date
from decimal import Decimal
from typing import Any

from backlog.journal.models import Fact
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.ledger import queries
from backlog.ledger.actions.chain import add_link
from backlog.ledger.models import Entry
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import use_case_ids_of
from backlog.lighthouse.rules import PromisedEntry, promise
from backlog.people.models import User
from backlog.usecases import queries as usecases


def keep_promise(actor: User, fact: Fact) -> None:
    """Write the promise of a project that was started; listens to `project.started`."""
    project = session.get(Project, fact.subject_id)
    if project is None or project.kind != "lighthouse" or project.starts_on is None:
        return
    for use_case_id in use_case_ids_of(project):
        for row in _promised(use_case_id, project.starts_on):
            add_link(_entry(actor, project.id, use_case_id, row))


def renew_promise(actor: User, fact: Fact) -> None:
    """Take the old promise back and write it anew; listens to `project.agreed_again`."""
    for old in queries.standing_promise(fact.subject_id):
        queries.lock(old)
        if queries.reversal_of(old) is None:
            add_link(_copy(actor, old))
    keep_promise(actor, fact)


def _promised(use_case_id: int, starts_on: date) -> tuple[PromisedEntry, ...]:
    expected = usecases.expected_values(use_case_id)
    if expected is None:
        return ()
    return promise(
        starts_on=starts_on,
        months_to_value=expected.months_to_value,
        success_probability=Decimal(1),
        annual_benefit=expected.annual_benefit,
        one_off_cost=expected.one_off_cost,
        annual_running_cost=expected.annual_running_cost,
    )


def _entry(actor: User, project_id: int, use_case_id: int, row: PromisedEntry) -> Entry:
    values: dict[str, Any] = {
        "metric": "",
        "unit": "",
        "value": None,
        "kpi_id": None,
        "evidence": "",
        "evidence_restricted": False,
    }
    return Entry(
        project_id=project_id,
        use_case_id=use_case_id,
        dimension=row.dimension,
        kind=row.kind,
        basis=row.basis,
        amount=row.amount,
        recurrence=row.recurrence,
        from_on=row.from_on,
        until_on=row.until_on,
        realisation=row.realisation,
        note=queries.GATE,
        reverses_id=None,
        recorded_by_id=actor.id,
        recorded_at=clock.now(),
        **values,
    )


def _copy(actor: User, old: Entry) -> Entry:
    names = [
        column.key
        for column in Entry.__table__.columns
        if column.key not in {"id", "position", "hash", "previous_hash", "corrects_id"}
    ]
    values = {name: getattr(old, name) for name in names}
    changed = {"amount": None if old.amount is None else -old.amount, "reverses_id": old.id}
    return Entry(**{**values, **changed, "recorded_by_id": actor.id, "recorded_at": clock.now()})
