"""Why this rank: the numbers in the formula, and the smallest single change that moves a use case one place."""

from dataclasses import replace

import pytest

from backlog.usecases.rules import Candidate, Change, Criterion, Expected, Model, explain
from backlog.usecases.rules.ranking import standings
from backlog.usecases.rules.values import expected, worth
from tests.usecases.opinions import MARKS, SIZES, candidate, opinion

MODELS = [
    Model("lighthouse"),
    Model("rice"),
    Model("ice"),
    Model("wsjf"),
    Model("weighted", (Criterion("impact", 2), Criterion("effort_weeks", 1, "decrease"))),
]


def three() -> list[Candidate]:
    """Three use cases, the second estimated by two people."""
    return [
        candidate(1, opinion((10_000, 20_000, 40_000), impact=1, **MARKS, **SIZES)),
        candidate(2, opinion(impact=3, **MARKS, **SIZES), opinion((100, 90_000, 95_000), impact=3, **MARKS)),
        candidate(3, opinion((400_000, 500_000, 900_000), **(MARKS | {"reach": 900}), **(SIZES | {"job_size": 2}))),
    ]


def with_change(candidate_: Candidate, change: Change, kind: str = "value_per_capacity") -> float:
    """The order of a use case whose expectations were all shifted as a change says."""
    people = [expected(each) for each in candidate_.opinions]
    shift = change.after - sum(getattr(each, change.field) for each in people) / len(people)
    moved = [replace(each, **{change.field: getattr(each, change.field) + shift}) for each in people]
    return worth(moved, kind, 24).order


def test_the_formula_has_the_numbers_in_it() -> None:
    made = explain(three(), 3)
    assert made is not None
    (person,) = made.people
    own, formula = dict(person.numbers), dict(made.formula)
    years = own["years_of_value"]
    gain = own["success_probability"] * own["annual_benefit"] * years
    assert own["net"] == pytest.approx(gain - own["one_off_cost"] - own["annual_running_cost"] * years)
    assert formula["score"] == pytest.approx(formula["net"] / formula["effort_weeks"])
    assert formula["loss"] == pytest.approx(own["one_off_cost"] + own["annual_running_cost"] * years)
    assert made.score == formula["score"]


def test_who_estimated_what_when_is_told_of_everybody() -> None:
    made = explain(three(), 2)
    assert made is not None
    assert made.computed_rank == 2
    assert [person.made_on for person in made.people] == [each.made_on for each in three()[1].opinions]


def test_each_change_moves_the_use_case_and_half_of_it_does_not() -> None:
    given = three()
    made = explain(given, 2)
    assert made is not None
    orders = {each.candidate.use_case_id: each.order for each in standings(given, Model())[0]}
    for change in made.changes:
        half = replace(change, after=(change.before + change.after) / 2)
        neighbour, sign = (orders[3], 1) if change.direction == "up" else (orders[1], -1)
        assert sign * (with_change(given[1], change) - neighbour) >= -1e-6
        assert sign * (with_change(given[1], half) - neighbour) < 0


def test_the_smallest_change_comes_first_and_one_figure_needs_more_than_another() -> None:
    made = explain(three(), 2)
    assert made is not None
    assert made.smallest == made.changes[0]
    shares = [change.share for change in made.changes]
    assert shares == sorted(shares)
    assert {change.direction for change in made.changes} == {"up", "down"}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.kind)
def test_other_models_are_explained_by_their_fields(model: Model) -> None:
    made = explain(three(), 3, model)
    assert made is not None
    assert dict(made.formula)["score"] == made.score
    assert made.computed_rank == 1
    assert made.smallest is None or made.smallest.direction == "down"


def test_marks_move_by_whole_marks_until_a_tie_is_won_by_age() -> None:
    made = explain(three(), 1, Model("lighthouse"))
    assert made is not None
    assert made.smallest == Change("impact", "up", 1, 3, 0.5)


def test_one_alone_cannot_move_and_who_is_not_ranked_is_not_explained() -> None:
    alone = explain([candidate(1, opinion())], 1)
    assert alone is not None
    assert alone.smallest is None
    assert explain([candidate(1)], 1) is None


def test_effort_moves_nobody_below_zero() -> None:
    costly = [candidate(n, opinion((0, 0, 0), (n, n, n))) for n in (1, 2)]
    made = explain(costly, 2)
    assert made is not None
    assert all(change.field != "effort_weeks" for change in made.changes)
    assert isinstance(expected(costly[0].opinions[0]), Expected)
