"""Return, payback and present value give the published figures; no figure without a cost."""

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog.ledger.rules import financial_roi, irr, npv, payback, payback_years, present_value

FILE = json.loads((Path(__file__).parents[1] / "data" / "maths" / "npv_irr_payback.json").read_text("utf-8"))
YEARLY = [pytest.param(case, id=case["id"]) for case in FILE["cases"]]
DATED = {case["id"]: case for case in FILE["dated_cases"]}


def amounts(numbers):
    return [Decimal(str(n)) for n in numbers]


def by_year(numbers):
    return [(Decimal(year), flow) for year, flow in enumerate(amounts(numbers))]


def agrees(found, expected):
    return found is None if expected is None else isclose(float(found), expected, rel_tol=1e-8)


@pytest.mark.parametrize("case", YEARLY)
def test_present_value_and_rate_are_the_published_ones(case):
    flows, expect = by_year(case["cash_flows_year_0_first"]), case["expect"]
    assert agrees(present_value(flows, Decimal(str(case["rate"]))), expect["npv"])
    assert agrees(irr(flows), expect["irr"])


@pytest.mark.parametrize("case", [case for case in YEARLY if "published" in case.values[0]])
def test_the_books_print_what_we_find(case):
    published, flows = case["published"], by_year(case["cash_flows_year_0_first"])
    found = {"npv": present_value(flows, Decimal(str(case["rate"]))), "irr": irr(flows)}
    amount = [flow for _, flow in flows]
    found |= {"payback": payback_years(amount), "discounted_payback": payback_years(amount, Decimal(str(case["rate"])))}
    tolerance = {"npv": 0.5, "irr": 1e-4, "payback": 0.01, "discounted_payback": 0.01}
    assert all(isclose(float(found[name]), figure, abs_tol=tolerance[name]) for name, figure in published.items())


def test_where_two_rates_bring_the_value_to_nought_none_is_told():
    (case,) = [case.values[0] for case in YEARLY if "irr_all" in case.values[0]["expect"]]
    flows = by_year(case["cash_flows_year_0_first"])
    assert irr(flows) is None
    for rate in case["expect"]["irr_all"]:
        assert abs(present_value(flows, Decimal(str(rate)))) < Decimal("0.001")


@pytest.mark.parametrize("case", YEARLY)
def test_payback_in_years_is_the_published_one(case):
    flows, expect = amounts(case["cash_flows_year_0_first"]), case["expect"]
    assert agrees(payback_years(flows), expect["payback_years_linear"])
    assert agrees(payback_years(flows, Decimal(str(case["rate"]))), expect["discounted_payback_years_linear"])


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in FILE["roi_cases"]])
def test_roi_is_net_over_cost_and_not_defined_without_cost(case):
    found, expect = financial_roi(Decimal(case["benefit"]), Decimal(case["cost"])), case["expect"]
    if expect["roi_percent_exact"] is None:
        assert found is None
    else:
        assert str(found.quantize(Decimal("0.1"))) == expect["roi_percent_1dp"]


def test_a_cost_taken_back_whole_leaves_roi_undefined():
    assert financial_roi(Decimal(10), Decimal("0.00")) is None
    assert financial_roi(Decimal(10), Decimal("-5.00")) is None


def test_dated_flows_are_discounted_by_days_of_365():
    case = DATED["excel-xnpv"]
    start = date.fromisoformat(case["flows"][0][0])
    flows = [(Decimal((date.fromisoformat(day) - start).days) / 365, Decimal(flow)) for day, flow in case["flows"]]
    assert agrees(present_value(flows, Decimal("0.09")), case["expect"]["xnpv_act365"])
    assert agrees(irr(flows), case["expect"]["xirr_act365"])


def test_the_first_flow_is_not_discounted():
    case = DATED["excel-npv"]
    flows = by_year(case["flows_first_after_one_period"])
    assert agrees(present_value(flows, Decimal("0.1")), case["expect"]["year0_npv"])
    a_period_later = [(at + 1, flow) for at, flow in flows]
    assert agrees(present_value(a_period_later, Decimal("0.1")), case["expect"]["excel_npv"])


def test_twelve_months_on_the_yearly_rate_is_charged_once():
    assert npv([Decimal(0)] * 12 + [Decimal("108.00")], Decimal("0.08")) == Decimal("100.00")


def test_nothing_is_discounted_at_a_rate_of_minus_one_hundred_per_cent():
    with pytest.raises(ValueError, match="rate"):
        present_value([], Decimal(-1))


def test_payback_needs_a_cost_first():
    free = [Decimal(0)] * 3
    assert payback([Decimal(5)] * 3, free) is None
    assert payback([Decimal(5), Decimal(0), Decimal(0)], [Decimal(0), Decimal(3), Decimal(0)]).month == 1


def test_payback_says_when_it_dips_again():
    found = payback(amounts([0, 100, 0, 50]), amounts([80, 0, 40, 0]))
    assert (found.month, found.dips_in) == (1, 2)


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=36))
def test_at_no_rate_present_value_is_the_sum(fen):
    flows = [Decimal(f) / 100 for f in fen]
    assert npv(flows, Decimal(0)) == sum(flows)


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=36))
def test_a_higher_rate_never_makes_benefits_worth_more(fen):
    flows = [Decimal(f) / 100 for f in fen]
    worth = [npv(flows, Decimal(rate) / 100) for rate in (0, 5, 8, 50)]
    assert all(a >= b for a, b in pairwise(worth))
