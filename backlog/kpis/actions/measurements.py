"""Measurements: written down once, corrected by a new row, never changed (R2)."""

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session, write
from backlog.kernel.refusal import Invalid, Refusal, Wrong, refuse_archived, wrong
from backlog.kernel.text import clean_name, is_storable
from backlog.kernel.together import once
from backlog.kpis import queries
from backlog.kpis.actions.values import LARGEST, is_day, prose
from backlog.kpis.models import Kpi, Measurement
from backlog.people.models import User
from backlog.people.policy import require

MOST_AT_ONCE = 5000
LONGEST_REASON = 2000
Row = dict[str, Any]
Faults = dict[str, list[Wrong]]


def measure(actor: User, kpi: Kpi, **row: Any) -> Measurement:
    """Write one value down: observed_on, value, sample_size, source; a correction names supersedes_id and reason."""
    return measure_all(actor, kpi, [row], prefix="")[0]


def measure_all(actor: User, kpi: Kpi, rows: Sequence[Row], prefix: str = "data.{at}.") -> list[Measurement]:
    """Write values down, all or none; a day already measured is refused unless the row is a correction."""
    require(actor, "kpi.measure", once(("scope", kpi.id), lambda: queries.scope_of(kpi, actor)))
    refuse_archived(queries.locked(kpi), "kpi.archived")
    if not 1 <= len(rows) <= MOST_AT_ONCE:
        raise Invalid(data=wrong("value.too_many", most=MOST_AT_ONCE) if rows else wrong("value.required"))
    live = once(("live", kpi.id), lambda: {each.observed_on: each for each in queries.live_measurements(kpi.id)})
    last = last_day(actor)
    made: list[Measurement] = []
    faults: Faults = {}
    for at, row in enumerate(rows):
        errors = _complete(kpi, row, live, last)
        faults |= {prefix.format(at=at) + name: wrongs for name, wrongs in errors.items()}
        if not faults:
            measurement = _place(actor, kpi, row, live, made)
            live[measurement.observed_on] = measurement
            made.append(measurement)
    if faults:
        raise Invalid(faults)
    _tell(actor, kpi, made)
    return made


def last_day(actor: User) -> date:
    """The last day a value may be of: the present one, for the actor or for the organisation."""
    return max(clock.today(actor.time_zone), clock.today())


def _complete(kpi: Kpi, row: Row, live: dict[date, Measurement], last: date) -> Faults:
    """What is wrong with a row; a correction takes the day of what it corrects, any other is of the last day or before."""
    errors = _faults(kpi, row)
    reason, old_id = row["reason"], row.get("supersedes_id")
    if old_id is not None:
        old = next((each for each in live.values() if each.id == old_id), None)
        if old is None and old_id not in _superseded(kpi, old_id):
            errors["supersedes_id"] = [wrong("value.unknown_id")]
        if not reason:
            errors["reason"] = [wrong("value.required")]
        if old is not None and (row.get("observed_on") or old.observed_on) != old.observed_on:
            errors["observed_on"] = [wrong("measurement.other_day")]
        row["observed_on"] = old.observed_on if old is not None else row.get("observed_on")
    elif reason:
        errors["supersedes_id"] = [wrong("value.required")]
    elif not is_day(row.get("observed_on")):
        errors.setdefault("observed_on", [wrong("value.required")])
    elif row["observed_on"] > last:
        errors["observed_on"] = [wrong("measurement.future", observed_on=row["observed_on"].isoformat())]
    return errors


def _superseded(kpi: Kpi, measurement_id: int) -> set[int]:
    """The id itself where it is a row of this KPI, corrected or not."""
    found = session.get(Measurement, measurement_id)
    return {found.id} if found is not None and found.kpi_id == kpi.id else set()


def _faults(kpi: Kpi, row: Row) -> Faults:
    errors: Faults = {}
    row["source"], row["reason"] = clean_name(row.get("source") or ""), prose(row.get("reason") or "")
    for name, most in (("source", 200), ("reason", LONGEST_REASON)):
        if len(row[name]) > most or not is_storable(row[name]):
            errors[name] = [wrong("value.too_long", most=most) if len(row[name]) > most else wrong("value.characters")]
    if row.get("value") is None:
        errors["value"] = [wrong("value.required")]
    else:
        row["value"] = float(row["value"])
        if not (isfinite(row["value"]) and abs(row["value"]) <= LARGEST):
            errors["value"] = [wrong("value.range", least=-LARGEST, most=LARGEST)]
        elif kpi.kind == "yes_no" and row["value"] not in (0, 1):
            errors["value"] = [wrong("value.range", least=0, most=1)]
    if row.get("sample_size") is not None and not 1 <= row["sample_size"] < 2**31:
        errors["sample_size"] = [wrong("value.range", least=1, most=2**31 - 1)]
    return errors


def _place(actor: User, kpi: Kpi, row: Row, live: dict[date, Measurement], made: Sequence[Measurement]) -> Measurement:
    """A new row; the next revision of what it corrects. One live value per KPI and day."""
    day, old_id = row["observed_on"], row.get("supersedes_id")
    present = live.get(day)
    if old_id is None and present is not None:
        if present in made:
            raise Refusal("measurement.repeated", observed_on=day.isoformat(), value=present.value)
        facts = {"value": present.value, "measurement_id": present.id}
        raise Refusal("measurement.duplicate", observed_on=day.isoformat(), **facts)
    if old_id is not None and (present is None or present.id != old_id):
        raise Refusal("measurement.already_corrected", measurement_id=old_id)
    measurement = Measurement(
        kpi_id=kpi.id,
        observed_on=day,
        revision=present.revision + 1 if present is not None else 0,
        value=row["value"],
        sample_size=row.get("sample_size"),
        source=row["source"],
        supersedes_id=old_id,
        reason=row["reason"],
        measured_by_id=actor.id,
        at=clock.now(),
    )
    session.add(measurement)
    write()
    return measurement


def _tell(actor: User, kpi: Kpi, made: list[Measurement]) -> None:
    corrections = [each for each in made if each.supersedes_id is not None]
    for each in corrections:
        record(
            actor,
            "measurement.corrected",
            ("kpi", kpi.id),
            measurement_id=each.id,
            observed_on=each.observed_on,
            reason=each.reason,
        )
    fresh = [each for each in made if each.supersedes_id is None]
    if fresh:
        record(
            actor,
            "measurement.added",
            ("kpi", kpi.id),
            count=len(fresh),
            measurement_id=fresh[-1].id,
            observed_on=fresh[-1].observed_on,
        )
