"""The figures of a row as the importer's estimate: single ones stand for low, likely and high; the rest is filled in."""

from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select

from backlog.exchange.kinds.kind import Batch
from backlog.exchange.kinds.record import Record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Refusal
from backlog.people.models import User
from backlog.usecases import actions
from backlog.usecases.models import Estimate, UseCase

MONEY = ("annual_benefit", "one_off_cost", "annual_running_cost")
THREE = (*MONEY, "effort_weeks")
PARTS = ("low", "likely", "high")
SINGLE = ("success_probability", "months_to_value", "impact", "feasibility", "measurability", "reach", "confidence", "ease",
          "business_value", "time_criticality", "risk_reduction", "job_size")  # fmt: skip
FILLED_IN: dict[str, Any] = {
    "success_probability": Decimal("0.7"),
    "months_to_value": 3,
    "impact": 3,
    "feasibility": 3,
    "measurability": 3,
}
MARKS = ("impact", "feasibility", "measurability", "ease")


class Saved(NamedTuple):
    """The estimate an import saved, and the one of the same person that counted before."""

    id: int
    before_id: int | None


def estimated(record: Record) -> dict[str, Any] | None:
    """The figures a row gives, by name; None where it gives none."""
    given = record.values
    found: dict[str, Any] = {}
    for name in THREE:
        parts = {part: given.get(f"{name}_{part}") for part in PARTS}
        one = given.get(name)
        likely = parts["likely"] if parts["likely"] is not None else one
        if likely is None and any(value is not None for value in parts.values()):
            record.refuse(
                f"{name}_likely" if f"{name}_likely" in record.headers else _part_given(name, parts), "value.required"
            )
        elif likely is not None:
            low = parts["low"] if parts["low"] is not None else likely
            found[name] = {"low": low, "likely": likely, "high": parts["high"] if parts["high"] is not None else likely}
    found |= {name: given[name] for name in SINGLE if name in given}
    return found or None


def _part_given(name: str, parts: dict[str, Any]) -> str:
    return f"{name}_{next(part for part, value in parts.items() if value is not None)}"


def estimate_of(batch: Batch, use_case: UseCase, record: Record, figures: dict[str, Any], fresh: bool) -> Saved | None:
    """Save the figures as the importer's estimate unless their newest already says so; None where nothing was saved."""
    if record.fails():
        return None
    newest = None if fresh else _newest(use_case, batch.actor.id)
    note = _note(record)
    if newest is not None and _says(newest, figures, note):
        return None
    base = _base(record, newest, figures)
    if base is None:
        return None
    assumed = [name for name in base if newest is None or name in newest.assumed]
    made = actions.estimate(batch.actor, use_case, **{**base, **figures}, note=note, assumed=assumed)
    return Saved(made.id, None if newest is None else newest.id)


def take_back(actor: User, use_case: UseCase, saved_id: int, before_id: int | None) -> None:
    """Let the estimate count again that counted before an import's; the rows stay, as all estimates do."""
    saved = session.get_one(Estimate, saved_id)
    newest = _newest(use_case, saved.estimator_id)
    if newest is None or newest.id != saved_id:
        raise Refusal("import.changed_since", thing=use_case.code)
    if before_id is None:
        raise Refusal("import.estimate_stays", use_case=use_case.code)
    before = session.get_one(Estimate, before_id)
    values = {name: _of(before, name) for name in (*THREE, *SINGLE)}
    more: dict[str, Any] = {"note": before.note, "assumed": before.assumed, "confirm": True}
    actions.estimate(actor, use_case, on_behalf_of_id=saved.estimator_id, **values, **more)


def _newest(use_case: UseCase, estimator_id: int) -> Estimate | None:
    query = select(Estimate).where(Estimate.use_case_id == use_case.id, Estimate.estimator_id == estimator_id)
    return session.scalar(query.order_by(Estimate.id.desc()).limit(1))


def _base(record: Record, newest: Estimate | None, figures: dict[str, Any]) -> dict[str, Any] | None:
    """What the row leaves unsaid: as the importer last estimated, else what is filled in and named."""
    if newest is not None:
        return {name: _of(newest, name) for name in (*THREE, *SINGLE) if name not in figures}
    missing = [name for name in ("annual_benefit", "effort_weeks") if name not in figures]
    if missing:
        record.warn(next(iter(figures)), "import.estimate_incomplete", missing=missing)
        return None
    zero = {part: Decimal(0) for part in PARTS}
    base: dict[str, Any] = dict.fromkeys(("one_off_cost", "annual_running_cost"), zero)
    base |= FILLED_IN
    months = _months_until(record.values.get("wanted_on"))
    return base if months is None else {**base, "months_to_value": months}


def _months_until(day: Any) -> int | None:
    """Whole months from today to the day it is wanted on; None for days past and far."""
    if day is None:
        return None
    today = clock.today()
    months = (day.year - today.year) * 12 + day.month - today.month + (1 if day.day > today.day else 0)
    return months if 0 < months <= 120 else None


def _note(record: Record) -> str:
    lines = [str(record.values["note"])] if record.values.get("note") else []
    if day := record.values.get("wanted_on"):
        lines.append(f"{record.headers['wanted_on']}: {day.isoformat()}")
    return "\n".join(lines)


def _of(estimate: Estimate, name: str) -> Any:
    if name in THREE:
        return {part: getattr(estimate, f"{name}_{part}") for part in PARTS}
    value = getattr(estimate, name)
    return Decimal(str(value)) if isinstance(value, float) else value


def _says(estimate: Estimate, figures: dict[str, Any], note: str) -> bool:
    same = all(_equal(_of(estimate, name), value) for name, value in figures.items())
    return same and (not note or note == estimate.note)


def _equal(present: Any, value: Any) -> bool:
    if isinstance(value, dict):
        return isinstance(present, dict) and all(_equal(present[part], value[part]) for part in PARTS)
    return present is not None and abs(Decimal(str(present)) - Decimal(str(value))) < Decimal("0.000001")
