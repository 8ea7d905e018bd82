"""Which items earned it: who holds which share of the project's KPI effects and benefits, and what nobody claims."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for

from backlog.board import queries as board
from backlog.board.models import Item
from backlog.kpis import queries as kpis
from backlog.kpis.models import Kpi
from backlog.ledger import queries
from backlog.ledger.models import Attribution, Entry
from backlog.ledger.pages.words import about, to_item
from backlog.ledger.rules import Part, left_percent, split
from backlog.people.models import User
from backlog.web.formats import money_exact, percent
from backlog.web.words import gettext


@dataclass(frozen=True)
class Claim:
    """One claimant's share, and its part of the amount where there is one."""

    name: str
    code: str
    url: str
    share: str
    amount: str
    id: int = 0
    version: int = 0
    percent: str = ""


@dataclass(frozen=True)
class Shared:
    """A KPI effect or an entry, who holds which share of it, and what is left unattributed."""

    name: str
    url: str
    shares_url: str
    claims: list[Claim]
    left: str
    left_amount: str
    total: str


def earned(actor: User, found: Sequence[Kpi], entries: Sequence[Entry], parts: Iterable[Part]) -> list[Shared]:
    """What of these KPIs and entries was shared out; amounts are those of the parts of one column's benefits."""
    standings = kpis.standings(found)
    agreed = {
        each.id: standings[each.id].in_force for each in found if standings[each.id].is_in_force_agreed
    }  # KPI id → baseline
    amounts = {part.entry_id: part.amount for part in parts if part.figure == "benefits"}
    rows = queries.shares_among({each.id for each in agreed.values() if each}, list(amounts))
    names = Names(actor, rows)
    shown = [
        _shared_kpi(each, [row for row in rows if row.kpi_id == each.id], names)
        for each in found
        if any(row.kpi_id == each.id for row in rows)
    ]
    for entry in entries:
        mine = [row for row in rows if row.ledger_entry_id == entry.id]
        if mine:
            shown.append(_shared_entry(entry, amounts[entry.id], mine, names))
    return shown


class Names:
    """Codes and titles of the items that claim; those the reader may not see stay unnamed."""

    def __init__(self, actor: User, rows: Sequence[Attribution]) -> None:
        ids = [row.item_id for row in rows if row.item_id is not None]
        self.items: dict[int, Item] = queries.items_by_id(board.visible_items(actor, ids))
        self.codes = board.codes_of(self.items)

    def of(self, row: Attribution) -> tuple[str, str, str]:
        """Name, code and address of a claimant."""
        if row.item_id is None:
            return gettext("%(cause)s (outer cause)", cause=row.cause), "", ""
        item = self.items.get(row.item_id)
        if item is None:
            return gettext("An item you may not see"), "", ""
        code = self.codes[item.id]
        return item.title, code, to_item(code)


def claim(row: Attribution, names: Names, amount: str = "") -> Claim:
    """A claim as it is drawn."""
    name, code, url = names.of(row)
    return Claim(
        name, code, url, percent(row.share_percent), amount, row.id, row.version, f"{row.share_percent.normalize():f}"
    )


def _shared_kpi(kpi: Kpi, rows: list[Attribution], names: Names) -> Shared:
    left = left_percent([row.share_percent for row in rows])
    return Shared(
        name=f"{kpi.code} {kpi.name}",
        url=f"/kpis/{kpi.code}",
        shares_url=url_for("shares.of_kpi", code=kpi.code),
        claims=[claim(row, names) for row in rows],
        left=percent(left),
        left_amount="",
        total="",
    )


def _shared_entry(entry: Entry, amount: Decimal, rows: list[Attribution], names: Names) -> Shared:
    shares = [row.share_percent for row in rows]
    parts = split(amount, shares)
    return Shared(
        name=gettext("Entry %(id)s: %(name)s", id=entry.id, name=about(entry)),
        url=url_for("ledger.show", entry_id=entry.id),
        shares_url=url_for("shares.of_entry", entry_id=entry.id),
        claims=[claim(row, names, money_exact(part)) for row, part in zip(rows, parts.parts, strict=True)],
        left=percent(left_percent(shares)),
        left_amount=money_exact(parts.left),
        total=money_exact(amount),
    )
