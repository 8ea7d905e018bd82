"""The hybrid ROI of an item, a use case, a project or the portfolio: three dimensions, every figure with its entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select

from backlog.board.models import Item
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kpis import queries as kpis
from backlog.kpis.models import Kpi
from backlog.ledger.models import Attribution, Entry, Verification
from backlog.ledger.queries.seen import sees
from backlog.ledger.queries.shares import shares_of_entry, shares_of_item
from backlog.ledger.rules import Row, Statement, statement
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import Project, ProjectUseCase
from backlog.people import queries as people
from backlog.people.models import User
from backlog.usecases.models import UseCase

HUNDRED = Decimal(100)
OTHERS = ("strategic", "operational")  # dimensions told in values, not in money


@dataclass(frozen=True)
class RoiQuery:
    """What to show: months of the window (None: to date), as of which day, at which yearly rate in per cent."""

    months: int | None = None
    as_of: date | None = None
    rate_percent: Decimal | None = None


@dataclass(frozen=True)
class Operational:
    """One KPI's change; `share_percent` is what an item may claim of it."""

    kpi: Kpi
    effect: Any
    share_percent: Decimal | None = None


@dataclass(frozen=True)
class Strategic:
    """A dated value of another unit, strategic or operational."""

    entry: Entry
    basis: str


@dataclass(frozen=True)
class HybridRoi:
    """Financial, operational, strategic; `recorded` are operational values that no KPI measures."""

    financial: Statement
    rate_percent: Decimal
    operational: list[Operational]
    strategic: list[Strategic]
    recorded: list[Strategic]


def project_roi(project: Project, asked: RoiQuery) -> HybridRoi:
    """The statement of a project the caller may see."""
    entries = _financial(select(Entry).where(Entry.project_id == project.id))
    starts_on = project.starts_on or _earliest(entries)
    dated = _dated(select(Entry).where(Entry.project_id == project.id))
    return _roi(_rows(entries), starts_on, asked, _kpis_of(lighthouse.use_case_ids_of(project)), dated)


def use_case_roi(actor: User, use_case: UseCase, asked: RoiQuery) -> HybridRoi:
    """The statement of a use case: the entries that name it, and all of projects that deliver it alone."""
    return use_cases_roi(actor, [use_case.id], asked)


def use_cases_roi(actor: User, ids: Sequence[int], asked: RoiQuery) -> HybridRoi:
    """The statement of several together: the entries that name one, and all of projects that deliver none but them."""
    visible = sees(actor, Entry.project_id)
    alone = _projects_alone(ids)
    mine = Entry.use_case_id.in_(ids) | (Entry.use_case_id.is_(None) & Entry.project_id.in_(alone))
    entries = _financial(select(Entry).where(visible, mine))
    starts = select(Project.starts_on).join(ProjectUseCase, ProjectUseCase.project_id == Project.id)
    starts = starts.where(ProjectUseCase.use_case_id.in_(ids), sees(actor, Project.id))
    begun = [each for each in session.scalars(starts) if each]
    dated = _dated(select(Entry).where(visible, mine))
    return _roi(_rows(entries), min(begun, default=_earliest(entries)), asked, _kpis_of(ids), dated)


def portfolio_roi(actor: User, asked: RoiQuery) -> HybridRoi:
    """The statement of everything the actor may see, on one calendar."""
    visible = sees(actor, Entry.project_id)
    entries = _financial(select(Entry).where(visible))
    targets = select(Kpi).where(Kpi.archived_at.is_(None), Kpi.kpi_role == "target").order_by(Kpi.number)
    dated = _dated(select(Entry).where(visible))
    return _roi(_rows(entries), _earliest(entries), asked, list(session.scalars(targets)), dated)


def item_roi(item: Item, asked: RoiQuery) -> HybridRoi:
    """What an item may claim: its agreed shares of entries and of KPI changes."""
    rows: list[Row] = []
    kpi_shares: dict[int, Decimal] = {}
    for share in shares_of_item(item.id):
        if share.ledger_entry_id is not None:
            rows += _claimed(share)
        elif share.kpi_id is not None:
            kpi_shares[share.kpi_id] = kpi_shares.get(share.kpi_id, Decimal(0)) + share.share_percent
    project = session.get(Project, item.project_id)
    starts_on = (project.starts_on if project else None) or min((row.from_on for row in rows), default=clock.today())
    found = list(session.scalars(select(Kpi).where(Kpi.id.in_(kpi_shares)).order_by(Kpi.number)))
    return _roi(rows, starts_on, asked, found, [], kpi_shares)


def _roi(
    rows: list[Row],
    starts_on: date,
    asked: RoiQuery,
    found: Sequence[Kpi],
    dated: list[Strategic],
    shares: dict[int, Decimal] | None = None,
) -> HybridRoi:
    rate = people.organisation().discount_rate_percent if asked.rate_percent is None else asked.rate_percent
    today = clock.today()
    day = min(asked.as_of or today, today)
    financial = statement(rows, starts_on, as_of=day, today=today, months=asked.months, rate=rate / HUNDRED)
    effects = kpis.effects_of(found, as_of=day if day < today else None)
    operational = [Operational(kpi, effects[kpi.id], (shares or {}).get(kpi.id)) for kpi in found]
    known = [each for each in dated if each.basis == "estimated" or each.entry.from_on <= day]
    values = {name: [each for each in known if each.entry.dimension == name] for name in OTHERS}
    return HybridRoi(financial, rate, operational, values["strategic"], values["operational"])


def _kpis_of(use_case_ids: Sequence[int]) -> list[Kpi]:
    query = select(Kpi).where(Kpi.use_case_id.in_(use_case_ids), Kpi.archived_at.is_(None))
    return list(session.scalars(query.order_by(Kpi.number)))


def _projects_alone(use_case_ids: Sequence[int]) -> list[int]:
    """Projects that deliver some of these use cases and no other."""
    mine = select(ProjectUseCase.project_id).where(ProjectUseCase.use_case_id.in_(use_case_ids)).distinct()
    others = select(ProjectUseCase.project_id).where(ProjectUseCase.use_case_id.not_in(use_case_ids))
    return list(session.scalars(mine.where(ProjectUseCase.project_id.not_in(others))))


def _financial(query: Select[Any]) -> list[tuple[Entry, Verification | None]]:
    found = query.add_columns(Verification).outerjoin(Verification, Verification.entry_id == Entry.id)
    rows = session.execute(found.where(Entry.dimension == "financial").order_by(Entry.id))
    return [(row[0], row[1]) for row in rows]


def _dated(query: Select[Any]) -> list[Strategic]:
    """Entries that are no money and that nothing took back, by metric and date."""
    taken = select(Entry.reverses_id).where(Entry.reverses_id.is_not(None))
    rows = query.where(Entry.dimension.in_(OTHERS), Entry.reverses_id.is_(None), Entry.id.not_in(taken))
    found = list(session.scalars(rows.order_by(Entry.metric, Entry.from_on, Entry.id)))
    verified = set(
        session.scalars(select(Verification.entry_id).where(Verification.entry_id.in_([e.id for e in found])))
    )
    return [Strategic(entry, "verified" if entry.id in verified else entry.basis) for entry in found]


def _rows(entries: list[tuple[Entry, Verification | None]]) -> list[Row]:
    return [_row(entry, None if seen is None else seen.amount) for entry, seen in entries]


def _row(entry: Entry, verified: Decimal | None, shares: tuple[Decimal, ...] = (), place: int = 0) -> Row:
    return Row(
        id=entry.id,
        kind=entry.kind,  # type: ignore[arg-type]
        basis=entry.basis,  # type: ignore[arg-type]
        amount=entry.amount or Decimal("0.00"),
        from_on=entry.from_on,
        until_on=entry.until_on,
        recurrence=entry.recurrence,  # type: ignore[arg-type]
        realisation=entry.realisation,  # type: ignore[arg-type]
        verified_amount=verified,
        reverses_id=entry.reverses_id,
        shares=shares,
        place=place,
    )


def _claimed(share: Attribution) -> list[Row]:
    """An item's part of an entry; nothing of one that was taken back."""
    entry = session.get(Entry, share.ledger_entry_id)
    if entry is None or entry.amount is None:
        return []
    taken = session.scalar(select(Entry.id).where(Entry.reverses_id == entry.id))
    if taken is not None:
        return []
    shares = shares_of_entry(entry.id)
    place = [each.id for each in shares].index(share.id)
    seen = session.scalar(select(Verification).where(Verification.entry_id == entry.id))
    return [_row(entry, seen.amount if seen else None, tuple(each.share_percent for each in shares), place)]


def _earliest(entries: list[tuple[Entry, Verification | None]]) -> date:
    return min((entry.from_on for entry, _ in entries), default=clock.today())
