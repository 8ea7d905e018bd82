"""Limits, run rules and comparisons give the published figures."""

import json
from math import isclose
from pathlib import Path

import pytest

from backlog.kpis.rules import (
    compare,
    detect,
    incomplete_beta,
    moving_ranges,
    outside,
    sample,
    t_beyond,
    t_two_sided,
    xmr_limits,
)
from backlog.kpis.rules.welch import Sample, Welch

MATHS = Path(__file__).parents[1] / "data" / "maths"


def cases(name: str):
    loaded = json.loads((MATHS / f"{name}.json").read_text("utf-8"))
    return [pytest.param(case, id=case["id"]) for case in loaded["cases"]]


@pytest.mark.parametrize("case", cases("xmr_limits"))
def test_natural_limits_are_mean_and_2_66_mean_moving_ranges(case):
    limits, expect = xmr_limits(case["input"]), case["expect"]
    assert limits.n == expect["n"]
    assert isclose(limits.mean, expect["mean"], rel_tol=1e-9)
    if "limits_2_66" not in expect:
        assert (limits.mean_moving_range, limits.lower, limits.upper) == (None, None, None)
        return
    assert isclose(limits.mean_moving_range, expect["mean_moving_range"], rel_tol=1e-9)
    assert isclose(limits.lower, expect["limits_2_66"]["lower"], rel_tol=1e-9)
    assert isclose(limits.upper, expect["limits_2_66"]["upper"], rel_tol=1e-9)
    assert outside(case["input"], limits) == expect["outside_2_66_indexes"]


@pytest.mark.parametrize("case", cases("xmr_limits"))
def test_moving_ranges_are_those_of_the_reference(case):
    found, expect = moving_ranges(case["input"]), case["expect"]
    assert all(isclose(a, b, abs_tol=1e-9) for a, b in zip(found, expect["moving_ranges"], strict=True))
    if expect["mean_moving_range"]:
        assert isclose(sum(found) / len(found), expect["mean_moving_range"], rel_tol=1e-9)


@pytest.mark.parametrize("case", [case for case in cases("xmr_limits") if "published" in case.values[0]])
def test_limits_are_the_published_ones_within_their_rounding_of_3_over_1_128(case):
    limits, published = xmr_limits(case["input"]), case["published"]
    assert isclose(limits.mean, published["mean"], abs_tol=0.005)
    assert isclose(limits.mean_moving_range, published["mean_moving_range"], abs_tol=0.001)
    assert isclose(limits.lower, published["lower"], abs_tol=0.005)
    assert isclose(limits.upper, published["upper"], abs_tol=0.005)


@pytest.mark.parametrize("case", cases("detection_rules"))
def test_a_run_rule_fires_at_the_points_of_the_reference_and_nowhere_else(case):
    assert detect(case["input"], case["centre"], case["sigma"]) == case["expect"]


@pytest.mark.parametrize("case", cases("detection_rules"))
def test_a_run_rule_does_not_care_which_way_is_up(case):
    assert detect([-v for v in case["input"]], case["centre"], case["sigma"]) == case["expect"]


def compared(case) -> Welch:
    if "summary" not in case:
        return compare(sample(case["before"]), sample(case["after"]))
    figures = case["summary"]
    return compare(*(Sample(figures[f"n_{w}"], figures[f"mean_{w}"], figures[f"sd_{w}"]) for w in ("before", "after")))


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    "case", [c for c in cases("welch") if "before" in c.values[0] and "mean_before" in c.values[0]["expect"]]
)
def test_mean_and_spread_of_each_series_are_those_of_the_reference(case, when):
    found, expect = sample(case[when]), case["expect"]
    assert isclose(found.mean, expect[f"mean_{when}"], rel_tol=1e-8)
    assert (
        found.sd is None if expect.get(f"sd_{when}") is None else isclose(found.sd, expect[f"sd_{when}"], rel_tol=1e-8)
    )


@pytest.mark.parametrize("case", cases("welch"))
def test_welch_gives_the_published_comparison(case):
    result, expect = compared(case), case["expect"]
    for name in ("difference_after_minus_before", "se", "t", "df", "p_two_sided"):
        found = getattr(result, name.removesuffix("_after_minus_before"))
        if expect.get(name) is not None:
            assert isclose(found, expect[name], rel_tol=1e-8), name
    if expect["t"] is None:
        assert (result.t, result.df, result.interval(0.95)) == (None, None, None)


@pytest.mark.parametrize("case", [c for c in cases("welch") if "ci95" in c.values[0]["expect"]])
@pytest.mark.parametrize(("level", "name"), [(0.80, "ci80"), (0.95, "ci95")])
def test_welch_gives_the_published_intervals(case, level, name):
    found = compared(case).interval(level)
    assert all(isclose(a, b, rel_tol=1e-8) for a, b in zip(found, case["expect"][name], strict=True))


@pytest.mark.parametrize(
    ("df", "t"), [(1, 12.7062047364), (2, 4.30265272991), (10, 2.22813885196), (1000, 1.96233908082)]
)
def test_the_95_per_cent_point_of_t_is_the_tabled_one(df, t):
    assert isclose(t_beyond(0.95, df), t, rel_tol=1e-9)
    assert isclose(t_two_sided(t, df), 0.05, rel_tol=1e-8)


def test_the_incomplete_beta_function_is_symmetric():
    for a, b, x in ((0.5, 3.0, 0.2), (12.0, 0.5, 0.9), (100.0, 80.0, 0.55)):
        assert isclose(incomplete_beta(a, b, x) + incomplete_beta(b, a, 1 - x), 1.0, rel_tol=1e-13)


@pytest.mark.parametrize("level", [0.0, 1.0, -0.5])
def test_an_interval_of_no_level_is_refused(level):
    with pytest.raises(ValueError, match="level"):
        t_beyond(level, 10)
