"""What fits: the best portfolio within a capacity, held against all portfolios."""

from itertools import chain, combinations
from random import Random

import pytest

from backlog.usecases.rules.choice import Option, Shared, best_choice, frontier, outside


def subsets(options):
    return chain.from_iterable(combinations(options, count) for count in range(len(options) + 1))


def worth(chosen, shared):
    paid = [each for each in shared if any(each.id in one.needs for one in chosen)]
    net = sum(round(one.net * 100) for one in chosen) - sum(round(each.cost * 100) for each in paid)
    weeks = sum(round(one.weeks * 100) for one in chosen) + sum(round(each.weeks * 100) for each in paid)
    return net, weeks


def enumerated(options, capacity, shared=()):
    """The best of all portfolios: greatest worth in fen, then least effort in hundredths of a week."""
    figures = (worth(chosen, shared) for chosen in subsets(options))
    return max(((net, -weeks) for net, weeks in figures if weeks <= round(capacity * 100)), default=(0, 0))


def random_case(random):
    shared = [
        Shared(number, random.choice([0, 500, 2_000, 9_000]), random.choice([0, 1.5, 4]))
        for number in range(1, random.randint(1, 4))
    ]
    ids = [each.id for each in shared]
    options = [
        Option(
            number,
            random.choice([-500, 0, 1_000, random.randint(1, 9_999), random.randint(1, 999_999) / 100]),
            random.choice([0.1, 1, 2.5, 6, random.randint(10, 1_500) / 100]),
            frozenset(random.sample(ids, random.randint(0, len(ids)))) if random.random() < 0.6 else frozenset(),
        )
        for number in range(1, random.randint(2, 11))
    ]
    return options, random.choice([0, 3, 8.25, 15, 30, 200]), shared


@pytest.mark.parametrize("seed", range(200))
def test_the_choice_is_the_best_of_all(seed) -> None:
    options, capacity, shared = random_case(Random(seed))
    found = best_choice(options, capacity, shared)
    chosen = [each for each in options if each.use_case_id in found.use_case_ids]
    assert worth(chosen, shared) == (round(found.net * 100), round(found.weeks * 100))
    assert (round(found.net * 100), -round(found.weeks * 100)) == enumerated(options, capacity, shared)


def test_filling_from_the_top_would_be_worse() -> None:
    options = [Option(1, 61.0, 6.0), Option(2, 50.0, 5.0), Option(3, 50.0, 5.0)]
    assert best_choice(options, 10.0).use_case_ids == (2, 3)


def test_a_shared_cost_is_paid_once_or_not_at_all() -> None:
    base = [Shared(7, 100.0, 2.0)]
    three = [Option(number, 40.0, 1.0, frozenset({7})) for number in (1, 2, 3)]
    assert best_choice(three, 5.0, base).net == 20.0
    assert best_choice(three, 5.0, base).shared_ids == (7,)
    assert best_choice(three[:2], 5.0, base).use_case_ids == ()


@pytest.mark.parametrize("seed", range(30))
def test_the_frontier_is_the_best_at_each_effort(seed) -> None:
    options = [Option(one.use_case_id, one.net, one.weeks) for one in random_case(Random(seed))[0]]
    for weeks, net in frontier(options, 20.0):
        assert best_choice(options, weeks).net == net


def test_a_long_list_is_chosen_from_in_good_time() -> None:
    random = Random(5)
    options = [Option(number, random.uniform(1e3, 1e6), random.uniform(0.5, 20)) for number in range(1, 2_001)]
    found = best_choice(options, 40.0)
    assert found.weeks <= 40.0
    assert best_choice(reversed(options), 40.0) == found


def test_what_stays_out_says_what_it_lacks_and_would_add() -> None:
    base = [Shared(7, 10.0, 1.0)]
    options = [Option(1, 60.0, 5.0), Option(2, 50.0, 4.0), Option(3, 45.0, 3.0, frozenset({7})), Option(4, -5.0, 1.0)]
    choice = best_choice(options, 5.0, base)
    assert choice.use_case_ids == (1,)
    assert [(each.use_case_id, each.missing_weeks, each.gain) for each in outside(options, choice, 5.0, base)] == [
        (2, 4.0, 50.0),
        (3, 4.0, 35.0),
    ]
