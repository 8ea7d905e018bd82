"""The gate: what it asks, what it lists as missing, what opens it again, and what a start promises."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backlog.lighthouse.rules import (
    GateKpi,
    add_months,
    agreed_content,
    changes,
    gate,
    is_within_three_months,
    may_step,
    promise,
    reopened_by,
)

READY = GateKpi("target", has_agreed_baseline=True, has_target=True)
GUARD = GateKpi("guardrail", has_agreed_baseline=True, has_target=True)


def asked(**more):
    facts = {
        "impact_confirmed": True,
        "starts_on": date(2026, 11, 23),
        "due_on": date(2027, 2, 23),
        "data_readiness_recorded": True,
        "kpis": [READY, GUARD],
    }
    return gate(**{**facts, **more})


def test_a_gate_with_everything_is_open():
    assert asked().is_open
    assert asked().missing == ()
    assert [c.code for c in asked().criteria] == ["impact", "feasible", "measurable"]


def test_an_empty_draft_misses_everything_in_the_order_of_the_lamps():
    empty = asked(impact_confirmed=False, due_on=None, data_readiness_recorded=False, kpis=[])
    assert empty.missing == ("impact_confirmation", "due_date", "data_readiness", "kpi")
    assert not any(c.holds for c in empty.criteria)


def test_a_day_past_three_months_is_refused():
    assert asked(due_on=date(2027, 2, 24)).missing == ("due_within_3_months",)


def test_without_a_start_nobody_knows_whether_three_months_are_kept():
    assert asked(starts_on=None).missing == ("due_within_3_months",)


def test_a_guardrail_alone_measures_no_success():
    assert asked(kpis=[GUARD]).missing == ("kpi",)


def test_of_several_kpis_the_one_that_lacks_least_is_named():
    bare, nearly = GateKpi("target", False, False), GateKpi("target", False, True)
    assert asked(kpis=[bare]).missing == ("agreed_baseline", "target")
    assert asked(kpis=[bare, nearly]).missing == ("agreed_baseline",)
    assert asked(kpis=[bare, nearly, READY]).is_open


def test_a_gate_without_guardrail_is_open_and_says_so():
    assert asked(kpis=[READY]).is_open
    assert not asked(kpis=[READY]).has_guardrail


def test_what_changed_since_the_agreement_shuts_the_gate():
    assert not asked(reopened_by=["target"]).is_open


@pytest.mark.parametrize(
    ("starts_on", "last"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 10, 15), date(2027, 1, 15)),
        (date(2026, 1, 31), date(2026, 4, 30)),
    ],
)
def test_three_months_are_calendar_months(starts_on, last):
    assert is_within_three_months(starts_on, last)
    assert not is_within_three_months(starts_on, date.fromordinal(last.toordinal() + 1))
    assert not is_within_three_months(starts_on, date.fromordinal(starts_on.toordinal() - 1))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-240, 240))
def test_months_added_land_in_the_right_month(day, months):
    later = add_months(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day <= day.day


AGREED = agreed_content(
    {"KPI-1": {"counting": "a", "baseline_version": 1, "target": Decimal("4.0"), "evaluate_on": date(2027, 2, 1)}},
    date(2027, 2, 23),
)


def present(due_on=date(2027, 2, 23), **more):
    same = {"counting": "a", "baseline_version": 1, "target": 4.0, "evaluate_on": date(2027, 2, 1)}
    return agreed_content({"KPI-1": {**same, **more}}, due_on)


def test_the_same_content_opens_nothing_again():
    assert reopened_by(AGREED, present()) == ()


@pytest.mark.parametrize(
    ("what", "now"),
    [("counting", "b"), ("baseline_version", 2), ("target", 5.0), ("target", None), ("evaluate_on", date(2027, 3, 1))],
)
def test_each_agreed_thing_that_changes_is_named(what, now):
    assert reopened_by(AGREED, present(**{what: now})) == (what,)


def test_a_moved_due_date_and_a_lost_kpi_are_named():
    assert reopened_by(AGREED, present(due_on=date(2027, 2, 1))) == ("due_on",)
    assert reopened_by(AGREED, agreed_content({}, date(2027, 2, 23))) == ("kpi",)


def test_a_kpi_added_later_was_never_agreed():
    added = present()
    added["kpis"]["KPI-9"] = {"counting": "new"}
    assert reopened_by(AGREED, added) == ()


def test_what_changed_is_shown_with_both_values():
    (change,) = changes(AGREED, present(target=5.0))
    assert (change.kpi, change.what, change.was, change.now) == ("KPI-1", "target", 4.0, 5.0)


def test_before_the_start_nothing_was_agreed():
    assert reopened_by(None, present()) == ()


@pytest.mark.parametrize(
    ("verb", "allowed"),
    [
        ("start", {"draft"}),
        ("deliver", {"running"}),
        ("scale", {"delivered"}),
        ("stop", {"running", "delivered"}),
    ],
)
def test_a_project_takes_only_its_own_steps(verb, allowed):
    statuses = {"draft", "running", "delivered", "scaled", "stopped"}
    assert {status for status in statuses if may_step(verb, status)} == allowed


def test_a_start_promises_the_expected_values():
    one_off, running, benefit = promise(
        starts_on=date(2026, 11, 30),
        months_to_value=3,
        success_probability=Decimal("0.75"),
        annual_benefit=Decimal("318000.005"),
        one_off_cost=Decimal(131000),
        annual_running_cost=Decimal(23000),
    )
    assert (one_off.kind, one_off.amount, one_off.recurrence, one_off.from_on) == (
        "cost",
        Decimal("131000.00"),
        "once",
        date(2026, 11, 30),
    )
    assert (running.kind, running.amount, running.recurrence) == ("cost", Decimal("23000.00"), "yearly")
    assert (benefit.kind, benefit.amount, benefit.realisation) == ("benefit", Decimal("238500.00"), "cash")
    assert running.from_on == benefit.from_on == date(2027, 2, 28)
    assert {e.basis for e in (one_off, running, benefit)} == {"estimated"}


def test_a_promise_of_nothing_writes_no_row():
    nothing = Decimal(0)
    entries = promise(
        starts_on=date(2026, 1, 1),
        months_to_value=0.5,
        success_probability=Decimal(1),
        annual_benefit=Decimal(10),
        one_off_cost=nothing,
        annual_running_cost=nothing,
    )
    assert [(e.kind, e.from_on) for e in entries] == [("benefit", date(2026, 2, 1))]
