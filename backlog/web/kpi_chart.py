"""The control chart of a KPI: window, limits, target, corrections, gaps, and when linked items were delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from backlog.board.models import Item
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kpis import rules
from backlog.kpis.cadence import is_gap
from backlog.kpis.models import Baseline, Kpi, Measurement
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import visible_project_ids
from backlog.people.models import User
from backlog.web.drawing import Drawing, Level, Reading, control_chart
from backlog.web.formats import day, day_month, number
from backlog.web.verdicts import SIGNALS, amount
from backlog.web.words import gettext

MOST_EVENTS = 6


@dataclass(frozen=True)
class Delivered:
    """A linked item and the day it was done."""

    code: str
    on: date


def deliveries(actor: User, kpi: Kpi) -> list[Delivered]:
    """Items linked to the KPI, as far as the actor may know of them, by the day they were delivered."""
    query = select(Item.number, Item.done_at, Project.key).join(Project, Project.id == Item.project_id)
    query = query.where(Item.kpi_id == kpi.id, Item.done_at.is_not(None), Item.archived_at.is_(None))
    rows = session.execute(query.where(Project.id.in_(visible_project_ids(actor))).order_by(Item.done_at))
    return [Delivered(f"{row.key}-{row.number}", clock.day_of(row.done_at)) for row in rows if row.done_at]


def chart(
    kpi: Kpi,
    rows: Sequence[Measurement],
    baseline: Baseline | None,
    effect: rules.Effect | None,
    delivered: Sequence[Delivered],
    id: str = "chart",
) -> Drawing:
    """The drawing; `rows` are all measurements by day and revision, corrected ones included."""
    superseded = {row.supersedes_id for row in rows if row.supersedes_id}
    signals = {signal.observed_on: signal.rule for signal in effect.signals} if effect else {}
    readings = _readings(kpi, rows, superseded, signals)
    return control_chart(
        id,
        _caption(baseline),
        gettext("Control chart of %(name)s, %(n)s values", name=kpi.name, n=len(rows) - len(superseded)),
        readings,
        _levels(kpi, baseline),
        number=number,
        unit=kpi.unit,
        headers=[gettext("Day"), kpi.unit or gettext("Measured value"), gettext("Mark")],
        rows=[
            [day(row.observed_on), number(row.value), reading.title]
            for row, reading in zip(rows, readings, strict=True)
        ],
        window=_window(rows, baseline),
        events=_events(rows, delivered),
        legend=_legend(baseline, kpi, bool(signals), bool(superseded)),
    )


def _caption(baseline: Baseline | None) -> str:
    if baseline is None or baseline.upper is None:
        return gettext("The values in time; without a measured baseline there are no limits")
    width = (baseline.upper - baseline.mean) / 2.66
    return gettext("XmR chart: mean ± 2.66 × mean moving range (%(range)s)", range=number(width))


def _readings(kpi: Kpi, rows: Sequence[Measurement], superseded: set[int], signals: dict[date, str]) -> list[Reading]:
    readings, before = [], None
    for row in rows:
        old = row.id in superseded
        readings.append(
            Reading(
                row.value,
                _title(kpi, row, old, signals),
                tick="" if old else day_month(row.observed_on),
                signal=not old and row.observed_on in signals,
                superseded=old,
                broken=not old and before is not None and is_gap(before, row.observed_on, kpi.cadence),
            )
        )
        before = before if old else row.observed_on
    return readings


def _title(kpi: Kpi, row: Measurement, old: bool, signals: dict[date, str]) -> str:
    told = gettext("%(day)s: %(value)s", day=day(row.observed_on), value=amount(row.value, kpi.unit))
    if old:
        return gettext("%(told)s, corrected since", told=told)
    if row.observed_on in signals:
        return gettext("%(told)s, %(signal)s", told=told, signal=str(SIGNALS.get(signals[row.observed_on], "")))
    return gettext("%(told)s, a correction", told=told) if row.supersedes_id else told


def _levels(kpi: Kpi, baseline: Baseline | None) -> list[Level]:
    levels = []
    if baseline is not None:
        levels.append(Level("mean", baseline.mean, gettext("Baseline %(value)s", value=number(baseline.mean))))
        if baseline.upper is not None and baseline.lower is not None:
            levels.append(Level("limit", baseline.upper, gettext("Upper %(value)s", value=number(baseline.upper))))
            levels.append(Level("limit", baseline.lower, gettext("Lower %(value)s", value=number(baseline.lower))))
    if kpi.target is not None:
        levels.append(Level("target", kpi.target, gettext("Target %(value)s", value=number(kpi.target))))
    return levels


def _window(rows: Sequence[Measurement], baseline: Baseline | None) -> tuple[int, int, str] | None:
    if baseline is None or baseline.from_on is None or baseline.until_on is None:
        return None
    inside = [at for at, row in enumerate(rows) if baseline.from_on <= row.observed_on <= baseline.until_on]
    if not inside:
        return None
    return inside[0], inside[-1], gettext("Baseline window, %(n)s values", n=baseline.n)


def _events(rows: Sequence[Measurement], delivered: Sequence[Delivered]) -> list[tuple[int, str]]:
    """Each delivery at the first value on or after its day; those of one day share a line."""
    found: dict[int, list[str]] = {}
    for each in delivered:
        at = next((at for at, row in enumerate(rows) if row.observed_on >= each.on), None)
        if at is not None:
            found.setdefault(at, []).append(each.code)
    return [
        (at, ", ".join(codes[:2]) + ("…" if len(codes) > 2 else ""))
        for at, codes in sorted(found.items())[:MOST_EVENTS]
    ]


def _legend(baseline: Baseline | None, kpi: Kpi, signals: bool, superseded: bool) -> list[tuple[str, str]]:
    measured = baseline is not None and baseline.upper is not None
    every = (
        (measured, "window", gettext("Baseline window")),
        (measured, "limit", gettext("Natural limits")),
        (kpi.target is not None, "target", gettext("Target")),
        (signals, "signal", gettext("Signal: not by chance")),
        (superseded, "superseded", gettext("Value corrected since")),
    )
    return [(kind, words) for shown, kind, words in every if shown]
