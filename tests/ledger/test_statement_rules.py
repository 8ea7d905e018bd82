"""The statement: estimated, measured, verified and projected side by side, every figure the sum of its entries."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog.ledger.rules import Row, cumulated, flows, month_index, standing, statement

START = date(2026, 1, 19)
LATER = date(2030, 1, 1)


def yuan(text):
    return Decimal(text)


BUILT = Row(1, "cost", "measured", yuan("80000.00"), date(2026, 1, 20))
RUNNING = Row(2, "cost", "measured", yuan("2500.00"), date(2026, 3, 1), recurrence="monthly")
SAVED = Row(3, "benefit", "measured", yuan("200000.00"), date(2026, 4, 10), recurrence="yearly", realisation="cash")
CHAT = [BUILT, RUNNING, SAVED]


def asked(rows, **more):
    return statement(rows, START, **{"as_of": LATER, "today": LATER, "months": 12, **more})


def test_chat_over_twelve_months_is_the_worked_example_to_the_fen():
    found = asked(CHAT).measured
    assert (found.benefits, found.costs, found.net) == (yuan("150000.00"), yuan("105000.00"), yuan("45000.00"))
    assert (found.roi_percent, found.payback_month) == (yuan("42.86"), 8)
    assert found.npv == yuan("39451.18")
    assert found.payback_dips_in is None
    assert found.entry_ids == (1, 2, 3)


@pytest.mark.parametrize("window", [{"months": 12}, {"months": None}])
def test_chat_as_of_its_sixth_month_measures_only_what_was(window):
    found = asked(CHAT, as_of=date(2026, 6, 1), **window).measured
    assert (found.benefits, found.costs) == (yuan("50000.00"), yuan("90000.00"))
    assert (found.roi_percent, found.payback_month) == (yuan("-44.44"), None)


def test_the_rest_of_the_twelve_months_is_projected_not_measured():
    found = asked(CHAT, as_of=date(2026, 6, 30))
    assert (found.projected.benefits, found.projected.costs) == (yuan("150000.00"), yuan("105000.00"))
    assert found.projected.npv == yuan("39451.18")
    assert len(found.measured.months) == 6
    assert len(found.projected.months) == 12


def test_a_day_to_come_is_read_as_today():
    found = asked(CHAT, as_of=LATER, today=date(2026, 6, 15))
    assert found.as_of == date(2026, 6, 15)
    assert found.measured.benefits == yuan("50000.00")


def test_to_date_projects_nothing():
    found = asked(CHAT, as_of=date(2026, 6, 15), months=None)
    assert found.projected == found.measured


def test_what_begins_after_the_as_of_month_was_not_measured_and_is_not_projected():
    found = asked(CHAT, as_of=date(2026, 3, 31))
    assert found.projected.benefits == 0
    assert found.projected.entry_ids == (1, 2)


def test_a_projection_ends_where_its_entry_ends():
    ended = replace(SAVED, until_on=date(2026, 6, 1))
    assert asked([BUILT, ended], as_of=date(2026, 4, 1)).projected.benefits == yuan("50000.00")


def test_verified_counts_what_was_confirmed_and_every_recorded_cost():
    reduced = replace(SAVED, verified_amount=yuan("100000.00"))
    found = asked([BUILT, RUNNING, reduced])
    assert (found.verified.benefits, found.verified.costs) == (yuan("75000.00"), yuan("105000.00"))
    assert found.measured.benefits == yuan("150000.00")


def test_what_nobody_verified_is_no_verified_benefit():
    found = asked(CHAT).verified
    assert (found.benefits, found.costs, found.roi_percent) == (0, yuan("105000.00"), yuan("-100.00"))
    assert found.entry_ids == (1, 2)


def test_estimated_stands_alone_and_reaches_over_the_whole_window():
    promised = [replace(row, basis="estimated", id=row.id + 10) for row in CHAT]
    found = asked([*promised, BUILT], as_of=date(2026, 2, 1))
    assert found.estimated.benefits == yuan("150000.00")
    assert found.estimated.entry_ids == (11, 12, 13)
    assert found.measured.costs == yuan("80000.00")
    assert found.benefit_expected_in == 3


def test_estimated_to_date_ends_with_the_as_of_month():
    promised = [replace(row, basis="estimated") for row in CHAT]
    assert asked(promised, as_of=date(2026, 6, 1), months=None).estimated.benefits == yuan("50000.00")


def test_freed_hours_and_subsidies_stand_beside_the_figures():
    freed = Row(4, "benefit", "measured", yuan("30000.00"), date(2026, 4, 1), realisation="capacity")
    subsidy = Row(5, "funding", "measured", yuan("40000.00"), date(2026, 2, 1))
    found = asked([*CHAT, freed, subsidy]).measured
    assert (found.capacity, found.funding) == (yuan("30000.00"), yuan("40000.00"))
    assert (found.benefits, found.roi_percent, found.entry_ids) == (yuan("150000.00"), yuan("42.86"), (1, 2, 3))


def test_avoided_cost_is_a_benefit():
    avoided = Row(4, "benefit", "measured", yuan("10.00"), date(2026, 4, 1), realisation="avoided")
    assert asked([avoided]).measured.benefits == yuan("10.00")


def test_without_cost_roi_and_payback_are_not_defined_and_it_says_why():
    found = asked([SAVED])
    assert (found.measured.roi_percent, found.measured.payback_month) == (None, None)
    reasons = {u.figure: u.why for u in found.undefined}
    assert reasons["measured.roi_percent"] == reasons["measured.payback_month"] == "no_cost"
    assert reasons["estimated.roi_percent"] == "no_entries"


def test_a_cost_that_does_not_come_back_is_not_reached_yet():
    found = asked([BUILT])
    assert found.measured.roi_percent == yuan("-100.00")
    assert {u.why for u in found.undefined if u.figure == "measured.payback_month"} == {"not_reached"}


def test_what_was_taken_back_is_gone_from_every_column():
    paid = replace(SAVED, verified_amount=SAVED.amount)
    back = replace(SAVED, id=9, amount=-SAVED.amount, reverses_id=3)
    found = asked([BUILT, RUNNING, paid, back])
    assert found.measured.benefits == found.verified.benefits == found.projected.benefits == 0
    assert 3 not in found.measured.entry_ids
    assert 9 not in found.measured.entry_ids


def test_a_reversal_without_its_entry_counts_as_it_stands():
    back = replace(BUILT, id=9, amount=-BUILT.amount, reverses_id=77)
    assert standing([back]) == [back]


def test_what_was_spent_before_the_start_is_whole_in_month_0():
    early = Row(
        1, "cost", "measured", yuan("100.00"), date(2025, 10, 5), recurrence="monthly", until_on=date(2026, 1, 31)
    )
    found = asked([early])
    assert found.measured.costs == yuan("400.00")
    assert found.measured.months[0].costs == yuan("400.00")


def test_before_the_start_only_what_was_spent_counts():
    early = Row(1, "cost", "measured", yuan("100.00"), date(2025, 10, 5), recurrence="monthly")
    found = asked([early, SAVED], as_of=date(2025, 11, 30), today=date(2025, 11, 30))
    assert (found.measured.costs, found.measured.benefits) == (yuan("200.00"), 0)


def test_the_chart_ends_with_the_net():
    found = asked(CHAT).measured
    assert found.months[-1].cumulative_net == found.net
    assert [m.month for m in found.months] == list(range(12))


AMOUNTS = st.integers(1, 10**11).map(lambda fen: Decimal(fen) / 100)
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))


@given(AMOUNTS, st.integers(1, 40))
def test_any_twelve_months_in_a_row_are_the_yearly_amount_to_the_fen(amount, first):
    assert cumulated(amount, "yearly", first + 12) - cumulated(amount, "yearly", first) == amount


@given(
    AMOUNTS,
    st.sampled_from(["once", "monthly", "yearly"]),
    st.integers(-30, 40),
    st.integers(-30, 40),
    st.integers(0, 36),
)
def test_months_sum_to_what_has_come_in_and_a_reversal_cancels_each(amount, recurrence, first, last, end):
    grid = flows(amount, recurrence, first, last, end)
    taken_back = flows(-amount, recurrence, first, last, end)
    assert {m: -a for m, a in taken_back.items()} == grid
    count = (min(end, first if recurrence == "once" else last)) - first + 1
    assert sum(grid.values()) == (cumulated(amount, recurrence, count) if count > 0 else 0)
    assert all(0 <= month <= end for month in grid)


ROWS = st.builds(
    Row,
    id=st.integers(1, 10**6),
    kind=st.sampled_from(["cost", "benefit", "funding"]),
    basis=st.sampled_from(["estimated", "measured"]),
    amount=AMOUNTS,
    from_on=DAYS,
    until_on=st.none() | DAYS,
    recurrence=st.sampled_from(["once", "monthly", "yearly"]),
    realisation=st.sampled_from(["cash", "avoided", "capacity"]),
    verified_amount=st.none() | AMOUNTS,
)


@given(st.lists(ROWS, max_size=8, unique_by=lambda r: r.id), DAYS, st.sampled_from([None, 12, 24, 36]))
def test_every_figure_is_the_sum_of_its_entries_to_the_fen(rows, as_of, months):
    found = asked(rows, as_of=as_of, months=months)
    for name in ("estimated", "measured", "verified", "projected"):
        column = found.column(name)
        for figure in ("benefits", "costs", "capacity", "funding"):
            assert getattr(column, figure) == sum(p.amount for p in column.parts if p.figure == figure)
        assert column.benefits == sum(m.benefits for m in column.months)
        assert column.costs == sum(m.costs for m in column.months)
        assert column.net == column.benefits - column.costs == column.months[-1].cumulative_net
        assert (column.roi_percent is None) == (column.costs <= 0)
    assert found.measured.costs == found.verified.costs


@given(st.lists(ROWS, max_size=6, unique_by=lambda r: r.id), st.randoms())
def test_the_order_of_entries_changes_no_figure(rows, shuffler):
    mixed = list(rows)
    shuffler.shuffle(mixed)
    one, two = asked(rows), asked(mixed)
    assert (one.measured.net, one.measured.npv) == (two.measured.net, two.measured.npv)
    assert one.undefined == two.undefined


def test_month_0_is_the_month_of_the_start():
    assert [month_index(START, day) for day in (date(2026, 1, 1), date(2025, 12, 31), date(2027, 1, 1))] == [0, -1, 12]
