"""Estimate a use case: a new row each time, the newest of each person counts."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session, write
from backlog.kernel.money import MOST
from backlog.kernel.refusal import Invalid, Refusal
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults
from backlog.usecases.actions.use_cases import refuse_gone
from backlog.usecases.models import Estimate, UseCase
from backlog.usecases.rules.estimates import MARKS, MONEY, PARTS
from backlog.usecases.rules.likelihood import unlikely
from backlog.usecases.rules.three_points import LEAST_EFFORT_WEEKS, is_finite, r3_problems

MOST_WEEKS = 10_000
BOUNDS: dict[str, tuple[float, float]] = {
    "success_probability": (0, 1),
    "months_to_value": (0, 120),
    **dict.fromkeys(MARKS, (1, 5)),
}
OPTIONAL: dict[str, tuple[float, float]] = {
    "reach": (0, 1e12),
    "confidence": (0, 1),
    "ease": (1, 10),
    "business_value": (0, 1e6),
    "time_criticality": (0, 1e6),
    "risk_reduction": (0, 1e6),
    "job_size": (0, 1e6),
}
WHOLE = (*MARKS, "ease")
ASSUMABLE = {*MONEY, "effort_weeks", *BOUNDS, *OPTIONAL}


def estimate(
    actor: User,
    use_case: UseCase,
    *,
    on_behalf_of_id: int | None = None,
    assumed: Iterable[str] = (),
    confirm: bool = False,
    **values: Any,
) -> Estimate:
    """Save one's own view, or write down somebody else's; three points are given as {low, likely, high} (R3).

    `assumed` names the figures that were filled in beforehand and left so. Figures that hardly anybody can mean are
    asked about: they are saved once `confirm` says that they are meant.
    """
    require(actor, "use_case.estimate", queries.scope_of(use_case))
    estimator = _estimator(actor, use_case, on_behalf_of_id)
    columns = _checked(values)
    kept = sorted(set(assumed) & ASSUMABLE)
    refuse_gone(hold(use_case))
    if not confirm and (strange := unlikely(columns)):
        raise Refusal("estimate.unlikely", figures=strange)
    entered_by_id = actor.id if estimator.id != actor.id else None
    made = Estimate(
        use_case_id=use_case.id,
        estimator_id=estimator.id,
        entered_by_id=entered_by_id,
        assumed=kept,
        created_at=clock.now(),
        **columns,
    )
    session.add(made)
    write()
    for_whom = {} if entered_by_id is None else {"for_id": estimator.id, "for_name": estimator.name}
    record(
        actor, "use_case.estimated", ("use_case", use_case.id), use_case=use_case.code, estimate_id=made.id, **for_whom
    )
    return made


def _estimator(actor: User, use_case: UseCase, on_behalf_of_id: int | None) -> User:
    """Whose view it is: the actor's, or that of an active person for whom a product manager writes it down."""
    if on_behalf_of_id is None or on_behalf_of_id == actor.id:
        return actor
    require(actor, "use_case.estimate_for", queries.scope_of(use_case))
    found = session.get(User, on_behalf_of_id)
    if found is None or not found.active:
        raise Invalid(on_behalf_of_id="value.unknown_id")
    return found


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """The columns of an estimate; Invalid with every fault by field."""
    faults, columns = Faults(), dict[str, Any]()
    for name in (*MONEY, "effort_weeks"):
        columns |= _three_points(faults, name, values.get(name))
    for name, (least, most) in {**BOUNDS, **OPTIONAL}.items():
        columns[name] = _figure(faults, name, values.get(name), least, most)
    columns["note"] = faults.prose("note", values.get("note", ""), most=2_000)
    faults.end()
    return columns


def _three_points(faults: Faults, name: str, points: dict[str, Any] | None) -> dict[str, Any]:
    if points is None or any(points.get(part) is None for part in PARTS):
        faults.add(name, "value.required")
        return {}
    low, likely, high = (points[part] for part in PARTS)
    least, most = (LEAST_EFFORT_WEEKS, MOST_WEEKS) if name == "effort_weeks" else (0, MOST)
    problems = {problem for _, problem in r3_problems(low, likely, high, least)}
    if problems & {"not_a_number", "too_small"} or max(low, likely, high) > most:
        faults.add(name, "value.range", least=least, most=most)
    elif problems:
        faults.add(name, "value.order")
    to = Decimal if name in MONEY else float
    return {f"{name}_{part}": to(points[part]) for part in PARTS}


def _figure(faults: Faults, name: str, value: Any, least: float, most: float) -> Any:
    if value is None:
        if name not in OPTIONAL:
            faults.add(name, "value.required")
        return None
    if not is_finite(value if isinstance(value, Decimal) else float(value)):
        faults.add(name, "value.number")
        return None
    faults.within(name, value, least, most)
    if name in WHOLE:
        if value != int(value):
            faults.add(name, "value.whole")
        return int(value)
    return float(value)
