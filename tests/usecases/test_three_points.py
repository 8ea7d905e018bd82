"""Three points as a distribution: the reference cases, and what holds for every estimate that R3 allows."""

import json
from decimal import Decimal
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog.usecases.rules import ThreePoints, is_r3, r3_problems
from backlog.usecases.rules.normal import normal_quantile, strata

FILE = Path(__file__).parents[1] / "data" / "maths" / "three_point.json"
DATA = json.loads(FILE.read_text(encoding="utf-8"))
CASES = [pytest.param(case, id=case["id"]) for case in DATA["cases"]]

amounts = st.decimals(0, 10**12, places=2)
triples = st.lists(amounts, min_size=3, max_size=3).map(sorted)


def points_of(case: dict[str, Any]) -> ThreePoints:
    figures = case["input"]
    return ThreePoints(*(Decimal(str(figures[name])) for name in ("low_p10", "likely_p50", "high_p90")))


@pytest.mark.parametrize("case", CASES)
def test_quantiles_are_those_of_the_reference(case: dict[str, Any]) -> None:
    points = points_of(case)
    for u, expected in case["expect"]["quantiles"].items():
        assert points.quantile(float(u)) == pytest.approx(expected, rel=1e-9, abs=1e-9 * float(points.high))


@pytest.mark.parametrize("case", CASES)
def test_mean_and_spread_are_those_of_the_reference(case: dict[str, Any]) -> None:
    points, expected = points_of(case), case["expect"]
    assert points.mean() == pytest.approx(expected["mean"], rel=1e-6)
    assert points.standard_deviation() == pytest.approx(expected["standard_deviation"], rel=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_without_the_floor_the_mean_is_near_swansons_rule(case: dict[str, Any]) -> None:
    points, expected = points_of(case), case["expect"]
    low, likely, high = (float(each) for each in (points.low, points.likely, points.high))
    assert points.mean(-1e15) == pytest.approx(expected["mean_without_the_floor"], rel=1e-6)
    assert 0.3 * low + 0.4 * likely + 0.3 * high == pytest.approx(expected["swanson_30_40_30"])
    assert points.mean(-1e15) == pytest.approx(expected["swanson_30_40_30"], abs=0.03 * high)


@pytest.mark.parametrize("pair", DATA["pairs"], ids=str)
def test_the_chance_that_one_beats_another_is_that_of_the_reference(pair: dict[str, Any]) -> None:
    a, b = (sorted(ThreePoints(*pair[name]).quantile((i + 0.5) / 1000) for i in range(1000)) for name in "ab")
    ahead = sum((x > y) + 0.5 * (x == y) for x in a for y in b) / 1_000_000
    assert ahead == pytest.approx(pair["p_a_greater"], abs=2e-4)


@given(triples, st.floats(1e-9, 1 - 1e-9), st.floats(1e-9, 1 - 1e-9))
def test_a_quantile_never_falls_below_nought_nor_as_chances_rise(points: list[Decimal], u: float, v: float) -> None:
    low, high = (ThreePoints(*points).quantile(each) for each in sorted((u, v)))
    assert 0 <= low <= high


@given(triples)
def test_the_line_goes_through_all_three_percentiles(points: list[Decimal]) -> None:
    found = [ThreePoints(*points).quantile(u) for u in (0.1, 0.5, 0.9)]
    assert found == pytest.approx([float(each) for each in points], rel=1e-9, abs=1e-3)


@given(triples)
def test_the_mean_is_near_swansons_rule(points: list[Decimal]) -> None:
    low, likely, high = (float(each) for each in points)
    swanson = 0.3 * low + 0.4 * likely + 0.3 * high
    assert abs(ThreePoints(*points).mean() - swanson) <= 0.03 * high + 1e-9


@given(triples)
def test_what_rises_obeys_r3(points: list[Decimal]) -> None:
    assert is_r3(ThreePoints(*points))


@given(st.lists(st.decimals(-100, 100, places=1), min_size=3, max_size=3), st.sampled_from([0, 0.1]))
def test_r3_holds_exactly_when_nothing_is_named(points: list[Decimal], least: float) -> None:
    low, likely, high = points
    assert (not r3_problems(low, likely, high, least)) == (least <= low <= likely <= high)


@pytest.mark.parametrize(
    ("points", "problem"),
    [
        ((Decimal("NaN"), 1, 2), ("low", "not_a_number")),
        ((0, 1, float("inf")), ("high", "not_a_number")),
        ((-1, 1, 2), ("low", "too_small")),
        ((3, 1, 2), ("low", "low_above_likely")),
        ((1, 3, 2), ("likely", "likely_above_high")),
    ],
)
def test_a_contradiction_is_named_at_its_point(points: tuple[Any, Any, Any], problem: tuple[str, str]) -> None:
    assert r3_problems(*points) == [problem]


@given(st.floats(1e-12, 1 - 1e-12))
def test_the_inverse_normal_is_accurate(u: float) -> None:
    assert normal_quantile(u) == pytest.approx(NormalDist().inv_cdf(u), rel=1e-12, abs=1e-13)


def test_strata_are_even_about_nought() -> None:
    assert strata(3)[1] == 0
    assert strata(250)[0] == -strata(250)[-1]
