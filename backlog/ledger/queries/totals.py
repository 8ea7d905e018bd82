"""Sums over a list of entries, never of different bases or recurrences together."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from backlog.kernel.database import session
from backlog.ledger.models import Entry, Verification
from backlog.ledger.queries.entries import filtered, is_waiting, taken_back
from backlog.people.models import User


@dataclass(frozen=True)
class Total:
    """What entries of one basis, kind and recurrence come to, in yuan as recorded."""

    basis: str
    kind: str
    recurrence: str
    amount: Decimal


def totals(actor: User, filters: dict[str, Any]) -> list[Total]:
    """Financial entries that stand, by basis (verified ones once more by themselves), kind and recurrence."""
    standing = filtered(actor, filters).where(Entry.dimension == "financial", ~taken_back()).subquery()
    keys = (standing.c.basis, standing.c.kind, standing.c.recurrence)
    sums = select(*keys, func.sum(standing.c.amount, type_=Entry.amount.type)).group_by(*keys)
    found = [Total(*row) for row in session.execute(sums.order_by(*keys))]
    amount = func.sum(Verification.amount, type_=Entry.amount.type)
    seen = select(standing.c.recurrence, amount).join(Verification, Verification.entry_id == standing.c.id)
    rows = session.execute(seen.group_by(standing.c.recurrence).order_by(standing.c.recurrence))
    return found + [Total("verified", "benefit", row[0], row[1]) for row in rows]


def count(actor: User, filters: dict[str, Any]) -> int:
    """How many entries match."""
    return session.scalar(select(func.count()).select_from(filtered(actor, filters).subquery())) or 0


def waiting_ids(ids: list[int]) -> set[int]:
    """Those of the entries that wait for verification."""
    return set(session.scalars(select(Entry.id).where(Entry.id.in_(ids), *is_waiting())))
