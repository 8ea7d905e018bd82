"""Who claims which share of what."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import or_, select

from backlog.board.models import Item
from backlog.kernel.database import hold, session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Missing
from backlog.kpis.models import Kpi
from backlog.ledger.models import Attribution, Entry
from backlog.ledger.queries.seen import sees
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import Project
from backlog.people.models import User
from backlog.people.policy import EVERYWHERE, Scope

ATTRIBUTIONS = Listing(
    filters={
        "item_id": Attribution.item_id,
        "kpi_id": Attribution.kpi_id,
        "ledger_entry_id": Attribution.ledger_entry_id,
    },
    texts=(Attribution.cause,),
    sorts={"id": Attribution.id, "share_percent": Attribution.share_percent, "created_at": Attribution.at},
    archived=Attribution.archived_at,
)


def _visible(actor: User) -> Any:
    """Shares, in force and given back, of items and entries in projects the actor may see."""
    query = select(Attribution).outerjoin(Item, Item.id == Attribution.item_id)
    query = query.outerjoin(Entry, Entry.id == Attribution.ledger_entry_id)
    return query.where(
        or_(Attribution.item_id.is_(None), sees(actor, Item.project_id)),
        or_(Attribution.ledger_entry_id.is_(None), sees(actor, Entry.project_id)),
    )


def get_attribution(actor: User, attribution_id: int) -> Attribution:
    """A share the actor may see, in force or given back; else Missing."""
    row: Attribution | None = session.scalar(_visible(actor).where(Attribution.id == attribution_id))
    if row is None:
        raise Missing
    return row


def scope_of_share(row: Attribution) -> Scope:
    """Whose a share is: of the item's project; of an outer cause, the entry's project or the KPI's."""
    if row.item_id is not None:
        item = session.get(Item, row.item_id)
        project = None if item is None else session.get(Project, item.project_id)
        return EVERYWHERE if project is None else lighthouse.scope_of(project)
    entry = session.get(Entry, row.ledger_entry_id) if row.ledger_entry_id is not None else None
    project = session.get(Project, entry.project_id) if entry is not None and entry.project_id is not None else None
    return EVERYWHERE if project is None else lighthouse.scope_of(project)


def visible_attributions(actor: User, ids: list[int]) -> set[int]:
    """Which of these shares an actor may see."""
    return {row.id for row in session.scalars(_visible(actor).where(Attribution.id.in_(ids)))}


def page_of_attributions(actor: User, filters: dict[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """Shares in force, or given back, oldest first."""
    return ATTRIBUTIONS.page(_visible(actor), filters, after, size)


def lock_target(row: Attribution) -> None:
    """Hold the row that the sum of shares hangs on: the KPI's or the entry's, until commit."""
    target = session.get(Kpi, row.kpi_id) if row.kpi_id is not None else session.get(Entry, row.ledger_entry_id)
    if target is not None:
        hold(target)


def shares_beside(row: Attribution) -> list[Attribution]:
    """The other shares in force of the same effect (under the same baseline version) or entry."""
    query = select(Attribution).where(Attribution.archived_at.is_(None)).execution_options(populate_existing=True)
    if row.kpi_id is not None:
        query = query.where(Attribution.kpi_id == row.kpi_id, Attribution.baseline_id == row.baseline_id)
    else:
        query = query.where(Attribution.ledger_entry_id == row.ledger_entry_id)
    with session.no_autoflush:
        found = list(session.scalars(query.order_by(Attribution.id)))
    return [each for each in found if each.id != row.id]


def shares_of_item(item_id: int) -> list[Attribution]:
    """An item's shares in force."""
    query = select(Attribution).where(Attribution.item_id == item_id, Attribution.archived_at.is_(None))
    return list(session.scalars(query.order_by(Attribution.id)))


def shares_of_kpi(kpi_id: int, baseline_id: int) -> list[Attribution]:
    """The shares in force of a KPI's change under one baseline."""
    query = select(Attribution).where(Attribution.kpi_id == kpi_id, Attribution.baseline_id == baseline_id)
    return list(session.scalars(query.where(Attribution.archived_at.is_(None)).order_by(Attribution.id)))


def shares_of_entry(entry_id: int) -> list[Attribution]:
    """The shares in force of an entry."""
    query = select(Attribution).where(Attribution.ledger_entry_id == entry_id, Attribution.archived_at.is_(None))
    return list(session.scalars(query.order_by(Attribution.id)))


def shares_among(baseline_ids: Iterable[int], entry_ids: Iterable[int]) -> list[Attribution]:
    """The shares in force of the KPI effects under these baselines and of these entries, oldest first."""
    of = or_(Attribution.baseline_id.in_(list(baseline_ids)), Attribution.ledger_entry_id.in_(list(entry_ids)))
    return list(
        session.scalars(select(Attribution).where(of, Attribution.archived_at.is_(None)).order_by(Attribution.id))
    )


def items_by_id(ids: Iterable[int]) -> dict[int, Item]:
    """Items by id, for those already known to be open to the reader."""
    return {item.id: item for item in session.scalars(select(Item).where(Item.id.in_(list(ids))))}


def items_of(project_ids: Iterable[int]) -> list[Item]:
    """The items of projects that may claim a share, by number."""
    query = select(Item).where(Item.project_id.in_(list(project_ids)), Item.archived_at.is_(None))
    return list(session.scalars(query.order_by(Item.project_id, Item.number)))
