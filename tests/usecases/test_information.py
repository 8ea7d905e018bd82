"""What a better estimate is worth, which input matters most, what a week's delay costs."""

from dataclasses import replace
from random import Random

import pytest

from backlog.usecases.rules import Model, ThreePoints
from backlog.usecases.rules.choice import Option, best_choice
from backlog.usecases.rules.information import Rest, cost_of_asking, rest_of, worth_of_knowing
from backlog.usecases.rules.ranking import standings
from backlog.usecases.rules.tornado import tornado
from backlog.usecases.rules.values import expected, worth
from tests.usecases.opinions import candidate, opinion
from tests.usecases.test_choice import random_case

SURE_TO_GAIN = opinion(benefit=(290_000, 300_000, 310_000))
ALONE = Rest([(0.0, 0.0)], 100.0)


def gains(opinions, rest, horizon=24):
    return {each.figure: each.gain for each in worth_of_knowing(opinions, rest, horizon)}


def test_knowing_what_cannot_change_the_choice_is_worth_nothing() -> None:
    assert gains([SURE_TO_GAIN], ALONE) == {
        "annual_benefit": 0.0,
        "one_off_cost": 0.0,
        "annual_running_cost": 0.0,
        "effort_weeks": 0.0,
    }


def test_knowing_what_is_certain_is_worth_nothing() -> None:
    sure = opinion(once=(300_000,) * 3)
    assert gains([sure], ALONE)["one_off_cost"] == 0.0


def test_it_is_what_simulation_says() -> None:
    doubtful = opinion(benefit=(50_000, 120_000, 400_000), once=(100_000,) * 3, running=(0, 0, 0))
    random, points = Random(4), doubtful.annual_benefit
    slope, drawn = 0.8 * 22 / 12, [points.quantile(random.random()) for _ in range(40_000)]
    mean = points.mean()
    net = worth([expected(doubtful)], "expected_value", 24).net
    avoided = [max(0.0, -(net + slope * (each - mean))) for each in drawn]
    by_draws = sum(avoided) / len(avoided)  # it would be chosen today: knowing avoids its losses
    assert gains([doubtful], ALONE)["annual_benefit"] == pytest.approx(by_draws, rel=0.02)


def test_a_rival_for_the_same_weeks_makes_knowing_worth_more() -> None:
    own = replace(SURE_TO_GAIN, effort_weeks=ThreePoints(6, 6, 6))
    net = worth([expected(own)], "expected_value", 24).net
    rival = rest_of([Option(1, net, 6.0), Option(2, net, 6.0)], 1, 6.0)
    assert gains([own], rival)["annual_benefit"] > 0 == gains([own], ALONE)["annual_benefit"]


def test_the_widest_input_is_not_always_worth_asking() -> None:
    own = opinion(benefit=(300_000, 600_000, 900_000), effort=(5.0, 6.0, 7.0), once=(0, 0, 0), running=(0, 0, 0))
    small = rest_of([Option(2, 90_000.0, 1.0)], 1, 7.5)
    found = worth_of_knowing([own], small, 24)
    assert (found[0].figure, gains([own], small)["annual_benefit"]) == ("effort_weeks", 0.0)
    assert found[0].gain > 0


def test_a_tornado_begins_with_the_widest_swing() -> None:
    one = candidate(1, opinion())
    found, _ = standings([one, candidate(2, opinion(benefit=(160_000, 210_000, 310_000)))], Model(), 24)
    bars = tornado(one, Model(), 24, found)
    assert bars[0].figure == "annual_benefit"
    assert [each.swing for each in bars] == sorted((each.swing for each in bars), reverse=True)
    assert (bars[0].rank_at_low, bars[0].rank_at_high) == (2, 1)


def test_the_cost_of_a_week_is_a_share_of_the_year() -> None:
    sure = opinion(benefit=(520_000,) * 3, running=(52_000,) * 3, success_probability=0.5)
    assert expected(sure).delay() == pytest.approx(4_000.0)


@pytest.mark.parametrize("seed", range(40))
def test_what_it_adds_counts_shared_costs_as_the_choice_does(seed: int) -> None:
    options, capacity, shared = random_case(Random(seed))
    own, *others = options
    margin = rest_of(options, own.use_case_id, capacity, shared).margin(own.net, own.weeks)
    without = best_choice(others, capacity, shared).net
    certain = replace(own, net=own.net + 1_000_000.0)  # so good that it is always chosen where it fits
    chosen = best_choice([certain, *others], capacity, shared)
    fits = own.use_case_id in chosen.use_case_ids
    assert margin == pytest.approx((chosen.net - 1_000_000.0 if fits else 0.0) - without, abs=0.05)


def test_a_question_costs_what_its_weeks_bring_elsewhere() -> None:
    options = [Option(1, 60.0, 4.0), Option(2, 30.0, 1.0)]
    assert cost_of_asking(options, 1.0, 5.0) == 30.0
    assert cost_of_asking(options, 1.0, 9.0) == 0.0
