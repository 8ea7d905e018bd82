"""What people think of a use case: one opinion a person, the newest counts; the group's is the median."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from backlog.usecases.rules.three_points import Number, ThreePoints

OLD_AFTER_MONTHS = 6
FAR_OUT = 1.5  # times the middle, or that part of it
FEN = Decimal("0.01")

MONEY = ("annual_benefit", "one_off_cost", "annual_running_cost")
PARTS = ("low", "likely", "high")
MARKS = ("impact", "feasibility", "measurability")
VALUE_FIELDS = (*MONEY, "effort_weeks", "success_probability", "months_to_value")
NEEDS: Mapping[str, tuple[str, ...]] = {
    "value_per_capacity": VALUE_FIELDS,
    "expected_value": tuple(name for name in VALUE_FIELDS if name != "effort_weeks"),
    "lighthouse": MARKS,
    "rice": ("reach", "impact", "confidence", "effort_weeks"),
    "ice": ("impact", "confidence", "ease"),
    "wsjf": ("business_value", "time_criticality", "risk_reduction", "job_size"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One person's estimate: money in yuan a year or once, effort in person-weeks, marks as people give them.

    The group's opinion is one too, with no estimator and the date of its newest part.
    """

    annual_benefit: ThreePoints
    one_off_cost: ThreePoints
    annual_running_cost: ThreePoints
    effort_weeks: ThreePoints
    success_probability: Number
    months_to_value: Number
    impact: Number
    feasibility: Number
    measurability: Number
    made_on: date
    estimator_id: int | None
    reach: Number | None = None
    confidence: Number | None = None
    ease: Number | None = None
    business_value: Number | None = None
    time_criticality: Number | None = None
    risk_reduction: Number | None = None
    job_size: Number | None = None


FIGURES = tuple(field.name for field in fields(Opinion) if field.name not in {"made_on", "estimator_id"})


def group_median(opinions: Sequence[Opinion]) -> Opinion:
    """The median of each percentile and of each mark, of those who gave it; money to the fen."""
    if not opinions:
        raise ValueError("a group needs at least one opinion")
    if len(opinions) == 1:
        return replace(opinions[0], estimator_id=None)
    figures: dict[str, Any] = {
        name: _median_figure(name, [getattr(each, name) for each in opinions]) for name in FIGURES
    }
    return Opinion(**figures, made_on=max(each.made_on for each in opinions), estimator_id=None)


def median(values: Iterable[Number]) -> Number:
    """The middle value, or halfway between the two middle ones.

    >>> median([180000, 200000, 260000]), median([Decimal("1"), Decimal("2")])
    (200000, Decimal('1.5'))
    """
    ordered = sorted(values)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    if low == high:
        return low
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        return (low + high) / 2
    return (float(low) + float(high)) / 2


def missing_for(kind: str, opinions: Sequence[Opinion], criteria: Iterable[str] = ()) -> list[str]:
    """The fields that a scoring model needs and no opinion gives; `criteria` are the fields of a weighted model.

    A job size of 0 is no job size. Without any opinion every needed field is missing.
    """
    needed = tuple(dict.fromkeys(criteria)) if kind == "weighted" else NEEDS[kind]
    return [name for name in needed if not any(_gives(opinion, name) for opinion in opinions)]


def newest(opinions: Iterable[Opinion]) -> list[Opinion]:
    """The last opinion of each person, of opinions in the order in which they were made."""
    return list({opinion.estimator_id: opinion for opinion in opinions}.values())


def is_old(made_on: date, today: date) -> bool:
    """Whether an estimate is older than six calendar months.

    >>> is_old(date(2026, 5, 22), date(2026, 11, 23)), is_old(date(2026, 5, 23), date(2026, 11, 23))
    (True, False)
    """
    months = today.year * 12 + today.month - 1 - OLD_AFTER_MONTHS
    year, month = divmod(months, 12)
    return made_on < date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def is_far_out(one: float, middle: float, people: int) -> bool:
    """Whether one of at least three people stands apart: more than half as much again as the middle, or the reverse.

    >>> is_far_out(31.0, 20.0, 3), is_far_out(30.0, 20.0, 3), is_far_out(13.0, 20.0, 3), is_far_out(90.0, 20.0, 2)
    (True, False, True, False)
    """
    return people > 2 and (one > FAR_OUT * middle or one * FAR_OUT < middle)


def calibrated(opinion: Opinion, factor: Number) -> Opinion:
    """The opinion with its benefit corrected by what was realised so far (1 leaves it as it is)."""
    benefit = opinion.annual_benefit
    points = (_times(benefit.low, factor), _times(benefit.likely, factor), _times(benefit.high, factor))
    return replace(opinion, annual_benefit=ThreePoints(*points))


def likely(opinion: Opinion, name: str) -> float | None:
    """One figure of an opinion as a number: of three points the likely one."""
    value = getattr(opinion, name)
    if value is None:
        return None
    return float(value.likely if isinstance(value, ThreePoints) else value)


def _gives(opinion: Opinion, name: str) -> bool:
    value = likely(opinion, name)
    return value is not None and (name not in {"job_size", "effort_weeks"} or value > 0)


def _median_figure(name: str, given: Sequence[ThreePoints | Number | None]) -> ThreePoints | Number | None:
    points = [each for each in given if isinstance(each, ThreePoints)]
    if points:
        middle = [median(getattr(each, part) for each in points) for part in ("low", "likely", "high")]
        return ThreePoints(*(_to_fen(value) if name in MONEY else value for value in middle))
    numbers = [each for each in given if each is not None and not isinstance(each, ThreePoints)]
    return median(numbers) if numbers else None


def _to_fen(value: Number) -> Number:
    return value.quantize(FEN, ROUND_HALF_EVEN) if isinstance(value, Decimal) else value


def _times(value: Number, factor: Number) -> Number:
    if isinstance(value, Decimal):
        return value * Decimal(str(factor))
    return value * float(factor)
