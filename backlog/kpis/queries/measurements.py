"""Reading measurements: what counts, what was corrected, what is overdue."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.kpis.cadence import is_overdue
from backlog.kpis.models import Kpi, Measurement


def is_live() -> Any:
    """The condition that no correction supersedes a measurement."""
    newer = aliased(Measurement)
    return ~exists().where(newer.supersedes_id == Measurement.id)


def _is_live(wanted: bool) -> Any:
    return is_live() if wanted else ~is_live()


def _superseded_by(measurement_id: int) -> Any:
    newer = aliased(Measurement)
    return Measurement.id == select(newer.supersedes_id).where(newer.id == measurement_id).scalar_subquery()


MEASUREMENTS = Listing(
    filters={
        "kpi_id": Measurement.kpi_id,
        "measured_by_id": Measurement.measured_by_id,
        "supersedes_id": Measurement.supersedes_id,
    },
    texts=(Measurement.source, Measurement.reason),
    sorts={
        "observed_on": Measurement.observed_on,
        "id": Measurement.id,
        "value": Measurement.value,
        "sample_size": Measurement.sample_size,
        "measured_at": Measurement.at,
    },
    default="observed_on",
    conditions={
        "since": lambda day: Measurement.observed_on >= day,
        "until": lambda day: Measurement.observed_on <= day,
        "live": _is_live,
        "superseded_by_id": _superseded_by,
    },
)


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


def measurements_of(kpi_ids: Iterable[int]) -> dict[int, list[Measurement]]:
    """Every row by KPI, superseded ones too, each KPI's by day and revision."""
    query = select(Measurement).where(Measurement.kpi_id.in_(list(kpi_ids)))
    found: dict[int, list[Measurement]] = {}
    for row in session.scalars(query.order_by(Measurement.kpi_id, Measurement.observed_on, Measurement.revision)):
        found.setdefault(row.kpi_id, []).append(row)
    return found


def page_of_measurements(kpi: Kpi, filters: dict[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """A KPI's measurements by day, superseded ones included unless only live ones are asked for."""
    return MEASUREMENTS.page(select(Measurement).where(Measurement.kpi_id == kpi.id), filters, after, size)


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
