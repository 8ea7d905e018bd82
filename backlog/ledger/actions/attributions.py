"""Sharing out an effect or an entry: each share above 0, together at most 100 % (R11)."""

from decimal import Decimal
from typing import Any

from backlog.board import queries as board
from backlog.board.models import Item
from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Refusal, expect_version, or_none, refuse_archived, wrong
from backlog.kernel.text import is_storable
from backlog.kpis import queries as kpis
from backlog.ledger import queries
from backlog.ledger.models import Attribution
from backlog.ledger.rules import left_percent, may_claim
from backlog.people.models import User
from backlog.people.policy import require


def attribute(
    actor: User,
    *,
    share_percent: Decimal,
    item_id: int | None = None,
    cause: str = "",
    kpi_id: int | None = None,
    ledger_entry_id: int | None = None,
) -> Attribution:
    """Give an item, or an outer cause by name, a share of a KPI's change (under its agreed baseline) or of an entry."""
    cause = cause.strip()
    errors: dict[str, Any] = {}
    if (item_id is None) == (cause == ""):
        errors["item_id"] = wrong("attribution.item_or_cause")
    if (kpi_id is None) == (ledger_entry_id is None):
        errors["kpi_id"] = wrong("attribution.kpi_or_entry")
    if len(cause) > 200 or not is_storable(cause):
        errors["cause"] = wrong("value.too_long", most=200)
    if item_id is not None and _is_archived(item_id):
        errors["item_id"] = wrong("value.unknown_id")
    if errors:
        raise Invalid(**errors)
    baseline_id = _target(actor, kpi_id, ledger_entry_id)
    _may(actor, item_id, kpi_id, ledger_entry_id)
    row = Attribution(
        item_id=item_id,
        cause=cause,
        kpi_id=kpi_id,
        baseline_id=baseline_id,
        ledger_entry_id=ledger_entry_id,
        share_percent=share_percent,
        made_by_id=actor.id,
        at=clock.now(),
        archived_at=None,
    )
    _fit(row, share_percent)
    session.add(row)
    session.flush()
    record(actor, "attribution.made", ("attribution", row.id), item_id=item_id, share=share_percent)
    return row


def change_share(actor: User, row: Attribution, share_percent: Decimal, version: int | None = None) -> Attribution:
    """Change a share."""
    _may(actor, row.item_id, row.kpi_id, row.ledger_entry_id)
    expect_version(row, version)
    refuse_archived(row, "attribution.archived")
    _fit(row, share_percent)
    before = row.share_percent
    row.share_percent = share_percent
    session.flush()
    record(actor, "attribution.changed", ("attribution", row.id), before=before, share=share_percent)
    return row


def archive_attribution(actor: User, row: Attribution, version: int | None = None) -> None:
    """Give a share back."""
    _may(actor, row.item_id, row.kpi_id, row.ledger_entry_id)
    expect_version(row, version)
    if row.archived_at is None:
        row.archived_at = clock.now()
        session.flush()
        record(actor, "attribution.archived", ("attribution", row.id), share=row.share_percent)


def restore_attribution(actor: User, row: Attribution) -> Attribution:
    """Take a share again that was given back, if it still fits."""
    _may(actor, row.item_id, row.kpi_id, row.ledger_entry_id)
    if row.archived_at is not None:
        _fit(row, row.share_percent)
        row.archived_at = None
        session.flush()
        record(actor, "attribution.restored", ("attribution", row.id), share=row.share_percent)
    return row


def _is_archived(item_id: int) -> bool:
    item = session.get(Item, item_id)
    return item is not None and item.archived_at is not None


def _target(actor: User, kpi_id: int | None, entry_id: int | None) -> int | None:
    """The agreed baseline of the KPI, or None for an entry; what can't be used doesn't exist."""
    if entry_id is not None:
        entry = queries.find_visible(actor, entry_id)
        if entry is None:
            raise Invalid(ledger_entry_id="value.unknown_id")
        if entry.reverses_id is not None or queries.reversal_of(entry) is not None:
            raise Refusal("entry.already_reversed")
        return None
    kpi = or_none(lambda: kpis.get_kpi(actor, kpi_id or 0))
    if kpi is None or kpi.archived_at is not None:
        raise Invalid(kpi_id="value.unknown_id")
    baseline = kpis.agreed_baseline(kpi)
    if baseline is None:
        raise Refusal("attribution.no_agreed_baseline")
    return baseline.id


def _may(actor: User, item_id: int | None, kpi_id: int | None, entry_id: int | None) -> None:
    """Who may share out a thing is who works on both: the item, and the entry or KPI that it claims."""
    scopes = []
    if item_id is not None:
        item = or_none(lambda: board.get_item(actor, item_id))
        if item is None:
            raise Invalid(item_id="value.unknown_id")
        scopes.append(board.scope_of(item))
    if entry_id is not None:
        entry = queries.find_visible(actor, entry_id)
        scopes += [] if entry is None else [queries.scope_of(entry)]
    elif kpi_id is not None:
        kpi = or_none(lambda: kpis.get_kpi(actor, kpi_id))
        scopes += [] if kpi is None else [kpis.scope_of(kpi, actor)]
    for scope in scopes:
        require(actor, "attribution.manage", scope)


def _fit(row: Attribution, share: Decimal) -> None:
    """Refuse a share that does not fit beside the others; the effect's or entry's row is locked until commit."""
    if not 0 < share <= 100:
        raise Invalid(share_percent=wrong("attribution.share_within_whole"))
    queries.lock_target(row)
    others = [each.share_percent for each in queries.shares_beside(row)]
    if not may_claim(others, share):
        raise Refusal("attribution.over_100", left_percent=left_percent(others))
