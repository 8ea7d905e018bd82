"""Reading effects: measurements against the agreed baseline, of many KPIs in a constant number of queries."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

from sqlalchemy import or_, select

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kpis import rules
from backlog.kpis.models import Baseline, Kpi, Measurement
from backlog.kpis.queries.baselines import Standing, standings
from backlog.kpis.queries.measurements import measurements_of


def effect_of(
    kpi: Kpi, since: date | None = None, until: date | None = None, as_of: date | None = None
) -> rules.Effect | None:
    """The effect against the agreed baseline (the one set, where none was agreed yet); None without a baseline."""
    return effects_of([kpi], since, until, as_of)[kpi.id]


def effects_of(
    kpis: Sequence[Kpi], since: date | None = None, until: date | None = None, as_of: date | None = None
) -> dict[int, rules.Effect | None]:
    """The effects of KPIs by id; improved at a price where a guardrail beside them got worse.

    `as_of` tells how they stood on that day: its values, against the baseline that was in force.
    """
    guards = _guardrails(kpis)
    every = list({kpi.id: kpi for kpi in [*guards, *kpis]}.values())
    standing, rows = standings(every, as_of), measurements_of([kpi.id for kpi in every])
    day = as_of or clock.today()
    last = min((each for each in (until, as_of) if each is not None), default=None)

    def found(kpi: Kpi, verdicts: Sequence[str]) -> rules.Effect | None:
        return _effect(kpi, standing[kpi.id], rows.get(kpi.id, []), (since, last), day, verdicts)

    watched = {kpi.id: found(kpi, ()) for kpi in every if kpi.kpi_role == "guardrail"}
    return {
        kpi.id: watched[kpi.id] if kpi.id in watched else found(kpi, _verdicts(kpi, guards, watched)) for kpi in kpis
    }


def _verdicts(kpi: Kpi, guards: Sequence[Kpi], watched: dict[int, rules.Effect | None]) -> list[str]:
    """The verdicts on the guardrails of the same use case or North Star."""
    effects = [watched[guard.id] for guard in guards if _is_beside(guard, kpi)]
    return [effect.verdict for effect in effects if effect is not None]


def _is_beside(one: Kpi, other: Kpi) -> bool:
    return (one.use_case_id, one.north_star_id) == (other.use_case_id, other.north_star_id) and one.id != other.id


def guardrails_of(kpi: Kpi) -> list[Kpi]:
    """What must not get worse while this KPI gets better."""
    return [guard for guard in _guardrails([kpi]) if _is_beside(guard, kpi)]


def _guardrails(kpis: Sequence[Kpi]) -> list[Kpi]:
    cases = {kpi.use_case_id for kpi in kpis} - {None}
    stars = {kpi.north_star_id for kpi in kpis} - {None}
    beside = or_(Kpi.use_case_id.in_(cases), Kpi.north_star_id.in_(stars))
    query = select(Kpi).where(beside, Kpi.kpi_role == "guardrail", Kpi.archived_at.is_(None))
    return list(session.scalars(query.order_by(Kpi.number)))


def _effect(
    kpi: Kpi,
    standing: Standing,
    rows: Sequence[Measurement],
    window: tuple[date | None, date | None],
    as_of: date,
    guardrails: Sequence[str],
) -> rules.Effect | None:
    baseline = standing.in_force
    if baseline is None:
        return None
    return _judged(
        _plain(baseline, rows),
        tuple(rules.Point(row.observed_on, row.value) for row in _newest(rows) if _is_after(row, baseline, *window)),
        "increase" if kpi.direction == "increase" else "decrease",
        kpi.target,
        standing.evaluate_on or kpi.evaluate_on,
        as_of,
        tuple(guardrails),
    )


@lru_cache(maxsize=128)
def _judged(
    baseline: rules.Baseline,
    after: tuple[rules.Point, ...],
    direction: Literal["increase", "decrease"],
    target: float | None,
    evaluate_on: date | None,
    as_of: date,
    guardrails: tuple[str, ...],
) -> rules.Effect:
    """The same series judged once: a page asks for it in several places, and the next page again."""
    return rules.effect(
        baseline, after, direction, target=target, evaluate_on=evaluate_on, as_of=as_of, guardrails=guardrails
    )


def _is_after(row: Measurement, baseline: Baseline, since: date | None, until: date | None) -> bool:
    """Whether a value counts as after: later than the baseline's end, within what was asked for."""
    ended = baseline.until_on is None or row.observed_on > baseline.until_on
    return ended and (since is None or row.observed_on >= since) and (until is None or row.observed_on <= until)


def _plain(baseline: Baseline, rows: Sequence[Measurement]) -> rules.Baseline:
    """A baseline as it was set: corrections made later change nothing in it."""
    if baseline.kind != "measured" or baseline.from_on is None or baseline.until_on is None:
        return rules.Baseline("declared", baseline.mean)
    first, last, through = baseline.from_on, baseline.until_on, baseline.through_id or 0
    known = [row for row in rows if first <= row.observed_on <= last and row.id <= through]
    points = tuple(rules.Point(row.observed_on, row.value) for row in _newest(known))
    return rules.Baseline("measured", baseline.mean, points, baseline.n, baseline.lower, baseline.upper)


def _newest(rows: Sequence[Measurement]) -> list[Measurement]:
    """The newest revision of each day, in order of days."""
    return list({row.observed_on: row for row in rows}.values())
