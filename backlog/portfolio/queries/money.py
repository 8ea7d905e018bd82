"""Financial statements of everything, and of each project, out of one query."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.ledger import queries as ledger
from backlog.ledger.models import Entry, Verification
from backlog.ledger.rules import Row, Statement, statement
from backlog.lighthouse.models import Project
from backlog.people import queries as people
from backlog.people.models import User

HUNDRED = Decimal(100)


def financial(actor: User) -> Statement:
    """To date, of everything the actor may see."""
    rows = [row for rows in _rows(actor).values() for row in rows]
    return _statement(rows, min((row.from_on for row in rows), default=clock.today()), _rate())


def financial_by_project(actor: User, projects: Iterable[Project]) -> dict[int, Statement]:
    """To date, of each project from its start."""
    found, rate = _rows(actor), _rate()
    return {each.id: _statement(found.get(each.id, []), each.starts_on, rate) for each in projects}


def benefits_by_project(actor: User, projects: Iterable[Project]) -> dict[int, Statement]:
    """The same of a few projects, reading theirs alone."""
    some = list(projects)
    found, rate = (_rows(actor, [each.id for each in some]), _rate()) if some else ({}, Decimal(0))
    return {each.id: _statement(found.get(each.id, []), each.starts_on, rate) for each in some}


def _rate() -> Decimal:
    """The organisation's yearly discount rate, as a part of the whole."""
    return people.organisation().discount_rate_percent / HUNDRED


def _statement(rows: list[Row], starts_on: date | None, rate: Decimal) -> Statement:
    today = clock.today()
    begun = starts_on or min((row.from_on for row in rows), default=today)
    return statement(rows, begun, as_of=today, today=today, rate=rate)


def _rows(actor: User, project_ids: Sequence[int] | None = None) -> dict[int | None, list[Row]]:
    query = select(Entry, Verification.amount).outerjoin(Verification, Verification.entry_id == Entry.id)
    query = query.where(ledger.sees(actor, Entry.project_id), Entry.dimension == "financial").order_by(Entry.id)
    query = query if project_ids is None else query.where(Entry.project_id.in_(project_ids))
    found: dict[int | None, list[Row]] = {}
    for entry, verified in session.execute(query):
        found.setdefault(entry.project_id, []).append(_row(entry, verified))
    return found


def _row(entry: Any, verified: Decimal | None) -> Row:
    return Row(
        id=entry.id,
        kind=entry.kind,
        basis=entry.basis,
        amount=entry.amount,
        from_on=entry.from_on,
        until_on=entry.until_on,
        recurrence=entry.recurrence,
        realisation=entry.realisation,
        verified_amount=verified,
        reverses_id=entry.reverses_id,
    )
