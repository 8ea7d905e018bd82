"""Opinions and candidates in a line each, for the arithmetic alone."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from backlog.usecases.rules import Candidate, Opinion, ThreePoints

Points = tuple[float, float, float]

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
MARKS = {"reach": 500, "confidence": 0.8, "ease": 6}
SIZES = {"business_value": 8, "time_criticality": 5, "risk_reduction": 3, "job_size": 5}


def opinion(
    benefit: Points = (150_000, 200_000, 300_000),
    once: Points = (50_000, 80_000, 120_000),
    running: Points = (20_000, 30_000, 50_000),
    effort: Points = (4, 6, 9),
    **more: Any,
) -> Opinion:
    """The customer-service assistant of the sample unless said otherwise."""
    given: dict[str, Any] = {
        "success_probability": 0.8,
        "months_to_value": 2,
        "impact": 5,
        "feasibility": 5,
        "measurability": 5,
        "made_on": date(2026, 11, 1),
        "estimator_id": 1,
    }
    points = [ThreePoints(*each) for each in (benefit, once, running, effort)]
    names = ("annual_benefit", "one_off_cost", "annual_running_cost", "effort_weeks")
    return Opinion(**dict(zip(names, points, strict=True)), **(given | more))


def certain(figures: dict[str, str]) -> Opinion:
    """An opinion of a reference case: low = likely = high, written as fractions."""
    value = {name: float(Fraction(text)) for name, text in figures.items()}
    same = [(value[n],) * 3 for n in ("annual_benefit", "one_off_cost", "annual_running_cost", "effort_weeks")]
    chances = {name: value[name] for name in ("success_probability", "months_to_value")}
    return opinion(*same, **chances)


def candidate(number: int, *opinions: Opinion, votes: int = 0, pinned: int | None = None) -> Candidate:
    """A use case, the lower its number the older."""
    return Candidate(number, opinions, votes, BEGAN + timedelta(days=number), pinned)
