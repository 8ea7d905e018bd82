"""Reading measurements: what counts, what was corrected, what is overdue."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.paging import Page, page
from backlog.kpis.cadence import is_overdue
from backlog.kpis.models import Kpi, Measurement


def is_live() -> Any:
    """The condition that no correction supersedes a measurement."""
    newer = aliased(Measurement)
    return ~exists().where(newer.supersedes_id == Measurement.id)


def live_measurements(kpi_id: int, since: date | None = None, until: date | None = None) -> list[Measurement]:
    """What counts, in order of days: one value a day."""
    query = select(Measurement).where(Measurement.kpi_id == kpi_id, is_live())
    if since is not None:
        query = query.where(Measurement.observed_on >= since)
    if until is not None:
        query = query.where(Measurement.observed_on <= until)
    return list(session.scalars(query.order_by(Measurement.observed_on)))


def all_measurements(kpi_id: int) -> list[Measurement]:
    """Every row, superseded ones too, by day and revision."""
    query = select(Measurement).where(Measurement.kpi_id == kpi_id)
    return list(session.scalars(query.order_by(Measurement.observed_on, Measurement.revision)))


def page_of_measurements(kpi: Kpi, filters: dict[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """A KPI's measurements by day, superseded ones included unless only live ones are asked for."""
    query = select(Measurement).where(Measurement.kpi_id == kpi.id)
    if filters.get("live"):
        query = query.where(is_live())
    if filters.get("since") is not None:
        query = query.where(Measurement.observed_on >= filters["since"])
    if filters.get("until") is not None:
        query = query.where(Measurement.observed_on <= filters["until"])
    return page(query, [(Measurement.observed_on, False), (Measurement.id, False)], after, size)


def superseded_by(measurements: Iterable[Measurement]) -> dict[int, int]:
    """Which row supersedes which, among those given."""
    ids = [each.id for each in measurements]
    rows = session.execute(select(Measurement.supersedes_id, Measurement.id).where(Measurement.supersedes_id.in_(ids)))
    return {row[0]: row[1] for row in rows if row[0] is not None}


def newest_days(kpi_ids: Iterable[int]) -> dict[int, date]:
    """The day of the newest measurement, by KPI."""
    query = select(Measurement.kpi_id, func.max(Measurement.observed_on)).where(Measurement.kpi_id.in_(list(kpi_ids)))
    return {row[0]: row[1] for row in session.execute(query.group_by(Measurement.kpi_id))}


def stale_ids(kpis: Sequence[Kpi], today: date) -> set[int]:
    """Which KPIs wait for a measurement overdue by their cadence; one never measured counts from its making."""
    newest = newest_days([kpi.id for kpi in kpis])
    return {
        kpi.id
        for kpi in kpis
        if kpi.archived_at is None
        and is_overdue(newest.get(kpi.id) or clock.day_of(kpi.created_at), kpi.cadence, today)
    }
