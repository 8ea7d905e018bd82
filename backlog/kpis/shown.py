"""KPIs' parts as both doors show them: rows joined with what points to them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from backlog.kpis import queries
from backlog.kpis.models import Kpi, Measurement


def measurements_shown(rows: Sequence[Measurement]) -> list[dict[str, Any]]:
    """Measurements with the rows that supersede them."""
    newer = queries.superseded_by(rows)
    return [_measurement(row, newer.get(row.id)) for row in rows]


def _measurement(row: Measurement, superseded_by_id: int | None) -> dict[str, Any]:
    return {
        "id": row.id,
        "kpi_id": row.kpi_id,
        "observed_on": row.observed_on,
        "value": row.value,
        "sample_size": row.sample_size,
        "source": row.source,
        "supersedes_id": row.supersedes_id,
        "reason": row.reason,
        "superseded_by_id": superseded_by_id,
        "live": superseded_by_id is None,
        "measured_by_id": row.measured_by_id,
        "measured_at": row.at,
    }


def baseline_shown(standing: queries.Standing) -> dict[str, Any]:
    """The newest baseline with its agreement; the owner's own word counts before one on their behalf."""
    newest, agreement, refusal = standing.newest, standing.agreement, standing.refusal
    if newest is None:
        return {}
    return {
        "kind": newest.kind,
        "from_on": newest.from_on,
        "until_on": newest.until_on,
        "mean": newest.mean,
        "evidence": newest.evidence,
        "reason": newest.reason,
        "version": newest.number,
        "n": newest.n,
        "lower": newest.lower,
        "upper": newest.upper,
        "agreed_by_id": agreement.agreed_by_id if agreement else None,
        "agreed_at": agreement.at if agreement else None,
        "on_behalf": bool(agreement and agreement.on_behalf),
        "agreement_reason": agreement.reason if agreement else "",
        "refused_by_id": refusal.agreed_by_id if refusal else None,
        "refused_at": refusal.at if refusal else None,
        "refusal_reason": refusal.reason if refusal else "",
        "set_by_id": newest.set_by_id,
        "set_at": newest.at,
    }


def effect_shown(kpi: Kpi, since: date | None = None, until: date | None = None) -> dict[str, Any]:
    """A KPI's effect; without a baseline nothing can be said but how the values stand."""
    standing = queries.standing_of(kpi)
    effect = queries.effect_of(kpi, since, until)
    if effect is None or standing.in_force is None:
        return _without_baseline(kpi, since, until)
    return {
        "verdict": str(effect.verdict),
        "preliminary": effect.preliminary,
        "at_a_price": effect.at_a_price,
        "baseline": effect.baseline,
        "baseline_version": standing.in_force.number,
        "baseline_agreed": standing.is_in_force_agreed,
        "current": effect.current,
        "change": effect.change,
        "change_percent": effect.change_percent,
        "interval_80": effect.interval_80,
        "interval_95": effect.interval_95,
        "target_share": effect.target_share,
        "signals": effect.signals,
        "warnings": effect.warnings,
    }


def _without_baseline(kpi: Kpi, since: date | None, until: date | None) -> dict[str, Any]:
    values = [each.value for each in queries.live_measurements(kpi.id, since, until)]
    nothing = dict.fromkeys(
        ("change", "change_percent", "interval_80", "interval_95", "target_share", "baseline", "baseline_version")
    )
    current = {"n": len(values), "mean": sum(values) / len(values) if values else None}
    flags = {"preliminary": False, "at_a_price": False, "baseline_agreed": False}
    return {"verdict": "too_few", **flags, **nothing, "current": current, "signals": (), "warnings": ("no_series",)}
