"""Ranking: order, ties, pins, who stands apart, and what nobody else's use case can change."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backlog.usecases.rules import Candidate, Criterion, Model, Opinion, not_distinguishable, overlaps, placed, rank
from backlog.usecases.rules.ranking import Row, Unranked, standings
from tests.usecases.opinions import MARKS, candidate, certain, opinion

FILE = Path(__file__).parents[1] / "data" / "maths" / "rank_probabilities.json"
CASES = [pytest.param(case, id=case["id"]) for case in json.loads(FILE.read_text(encoding="utf-8"))["cases"]]
VALUE = Model("value_per_capacity")
LIGHTHOUSE = Model("lighthouse")

points = st.lists(st.floats(0, 1e7), min_size=3, max_size=3).map(lambda each: tuple(sorted(each)))
efforts = st.lists(st.floats(0.1, 100), min_size=3, max_size=3).map(lambda each: tuple(sorted(each)))
marks = st.integers(1, 5)
opinions: st.SearchStrategy[Opinion] = st.builds(
    opinion,
    points,
    points,
    points,
    efforts,
    success_probability=st.floats(0, 1),
    months_to_value=st.integers(0, 30),
    impact=marks,
    feasibility=marks,
    measurability=marks,
)
given_by_people = st.lists(st.lists(opinions, max_size=3), max_size=8)


def candidates_of(people: list[list[Opinion]]) -> list[Candidate]:
    return [candidate(number, *each) for number, each in enumerate(people, start=1)]


def places(candidates: list[Candidate], model: Model = VALUE) -> list[int]:
    return [row.use_case_id for row in rank(candidates, model).rows]


@pytest.mark.parametrize("case", CASES)
def test_the_order_and_means_are_those_of_the_reference(case: dict[str, Any]) -> None:
    names = list(case["input"])
    given = [candidate(n, *map(certain, case["input"][name])) for n, name in enumerate(names, start=1)]
    rows = rank(given, Model(case["model"])).rows
    assert [names[row.use_case_id - 1] for row in rows] == case["expect"]["order_by_mean"]
    for row in rows:
        expected = case["expect"]["use_cases"][names[row.use_case_id - 1]]["mean"]["fraction"]
        assert row.mean == pytest.approx(float(Fraction(expected)))


def test_nothing_to_rank_is_no_ranking() -> None:
    assert rank([]).rows == ()
    assert rank([candidate(1)]).unranked[0].use_case_id == 1


def test_one_alone_is_first() -> None:
    (row,) = rank([candidate(7, opinion())]).rows
    assert (row.rank, row.computed_rank, row.expected_rank, row.rank_p10, row.rank_p90) == (1, 1, 1, 1, 1)
    assert row.top5_probability == 1
    assert row.p10 is not None
    assert row.p90 is not None
    assert row.p10 < row.mean < row.p90


def test_below_zero_the_order_is_by_net() -> None:
    small = opinion(benefit=(0, 0, 0), once=(10, 10, 10), running=(0, 0, 0), effort=(1, 1, 1))
    large = opinion(benefit=(0, 0, 0), once=(100, 100, 100), running=(0, 0, 0), effort=(100, 100, 100))
    first, second = rank([candidate(1, large), candidate(2, small)]).rows
    assert (first.use_case_id, first.mean, second.mean) == (2, -10, -1)
    assert (first.net_mean, second.net_mean, first.rank_p90, second.rank_p10) == (-10, -100, 1, 2)


def test_ties_go_by_votes_then_age() -> None:
    same = opinion()
    assert places([candidate(1, same), candidate(2, same, votes=3), candidate(3, same)]) == [2, 1, 3]


def test_models_of_marks_have_no_interval() -> None:
    (row,) = rank([candidate(1, opinion(impact=2))], LIGHTHOUSE).rows
    assert (row.p10, row.rank_p90, row.top5_probability, row.net_mean, row.expected_rank) == (None,) * 5


def test_those_lacking_estimates_stand_apart_with_what_they_lack() -> None:
    made = rank([candidate(1, opinion()), candidate(2, opinion(**MARKS))], Model("rice"))
    assert [row.use_case_id for row in made.rows] == [2]
    assert made.unranked == (Unranked(1, ("reach", "confidence")),)
    assert rank([candidate(1, opinion())], Model("weighted")).unranked == (Unranked(1, ("criteria",)),)


def test_the_criteria_of_a_weighted_model_decide() -> None:
    quick, strong = candidate(1, opinion(effort=(1, 1, 2), impact=1)), candidate(2, opinion(impact=5))
    by_effort = Model("weighted", (Criterion("effort_weeks", 1, "decrease"),))
    assert places([strong, quick], by_effort) == [1, 2]
    assert places([strong, quick], Model("weighted", (Criterion("impact", 1),))) == [2, 1]


@given(
    given_by_people, st.lists(opinions, min_size=1, max_size=3), st.sampled_from(["value_per_capacity", "lighthouse"])
)
def test_adding_a_use_case_changes_no_others_value(people: list[list[Opinion]], more: list[Opinion], kind: str) -> None:
    before, _ = standings(candidates_of(people), Model(kind))
    after, _ = standings(candidates_of([*people, more]), Model(kind))
    new = len(people) + 1
    assert [each for each in after if each.candidate.use_case_id != new] == before


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(opinions, min_size=1, max_size=3), min_size=1, max_size=8), opinions)
def test_nor_does_it_change_anothers_interval(people: list[list[Opinion]], more: Opinion) -> None:
    before = {row.use_case_id: row for row in rank(candidates_of(people), VALUE, draws=100).rows}
    after = rank(candidates_of([*people, [more]]), VALUE, draws=100).rows
    for row in (each for each in after if each.use_case_id in before):
        old = before[row.use_case_id]
        assert (row.mean, row.p10, row.p90, row.net_p10, row.net_p90) == (
            (old.mean, old.p10, old.p90, old.net_p10, old.net_p90)
        )


@settings(max_examples=10, deadline=None)
@given(given_by_people, st.randoms(use_true_random=False))
def test_the_order_of_what_goes_in_has_no_influence(people: list[list[Opinion]], chance: Any) -> None:
    given = candidates_of(people)
    mixed = [replace(each, opinions=tuple(chance.sample(each.opinions, len(each.opinions)))) for each in given]
    chance.shuffle(mixed)
    one, other = rank(given, VALUE, draws=100), rank(mixed, VALUE, draws=100)
    assert one.rows == other.rows


@given(given_by_people, st.lists(st.none() | st.integers(1, 10), min_size=8, max_size=8))
def test_ranks_are_a_permutation_whatever_is_pinned(people: list[list[Opinion]], pins: list[int | None]) -> None:
    given = [replace(each, pinned_rank=pin) for each, pin in zip(candidates_of(people), pins, strict=False)]
    rows = rank(given, LIGHTHOUSE).rows
    assert [row.rank for row in rows] == list(range(1, len(rows) + 1))
    assert sorted(row.computed_rank for row in rows) == list(range(1, len(rows) + 1))
    others = [row.computed_rank for row in rows if not row.pinned]
    assert others == sorted(others)


@given(st.permutations(range(1, 9)), st.sets(st.integers(1, 8)))
def test_pins_on_different_ranks_are_all_kept(order: list[int], pinned: set[int]) -> None:
    pins = dict(zip(sorted(pinned), order, strict=False))
    found = placed([(one, pins.get(one)) for one in range(1, 9)])
    assert all(found[rank_ - 1] == one for one, rank_ in pins.items())


def test_a_clash_of_pins_is_settled_by_computed_order() -> None:
    assert placed([(1, 2), (2, 2), (3, None), (4, None)]) == [3, 1, 2, 4]
    assert placed([(1, None), (2, 99), (3, 99)]) == [1, 3, 2]


def row_between(number: int, low: int, high: int) -> Row:
    return Row(number, number, number, False, 0.0, rank_p10=low, rank_p90=high)


def test_rows_whose_intervals_overlap_widely_are_not_distinguishable() -> None:
    rows = [row_between(1, 1, 1), row_between(2, 2, 4), row_between(3, 2, 6), row_between(4, 6, 9)]
    assert not_distinguishable(rows) == {2, 3}
    assert not overlaps(rows[0], Row(9, 9, 9, False, 0.0))
