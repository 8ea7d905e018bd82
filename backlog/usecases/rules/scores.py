"""The seven scoring models, each a formula with a source. Floats in, a float out; None where it is not defined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backlog.usecases.rules.estimates import Opinion, group_median, likely

VALUE_KINDS = ("value_per_capacity", "expected_value")
KINDS = (*VALUE_KINDS, "lighthouse", "rice", "ice", "wsjf", "weighted")
HORIZONS = (12, 24, 36)
DEFAULT_HORIZON = 24

RICE_IMPACT = (0.25, 0.5, 1.0, 2.0, 3.0)  # of the marks 1 to 5 (S. McBride, Intercom 2016)

# A field's own scale, the same whoever else is in the list: (least, most), or the amount that stands halfway.
BOUNDED: Mapping[str, tuple[float, float]] = {
    "impact": (1.0, 5.0),
    "feasibility": (1.0, 5.0),
    "measurability": (1.0, 5.0),
    "success_probability": (0.0, 1.0),
    "confidence": (0.0, 1.0),
    "ease": (1.0, 10.0),
}
HALFWAY: Mapping[str, float] = {
    "annual_benefit": 200_000.0,
    "one_off_cost": 100_000.0,
    "annual_running_cost": 50_000.0,
    "effort_weeks": 8.0,
    "months_to_value": 6.0,
    "reach": 1_000.0,
    "business_value": 8.0,
    "time_criticality": 8.0,
    "risk_reduction": 8.0,
    "job_size": 8.0,
}
WEIGHABLE = (*BOUNDED, *HALFWAY)
DIRECTIONS = ("increase", "decrease")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One field in a weighted model: how much it counts, and whether more is better (increase) or worse (decrease)."""

    name: str
    weight: float
    direction: str = "increase"


@dataclass(frozen=True, slots=True)
class Model:
    """A scoring model: one of the seven kinds; criteria only where it is weighted."""

    kind: str = "value_per_capacity"
    criteria: tuple[Criterion, ...] = ()


def years_of_value(months_to_value: float, horizon_months: int) -> float:
    """f: the years within the horizon in which value flows, max(0, H - months to value) / 12.

    >>> years_of_value(3, 24)
    1.75
    """
    return max(0.0, horizon_months - months_to_value) / 12.0


def net_value(probability: float, benefit: float, one_off: float, running: float, years: float) -> float:
    """Net value of the horizon in yuan: p · benefit · f - one-off - running · f (amounts a year, f in years).

    >>> net_value(0.8, 200_000, 150_000, 36_000, 1.75)
    67000.0
    """
    return probability * benefit * years - one_off - running * years


def value_per_capacity(net: float, effort_weeks: float) -> float | None:
    """Net value per person-week."""
    return net / effort_weeks if effort_weeks > 0 else None


def lighthouse(impact: float, feasibility: float, measurability: float) -> float:
    """Geometric mean of three marks 1-5: one weak mark is not made up for by the others.

    >>> round(lighthouse(5, 5, 1), 4)
    2.924
    """
    return round(float((impact * feasibility * measurability) ** (1.0 / 3.0)), 12)


def rice_impact(mark: float) -> float:
    """Marks 1-5 read as 0.25, 0.5, 1, 2, 3; between two marks along a straight line (a group's median may be 3.5).

    >>> rice_impact(4), rice_impact(3.5)
    (2.0, 1.5)
    """
    at = min(max(mark, 1.0), 5.0) - 1.0
    index = min(int(at), 3)
    low, high = RICE_IMPACT[index], RICE_IMPACT[index + 1]
    return low + (high - low) * (at - index)


def rice(reach: float, impact: float, confidence: float, effort: float) -> float | None:
    """Reach · impact · confidence / effort (S. McBride, Intercom 2016); not defined without effort.

    >>> rice(1000, 2, 0.8, 5)
    320.0
    """
    return reach * impact * confidence / effort if effort > 0 else None


def ice(impact: float, confidence: float, ease: float) -> float:
    """Impact · confidence · ease, each 1-10, as a product (Sean Ellis; some tools average)."""
    return impact * confidence * ease


def wsjf(business_value: float, time_criticality: float, risk_reduction: float, job_size: float) -> float | None:
    """Cost of delay over job size (Scaled Agile Framework); not defined without a size.

    >>> wsjf(8, 5, 3, 5)
    3.2
    """
    return (business_value + time_criticality + risk_reduction) / job_size if job_size > 0 else None


def on_own_scale(name: str, value: float) -> float:
    """A field's figure as 0-1 on its own fixed scale, rising: marks from worst to best, amounts as x / (x + halfway).

    >>> on_own_scale("impact", 4), on_own_scale("annual_benefit", 600_000)
    (0.75, 0.75)
    """
    if name in BOUNDED:
        least, most = BOUNDED[name]
        return min(max((value - least) / (most - least), 0.0), 1.0)
    return max(value, 0.0) / (max(value, 0.0) + HALFWAY[name])


def weighted(criteria: Sequence[Criterion], figures: Mapping[str, float]) -> float | None:
    """Weighted mean of the fields, each on its own scale, 0-100; not defined without a positive weight."""
    total = sum(each.weight for each in criteria)
    if total <= 0:
        return None
    points = 0.0
    for each in criteria:
        share = on_own_scale(each.name, figures[each.name])
        points += each.weight * (1.0 - share if each.direction == "decrease" else share)
    return 100.0 * points / total


def needed_figures(opinions: Sequence[Opinion], names: Sequence[str]) -> dict[str, float]:
    """The group's medians of the fields a model of marks needs; of three points the likely one."""
    group = group_median(opinions)
    return {name: value for name in names if (value := likely(group, name)) is not None}


def score_of_marks(model: Model, figures: Mapping[str, float]) -> float | None:
    """The score of a model that is no value model, from the group's medians."""
    match model.kind:
        case "lighthouse":
            return lighthouse(figures["impact"], figures["feasibility"], figures["measurability"])
        case "rice":
            impact = rice_impact(figures["impact"])
            return rice(figures["reach"], impact, figures["confidence"], figures["effort_weeks"])
        case "ice":
            return ice(2.0 * figures["impact"], 10.0 * figures["confidence"], figures["ease"])
        case "wsjf":
            return wsjf(*(figures[n] for n in ("business_value", "time_criticality", "risk_reduction", "job_size")))
        case "weighted":
            return weighted(model.criteria, figures)
    raise ValueError(f"no model of marks: {model.kind}")
