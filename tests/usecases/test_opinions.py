"""Opinions: the group's median, what a model lacks, when an estimate is old."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backlog.usecases.rules import KINDS, ThreePoints, calibrated, group_median, is_old, missing_for, newest
from backlog.usecases.rules.estimates import median
from tests.usecases.opinions import MARKS, SIZES, opinion

FILE = Path(__file__).parents[1] / "data" / "maths" / "scores.json"
MEDIANS = json.loads(FILE.read_text(encoding="utf-8"))["cases"]["group_median"]["rows"]


@pytest.mark.parametrize("row", MEDIANS, ids=str)
def test_the_group_is_the_median_of_the_reference(row: dict[str, Any]) -> None:
    assert median(row["likely"]) == row["expect"]
    group = group_median([opinion(benefit=(0, each, 10**6)) for each in row["likely"]])
    assert group.annual_benefit.likely == row["expect"]


def test_each_percentile_and_each_mark_has_its_own_median() -> None:
    wu, chen = opinion((1, 5, 9), impact=2, reach=100), opinion((3, 4, 7), impact=5, made_on=date(2026, 11, 9))
    group = group_median([wu, chen])
    assert group.annual_benefit == ThreePoints(2, 4.5, 8)
    assert (group.impact, group.reach, group.ease) == (3.5, 100, None)
    assert (group.made_on, group.estimator_id) == (date(2026, 11, 9), None)


def test_half_a_fen_is_rounded() -> None:
    money = [ThreePoints(*(Decimal(each),) * 3) for each in ("0.01", "0.02")]
    group = group_median([replace(opinion(), annual_benefit=each) for each in money])
    assert group.annual_benefit.likely == Decimal("0.02")


def test_a_group_of_nobody_has_no_median() -> None:
    with pytest.raises(ValueError, match="at least one"):
        group_median([])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "weighted"])
def test_without_estimates_all_that_a_model_needs_is_missing(kind: str) -> None:
    assert missing_for(kind, [])
    assert missing_for(kind, [opinion(**MARKS, **SIZES)]) == []


def test_what_nobody_gave_is_missing() -> None:
    assert missing_for("rice", [opinion()]) == ["reach", "confidence"]
    assert missing_for("rice", [opinion(reach=5), opinion(confidence=0.5)]) == []
    assert missing_for("wsjf", [opinion(**(SIZES | {"job_size": 0}))]) == ["job_size"]
    assert missing_for("weighted", [opinion()], ["impact", "ease"]) == ["ease"]


def test_the_last_opinion_of_each_person_counts() -> None:
    first, second, other = opinion(impact=1), opinion(impact=2), opinion(estimator_id=2)
    assert newest([first, other, second]) == [second, other]


@pytest.mark.parametrize(
    ("made_on", "today", "old"),
    [
        (date(2026, 5, 31), date(2026, 11, 30), False),
        (date(2026, 5, 29), date(2026, 11, 30), True),
        (date(2025, 8, 31), date(2026, 2, 28), False),
        (date(2025, 8, 27), date(2026, 2, 28), True),
        (date(2026, 2, 28), date(2026, 8, 31), False),
    ],
)
def test_an_estimate_is_old_after_six_months(made_on: date, today: date, old: bool) -> None:
    assert is_old(made_on, today) is old


def test_calibration_corrects_the_benefit_alone() -> None:
    before = opinion((Decimal(10), Decimal(20), Decimal(40)))
    after = calibrated(before, Decimal("0.8"))
    assert after == replace(before, annual_benefit=ThreePoints(Decimal(8), Decimal(16), Decimal(32)))
