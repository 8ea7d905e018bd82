"""Numbers as people type them: what could be ten times as much is asked back, never guessed."""

import pytest

from backlog.kernel.figures import DecimalComma, read_figure
from backlog.kpis import queries
from tests.kpis.factory import MONDAY, kpi, use_case
from tests.usecases.test_pages import POINTS
from tests.world import Call, Sign, World


@pytest.mark.parametrize(
    ("text", "value"), [("1,200", "1200"), ("12,345.6", "12345.6"), ("５", "5"), ("−3", "-3"), ("6.4 分钟", "6.4")]
)
def test_a_comma_groups_thousands_and_a_unit_may_follow(text: str, value: str) -> None:
    assert str(read_figure(text, ("分钟",))) == value


@pytest.mark.parametrize(
    ("text", "reading"),
    [("6,1", "6.1"), ("0,123", "0.123"), ("12.345,6", "12345.6"), ("1,5周", "1.5"), ("1234,567", "1234.567")],
)
def test_a_decimal_comma_is_refused_with_the_reading(text: str, reading: str) -> None:
    with pytest.raises(DecimalComma) as refused:
        read_figure(text, ("周",))
    assert refused.value.reading == reading


@pytest.mark.parametrize("text", ["", "1,2,3", "6..1", "6 分", "1e5", "1,20000,0"])
def test_what_is_no_number_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read_figure(text, ("分钟",))


def test_a_decimal_comma_stores_nothing_and_offers_the_reading(world: World, sign: Sign) -> None:
    found = kpi(world)
    path = f"/kpis/{found.code}/measurements"
    one = sign("lin").post(path, {"observed_on": str(MONDAY), "value": "3,2"})
    many = sign("lin").post(f"{path}/pasted", {"pasted": "2025.6.22\t6,1\n2025-07-01\t1,200"})
    assert (one.status_code, many.status_code) == (422, 422)
    assert "write 3.2" in one.get_data(as_text=True)
    assert "line 1 “2025.6.22 6,1” (a comma only groups thousands: write 6.1)" in many.get_data(as_text=True)
    assert queries.all_measurements(found.id) == []


def test_a_value_may_bear_the_unit_and_the_answer_says_what_was_kept(world: World, sign: Sign) -> None:
    found = kpi(world, unit="分钟")
    lin = sign("lin")
    assert (
        lin.post(f"/kpis/{found.code}/measurements", {"observed_on": str(MONDAY), "value": "6.4分钟"}).status_code
        == 303
    )
    assert "KPI-1: 6.4 分钟 was written down for 5 Jan 2026." in lin.get(f"/kpis/{found.code}").get_data(as_text=True)
    assert lin.post(f"/kpis/{found.code}/measurements", {"observed_on": "2026-01-06", "value": "6%"}).status_code == 422


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("effort_weeks_likely", "3,5", "Effort: Likely</a>: A comma only groups thousands, as in 1,200: write 3.5"),
        ("months_to_value", "1,5", "write 1.5"),
        ("success_probability", "7,5", "write 7.5"),
        ("success_probability", "0.7", "This reads as 0.7%: write 0.7% if that is meant, or 70%."),
        ("months_to_value", "1.234", "At most 2 decimals."),
    ],
)
def test_what_could_be_tenfold_is_asked_back_at_the_estimate(
    world: World, sign: Sign, name: str, text: str, said: str
) -> None:
    case = use_case(world)
    answer = sign("lin").post(f"/use-cases/{case.code}/estimate", {**POINTS, name: text})
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_units_and_a_confirmed_small_chance_are_taken(world: World, sign: Sign, api: Call) -> None:
    case = use_case(world)
    path = f"/use-cases/{case.code}/estimate"
    typed = {"success_probability": "0.7%", "months_to_value": "3个月", "effort_weeks_likely": "6周"}
    assert sign("lin").post(path, {**POINTS, **typed}).status_code == 303
    assert api("lin").get(f"use-cases/{case.id}/estimates")["data"][0]["success_probability"] == 0.007
    assert 'value="0.7%"' in sign("lin").get(path).get_data(as_text=True)


def test_falling_points_are_told_beside_the_other_faults(world: World, sign: Sign) -> None:
    case = use_case(world)
    body = {**POINTS, "annual_benefit_low": "900万", "months_to_value": ""}
    page = sign("lin").post(f"/use-cases/{case.code}/estimate", body).get_data(as_text=True)
    assert "Annual benefit: Likely</a>: Likely may not lie below low" in page
    assert "</a>: This is needed." in page
