"""A sprint's days, its points, and how work flows, against the reference file."""

import json
from datetime import UTC, date, datetime
from math import isclose
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog.sprints.rules import (
    ScopeItem,
    Span,
    burndown,
    cumulative_flow,
    cycle_time,
    ends_on,
    ideal_line,
    littles_law,
    percentile,
    points_on,
    velocity,
    wip_age_days,
    working_days,
)

FLOW = json.loads((Path(__file__).parents[1] / "data" / "maths" / "flow.json").read_text("utf-8"))
SHANGHAI = ZoneInfo("Asia/Shanghai")


def march(day):
    return date(2026, 3, day)


def history(case):
    return [(datetime.fromisoformat(at), category) for at, category in case["transitions"]]


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in FLOW["cycle_time"]])
def test_cycle_time_is_from_first_start_to_last_finish(case):
    found, expect = cycle_time(history(case), SHANGHAI), case["expect"]
    if expect["elapsed_hours"] is None:
        assert found is None
        assert wip_age_days(history(case), datetime.fromisoformat(case["now"]), SHANGHAI) == expect["wip_age_days"]
        return
    assert isclose(found.elapsed_hours, expect["elapsed_hours"], rel_tol=1e-9)
    assert found.days_inclusive == expect["days_inclusive"]


def test_the_same_two_moments_are_two_days_in_shanghai_and_one_in_utc():
    (case,) = [c for c in FLOW["cycle_time"] if c["id"] == "utc-boundary"]
    assert cycle_time(history(case), SHANGHAI).days_inclusive == 2
    assert cycle_time(history(case), UTC).days_inclusive == 1


def test_moving_between_two_done_columns_finishes_once():
    moves = [(datetime(2026, 3, day, tzinfo=UTC), column) for day, column in ((2, "doing"), (3, "done"), (9, "done"))]
    assert cycle_time(moves, UTC).days_inclusive == 2


def test_what_is_done_or_never_started_has_no_age():
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    assert wip_age_days([(moment, "done")], moment, UTC) is None
    assert wip_age_days([(moment, "todo")], moment, UTC) is None
    assert wip_age_days([], moment, UTC) is None


def test_a_clock_set_back_makes_no_negative_duration():
    moves = [(datetime(2026, 3, 3, tzinfo=UTC), "doing"), (datetime(2026, 3, 2, tzinfo=UTC), "done")]
    assert cycle_time(moves, UTC).elapsed_hours == 0
    assert wip_age_days(moves[:1], datetime(2026, 3, 1, tzinfo=UTC), UTC) == 1


def test_percentiles_are_values_that_occurred():
    case = FLOW["percentiles"]
    for name, expected in case["expect"].items():
        assert percentile(case["cycle_times"], int(name[1:])) == expected
    assert percentile([], 50) is None
    with pytest.raises(ValueError, match="percentile"):
        percentile([1], 0)


@given(st.lists(st.integers(0, 50), min_size=1), st.integers(1, 100))
def test_a_percentile_has_that_share_at_or_below_it_and_is_the_smallest_such(values, percent):
    found = percentile(values, percent)
    assert sum(v <= found for v in values) * 100 >= percent * len(values)
    assert sum(v < found for v in values) * 100 < percent * len(values)


def test_littles_law_holds_in_the_reference():
    case = FLOW["littles_law"]
    found = littles_law(case["input"]["arrivals"], 8)
    for name, expected in case["expect"].items():
        assert isclose(getattr(found, name), expected)
    assert isclose(found.average_wip, found.throughput_per_day * found.average_cycle_time)
    assert littles_law([], 8) is None


def sprint_of_the_reference():
    """Items that make the events of the reference: one is done, reopened and done again."""
    whole = Span(march(1))
    return [
        ScopeItem(5, whole, (Span(march(3), march(10)), Span(march(12)))),
        ScopeItem(3, whole, (Span(march(5)),)),
        ScopeItem(8, whole, (Span(march(9)),)),
        ScopeItem(12, whole),
        ScopeItem(2, Span(march(1), march(13))),
        ScopeItem(4, Span(march(6)), committed=False),
    ]


def test_burndown_shows_what_remained_at_the_end_of_each_day():
    case = FLOW["burndown"]
    expect = case["expect"]
    end = ends_on(march(2), 2)
    assert end == date.fromisoformat(case["sprint"]["end"])
    rows = burndown(march(2), end, sprint_of_the_reference(), as_of=end)
    assert {r.date.isoformat(): r.remaining_points for r in rows} == expect["remaining_at_end_of_day"]
    assert [rows[0].ideal_points, rows[-1].ideal_points] == expect["ideal_remaining_start_and_end"]
    assert rows[-1].scope_points == expect["scope_at_end"]


def test_commitment_and_changes_make_the_scope():
    found, expect = points_on(sprint_of_the_reference(), march(15)), FLOW["burndown"]["expect"]
    assert (found.committed, found.added, found.removed) == (expect["committed"], expect["added"], expect["removed"])
    assert (found.scope, found.done) == (expect["scope_at_end"], expect["velocity_points"])
    assert found.committed + found.added - found.removed == found.scope


def test_days_to_come_have_only_their_ideal():
    rows = burndown(march(2), march(9), sprint_of_the_reference(), as_of=march(4))
    assert [r.remaining_points for r in rows] == [30, 25, 25, None, None, None, None]
    assert all(r.ideal_points is not None for r in rows)


def test_the_ideal_line_rests_on_free_days_and_works_on_make_up_days():
    rows = burndown(march(2), march(16), [ScopeItem(18, Span(march(1)))], march(2))
    assert [r.ideal_points for r in rows] == [18, 16, 14, 12, 10, 10, 10, 8, 6, 4, 2, 0, 0, 0]
    days = working_days(march(2), march(9), holidays=[march(3)], make_up_days=[march(8)])
    assert [d.day for d in days] == [2, 4, 5, 6, 8]


def test_a_sprint_without_working_days_still_has_a_line():
    assert ideal_line(6, [False, False, False]) == [6, 3, 0]
    assert ideal_line(6, [False]) == [6]


def test_a_sprint_lasts_one_or_two_weeks():
    assert ends_on(march(2), 1) == march(9)
    with pytest.raises(ValueError, match="weeks"):
        ends_on(march(2), 3)


def test_velocity_is_the_mean_of_the_last_three_sprints():
    assert velocity([100, 10, 20, 30]) == 20
    assert velocity([8]) == 8
    assert velocity([]) is None


def test_cumulative_flow_counts_items_by_category_at_each_days_end():
    first = [(datetime(2026, 3, 2, tzinfo=UTC), "todo"), (datetime(2026, 3, 3, tzinfo=UTC), "doing")]
    second = [(datetime(2026, 3, 3, tzinfo=UTC), "todo"), (datetime(2026, 3, 3, 5, tzinfo=UTC), "done")]
    rows = cumulative_flow([first, second], [march(1), march(2), march(3)], UTC)
    assert rows == [
        {"todo": 0, "doing": 0, "done": 0},
        {"todo": 1, "doing": 0, "done": 0},
        {"todo": 0, "doing": 1, "done": 1},
    ]
