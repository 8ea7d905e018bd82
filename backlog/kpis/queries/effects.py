"""Reading effects: measurements against the agreed baseline."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kpis import rules
from backlog.kpis.models import Baseline, Kpi, Measurement
from backlog.kpis.queries.baselines import standing_of
from backlog.kpis.queries.measurements import live_measurements


def window_points(baseline: Baseline) -> list[Measurement]:
    """The measurements a baseline was made of, as they were when it was set."""
    if baseline.from_on is None or baseline.until_on is None:
        return []
    query = select(Measurement).where(
        Measurement.kpi_id == baseline.kpi_id,
        Measurement.observed_on.between(baseline.from_on, baseline.until_on),
        Measurement.id <= (baseline.through_id or 0),
    )
    by_day = {each.observed_on: each for each in session.scalars(query.order_by(Measurement.revision))}
    return [by_day[day] for day in sorted(by_day)]


def effect_of(
    kpi: Kpi, since: date | None = None, until: date | None = None, as_of: date | None = None
) -> rules.Effect | None:
    """The effect against the agreed baseline (the one set, where none was agreed yet); None without a baseline."""
    standing = standing_of(kpi)
    if standing.in_force is None:
        return None
    verdicts = () if kpi.kpi_role == "guardrail" else guardrail_verdicts(kpi, since, until, as_of)
    return _effect(kpi, standing.in_force, since, until, as_of or clock.today(), verdicts)


def effects_of(kpis: Sequence[Kpi]) -> dict[int, rules.Effect | None]:
    """The effects of several KPIs by id, as of today."""
    return {kpi.id: effect_of(kpi) for kpi in kpis}


def guardrail_verdicts(kpi: Kpi, since: date | None, until: date | None, as_of: date | None) -> tuple[str, ...]:
    """The verdicts on the guardrails of the same use case or North Star."""
    found = [effect_of(each, since, until, as_of) for each in guardrails_of(kpi)]
    return tuple(each.verdict for each in found if each is not None)


def guardrails_of(kpi: Kpi) -> list[Kpi]:
    """What must not get worse while this KPI gets better."""
    same = Kpi.use_case_id == kpi.use_case_id if kpi.use_case_id else Kpi.north_star_id == kpi.north_star_id
    query = select(Kpi).where(same, Kpi.kpi_role == "guardrail", Kpi.archived_at.is_(None), Kpi.id != kpi.id)
    return list(session.scalars(query.order_by(Kpi.number)))


def _effect(
    kpi: Kpi, baseline: Baseline, since: date | None, until: date | None, as_of: date, guardrails: Sequence[str]
) -> rules.Effect:
    points = [_point(each) for each in window_points(baseline)]
    plain = rules.Baseline(
        "measured" if baseline.kind == "measured" else "declared",
        baseline.mean,
        tuple(points),
        baseline.n if baseline.kind == "measured" else None,
        baseline.lower,
        baseline.upper,
    )
    first = since if baseline.until_on is None or (since and since > baseline.until_on) else None
    after = [
        each
        for each in live_measurements(kpi.id, first, until)
        if baseline.until_on is None or each.observed_on > baseline.until_on
    ]
    return rules.effect(
        plain,
        [_point(each) for each in after],
        "increase" if kpi.direction == "increase" else "decrease",
        target=kpi.target,
        evaluate_on=kpi.evaluate_on,
        as_of=as_of,
        guardrails=guardrails,
    )


def _point(measurement: Measurement) -> rules.Point:
    return rules.Point(measurement.observed_on, measurement.value)
