"""How often the verdict is wrong, on series made with fixed seeds."""

import random
from collections import Counter
from datetime import date, timedelta
from math import pi, sin

import pytest

from backlog.kpis.rules import Point, effect, measured

SERIES = 400
MOVING = {"baseline_trend", "baseline_shift", "seasonal"}


def tried(make, before=20, after=20, series=SERIES):
    """Verdicts, and `moving` for baselines called so, in per cent of the series made."""
    seen: Counter[str] = Counter()
    made = random.Random(20261123)
    for _ in range(series):
        values = make(made, before + after)
        points = [Point(date(2025, 9, 1) + timedelta(days=7 * i), v) for i, v in enumerate(values)]
        found = effect(measured(points[:before]), points[before:], "decrease", as_of=date(2027, 1, 1))
        seen[found.verdict] += 1
        seen["moving"] += bool(MOVING & set(found.warnings))
        seen["autocorrelated"] += "autocorrelated" in found.warnings
    return {name: 100.0 * count / series for name, count in seen.items()}


def noise(made, n):
    return [made.gauss(10.0, 1.0) for _ in range(n)]


def resembling(phi):
    def make(made, n):
        value = made.gauss(0.0, 1.0) / (1.0 - phi * phi) ** 0.5
        values = []
        for _ in range(n):
            value = phi * value + made.gauss(0.0, 1.0)
            values.append(10.0 + value)
        return values

    return make


def drifting(slope):
    return lambda made, n: [10.0 - slope * i + made.gauss(0.0, 1.0) for i in range(n)]


def stepping(at, by):
    return lambda made, n: [10.0 - (by if i >= at else 0.0) + made.gauss(0.0, 1.0) for i in range(n)]


def swinging(period):
    def make(made, n):
        phase = made.random() * 2.0 * pi
        return [10.0 + 2.0 * sin(2.0 * pi * i / period + phase) + made.gauss(0.0, 1.0) for i in range(n)]

    return make


@pytest.mark.parametrize(("before", "after"), [(20, 20), (8, 8), (20, 8)])
def test_noise_is_seldom_called_a_change_and_its_baseline_seldom_moving(before, after):
    found = tried(noise, before, after)
    assert found.get("improved", 0.0) + found.get("worse", 0.0) <= 5.0
    assert found["moving"] <= 8.0


@pytest.mark.parametrize("phi", [0.3, 0.6])
def test_neighbours_that_resemble_each_other_make_no_false_change(phi):
    found = tried(resembling(phi))
    assert found.get("improved", 0.0) + found.get("worse", 0.0) <= 6.0


def test_noise_is_seldom_called_correlated():
    assert tried(noise)["autocorrelated"] <= 12.0


@pytest.mark.parametrize(("slope", "most"), [(0.1, 15.0), (0.15, 3.0), (0.2, 1.0)])
def test_a_baseline_that_drifts_is_seen_and_not_credited(slope, most):
    found = tried(drifting(slope))
    assert found.get("improved", 0.0) <= most
    assert found["moving"] >= 80.0


@pytest.mark.parametrize("by", [2.0, 3.0])
def test_a_baseline_that_jumped_is_seen(by):
    found = tried(stepping(10, by))
    assert found["moving"] >= 90.0
    assert found.get("improved", 0.0) <= 3.0


@pytest.mark.parametrize("period", [5, 8, 10, 20])
def test_a_season_is_seen_and_not_credited(period):
    found = tried(swinging(period), series=200)
    assert found["moving"] >= 70.0
    assert found.get("improved", 0.0) + found.get("worse", 0.0) <= 2.0


@pytest.mark.parametrize(("by", "least"), [(1.5, 80.0), (2.0, 88.0), (3.0, 90.0)])
def test_a_real_change_is_found(by, least):
    assert tried(stepping(20, by))["improved"] >= least
