"""How a change is told, and how much a series is worth."""

from hypothesis import given
from hypothesis import strategies as st

from backlog.kpis.rules import baseline_warnings, change_in_words, change_percent, effective_size, target_share


def test_a_share_changes_in_percentage_points_first():
    said = change_in_words("share", 15.0, 58.0)
    assert [(s.how, round(s.amount)) for s in said] == [("percentage_points", 43), ("per_cent", 287)]


def test_minutes_change_in_their_unit_first():
    assert [s.how for s in change_in_words("duration", 12.0, 9.6)] == ["unit", "per_cent"]


def test_a_change_from_nothing_is_told_without_per_cent():
    assert [s.how for s in change_in_words("share", 0.0, 74.0)] == ["percentage_points"]
    assert change_percent(0.0, 74.0) is None


def test_a_rise_from_below_zero_is_a_rise():
    assert change_percent(-10.0, -5.0) == 50.0


def test_there_is_no_way_to_a_target_one_stands_on():
    assert target_share(4.0, 3.0, 4.0) is None


@given(st.lists(st.integers(0, 100), max_size=40))
def test_the_effective_size_never_makes_more_of_a_series_than_it_is(values):
    size = effective_size(values)
    assert size <= len(values)
    assert size >= min(2, len(values))


def test_seven_points_say_nothing_about_neighbours():
    assert effective_size([1, 1, 1, 1, 5, 5, 5]) == 7


def test_a_quiet_baseline_has_nothing_to_be_warned_of():
    assert baseline_warnings([12.0, 11.8, 12.3, 11.9, 12.2, 12.1, 11.7, 12.0, 12.4, 11.9, 12.1, 12.0]) == ()
