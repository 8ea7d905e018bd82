"""The seven models against their reference cases."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog.usecases.rules import (
    WEIGHABLE,
    Criterion,
    Model,
    ice,
    lighthouse,
    net_value,
    rice,
    rice_impact,
    value_per_capacity,
    weighted,
    wsjf,
    years_of_value,
)
from backlog.usecases.rules.scores import needed_figures, on_own_scale, score_of_marks
from tests.usecases.opinions import MARKS, SIZES, opinion

FILE = Path(__file__).parents[1] / "data" / "maths" / "scores.json"
CASES = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
CRITERIA = (Criterion("impact", 3), Criterion("effort_weeks", 1, "decrease"))


@pytest.mark.parametrize("row", CASES["rice"]["rows"], ids=str)
def test_rice(row: dict[str, float]) -> None:
    assert rice(row["reach"], row["impact"], row["confidence"], row["effort"]) == pytest.approx(row["expect"])


@pytest.mark.parametrize("row", CASES["ice"]["rows"], ids=str)
def test_ice(row: dict[str, float]) -> None:
    assert ice(row["impact"], row["confidence"], row["ease"]) == row["expect_product"]


@pytest.mark.parametrize("row", CASES["wsjf"]["rows"], ids=str)
def test_wsjf(row: dict[str, float]) -> None:
    figures = [row[name] for name in ("business_value", "time_criticality", "risk_reduction", "job_size")]
    assert wsjf(*figures) == pytest.approx(row["expect"])


def test_wsjf_puts_the_rows_in_the_order_of_the_reference() -> None:
    names = ("business_value", "time_criticality", "risk_reduction", "job_size")
    scores = [wsjf(*(row[name] for name in names)) or 0.0 for row in CASES["wsjf"]["rows"]]
    assert sorted(range(len(scores)), key=lambda at: -scores[at]) == CASES["wsjf"]["order"]


@pytest.mark.parametrize("row", CASES["lighthouse_score"]["rows"], ids=str)
def test_lighthouse(row: dict[str, float]) -> None:
    assert lighthouse(row["impact"], row["feasibility"], row["measurability"]) == pytest.approx(row["expect"])


@pytest.mark.parametrize("horizon", [12, 24])
@pytest.mark.parametrize("row", CASES["value_per_capacity"]["rows"], ids=lambda row: row["id"])
def test_value_per_capacity(row: dict[str, Any], horizon: int) -> None:
    years = years_of_value(row["months_to_value"], horizon)
    net = net_value(row["p_success"], row["annual_benefit"], row["one_off"], row["running_per_year"], years)
    expected = row["expect"][str(horizon)]
    assert net == pytest.approx(expected["net"]["decimal"], abs=1e-6)
    per_week = value_per_capacity(net, row["person_weeks"])
    assert per_week == pytest.approx(expected["per_person_week"]["decimal"], abs=1e-6)


def test_without_effort_size_or_weight_a_score_is_not_defined() -> None:
    assert rice(100, 1, 1, 0) is None
    assert wsjf(1, 1, 1, 0) is None
    assert value_per_capacity(1, 0) is None
    assert weighted([], {}) is None


def test_marks_of_impact_read_as_rice_reads_them() -> None:
    assert [rice_impact(mark) for mark in (1, 2, 3, 4, 5)] == [0.25, 0.5, 1, 2, 3]
    assert rice_impact(4.5) == 2.5


@pytest.mark.parametrize(
    ("model", "score"),
    [
        (Model("lighthouse"), 5),
        (Model("rice"), 500 * 3 * 0.8 / 6),
        (Model("ice"), 10 * 8 * 6),
        (Model("wsjf"), 3.2),
        (Model("weighted", CRITERIA), 100 * (3 * 1 + 1 * 8 / 14) / 4),
    ],
    ids=lambda each: each.kind if isinstance(each, Model) else "",
)
def test_models_of_marks_read_the_groups_medians(model: Model, score: float) -> None:
    names = [*MARKS, *SIZES, "impact", "feasibility", "measurability", "effort_weeks"]
    figures = needed_figures([opinion(**MARKS, **SIZES)], names)
    assert score_of_marks(model, figures) == pytest.approx(score)


@given(st.sampled_from(WEIGHABLE), st.floats(0, 1e12), st.floats(0, 1e12))
def test_every_field_has_a_fixed_rising_scale(name: str, one: float, other: float) -> None:
    low, high = (on_own_scale(name, each) for each in sorted((one, other)))
    assert 0 <= low <= high <= 1
