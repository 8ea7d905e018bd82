"""An estimate in a minute, one written down for somebody else, and figures that hardly anybody means."""

from typing import Any

import pytest

from backlog.kernel.database import session
from backlog.kernel.refusal import Refusal
from backlog.usecases import actions, queries
from backlog.usecases.models import UseCase
from tests.usecases.factory import figures, make_estimate, make_use_case, money
from tests.world import Call, Sign, World

ASKED = {
    "annual_benefit_low": "20万", "annual_benefit_likely": "３０w", "annual_benefit_high": "¥480,000",
    "effort_weeks_low": "4", "effort_weeks_likely": "6", "effort_weeks_high": "9",
}  # fmt: skip


@pytest.fixture
def case(world: World) -> UseCase:
    """Nobody has estimated it; three others of its category were, and one of another."""
    lin, wu = world.person("lin"), world.person("wu")
    for title, once, category in (
        ("甲", 10, "operations"),
        ("乙", 20, "operations"),
        ("丙", 30, "operations"),
        ("丁", 900, None),
    ):
        other = make_use_case(lin, title, category=category)
        make_estimate(wu, other, once=(once, once, once), success_probability=0.8, months_to_value=4)
    made = make_use_case(lin, "新", category="operations")
    session.commit()
    return made


def rest(page: str) -> dict[str, str]:
    """What the form holds beside what is asked."""
    names = ["success_probability", "months_to_value"]
    names += [
        f"{money}_{part}" for money in ("one_off_cost", "annual_running_cost") for part in ("low", "likely", "high")
    ]
    held = {name: page.split(f'name="{name}"')[1].split('value="')[1].split('"', maxsplit=1)[0] for name in names}
    return held | dict.fromkeys(("impact", "feasibility", "measurability"), "4")


def test_the_rest_is_filled_in_from_the_category_and_said_so(case: UseCase, sign: Sign) -> None:
    page = sign("chen").get(f"/use-cases/{case.code}/estimate/short").get_data(as_text=True)
    assert "the middle of this category" in page
    held = rest(page)
    assert held["one_off_cost_likely"].replace(",", "") in {"200000", "200000.00"}
    assert held["success_probability"] in {"80", "80.0"}


def test_saved_in_a_minute_with_what_was_left_untouched_marked(world: World, case: UseCase, sign: Sign) -> None:
    chen, path = sign("chen"), f"/use-cases/{case.code}/estimate/short"
    held = rest(chen.get(path).get_data(as_text=True))
    answer = chen.post(path, {**ASKED, **held, "months_to_value": "2", "impact": "5"})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    made = queries.all_estimates_of(case)[0]
    assert (made.annual_benefit.likely, made.one_off_cost.likely) == (300_000, 200_000)
    assert {"one_off_cost", "annual_running_cost", "success_probability"} <= set(made.assumed)
    assert not {"annual_benefit", "effort_weeks", "months_to_value"} & set(made.assumed)
    shown = chen.get(f"/use-cases/{case.code}").get_data(as_text=True)
    assert "Filled in beforehand and left so" in shown


def test_ones_own_last_estimate_comes_before_the_category(world: World, case: UseCase, sign: Sign) -> None:
    make_estimate(world.person("chen"), case, once=(7, 8, 9))
    session.commit()
    page = sign("chen").get(f"/use-cases/{case.code}/estimate/short").get_data(as_text=True)
    assert "from your last estimate" in page
    assert rest(page)["one_off_cost_likely"].replace(",", "") in {"80000", "80000.00"}


def test_without_anything_to_compare_costs_are_asked(world: World, sign: Sign) -> None:
    made = make_use_case(world.person("lin"))
    session.commit()
    page = sign("wu").get(f"/use-cases/{made.code}/estimate/short").get_data(as_text=True)
    assert "There is nothing to compare with yet" in page
    assert rest(page)["one_off_cost_likely"] == ""


def test_what_is_filled_in_never_comes_from_the_use_case_itself(world: World, case: UseCase) -> None:
    make_estimate(world.person("wu"), case, once=(999, 999, 999))
    begun = queries.beginning(world.person("chen"), case)
    assert begun.values["one_off_cost"].likely == 200_000


def test_a_product_manager_writes_down_somebody_elses(world: World, case: UseCase, api: Call, sign: Sign) -> None:
    body = {**figures(), "on_behalf_of_id": world.ids["zhao"], "note": "电话里说的"}
    made = api("lin").make(f"use-cases/{case.id}/estimates", body)
    assert (made["estimator_id"], made["entered_by_id"]) == (world.ids["zhao"], world.ids["lin"])
    assert not queries.has_estimated(world.person("lin"), case)
    code = case.code
    api("chen").make(f"use-cases/{case.id}/estimates", figures())
    page = sign("chen").get(f"/use-cases/{code}").get_data(as_text=True)
    assert "written down by 林悦" in page
    assert "wrote down 赵航&#39;s estimate" in page


def test_nobody_else_may_and_nobody_unknown_is_written_for(world: World, case: UseCase, api: Call, sign: Sign) -> None:
    path, body = f"use-cases/{case.id}/estimates", {**figures(), "on_behalf_of_id": world.ids["chen"]}
    assert api("wu")("POST", path, body).status_code == 403
    assert api("lin")("POST", path, {**body, "on_behalf_of_id": 999}).status_code == 422
    assert "Whose estimate it is" not in sign("wu").get(f"/use-cases/{case.code}/estimate").get_data(as_text=True)
    assert queries.all_estimates_of(case) == []


STRANGE: list[dict[str, Any]] = [
    {"benefit": (1, 2, 100_001)},
    {"benefit": (0.02, 2, 20)},
    {"effort": (2, 8, 1_001)},
    {"months_to_value": 61},
]


@pytest.mark.parametrize("strange", STRANGE)
def test_figures_nobody_means_are_asked_about(world: World, case: UseCase, api: Call, strange: dict[str, Any]) -> None:
    path, body = f"use-cases/{case.id}/estimates", figures(**strange)
    answer = api("wu")("POST", path, body)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "estimate.unlikely")
    assert queries.all_estimates_of(case) == []
    api("wu").make(path, {**body, "confirm": True})


@pytest.mark.parametrize(
    "impossible",
    [
        {"annual_benefit": {"low": "1.00", "likely": "2.00", "high": "1000000000000000.00"}},
        {"effort_weeks": dict.fromkeys(("low", "likely", "high"), 0)},
    ],
)
def test_figures_nobody_can_mean_are_refused(case: UseCase, api: Call, impossible: dict[str, Any]) -> None:
    body = {**figures(), **impossible, "confirm": True}
    answer = api("wu")("POST", f"use-cases/{case.id}/estimates", body)
    assert (answer.status_code, [each.split(".")[0] for each in answer.get_json()["errors"]]) == (422, list(impossible))


def test_the_page_asks_keeps_what_was_typed_and_saves_once_told(world: World, case: UseCase, sign: Sign) -> None:
    wu, path = sign("wu"), f"/use-cases/{case.code}/estimate"
    typed = {**ASKED, "annual_benefit_high": "20亿", **dict.fromkeys(rest(wu.get(path).get_data(as_text=True)), "1")}
    asked = wu.post(path, typed)
    page = asked.get_data(as_text=True)
    assert (asked.status_code, 'name="confirm"' in page, 'value="20亿"' in page) == (409, True, True)
    assert wu.post(path, {**typed, "confirm": "y"}).status_code == 303


def test_an_action_asks_too(world: World, case: UseCase) -> None:
    values = {**figures(), "annual_benefit": dict.fromkeys(("low", "likely", "high"), 2000000000)}
    values |= {name: dict.fromkeys(("low", "likely", "high"), 1) for name in ("one_off_cost", "annual_running_cost")}
    with pytest.raises(Refusal, match=r"estimate\.unlikely"):
        actions.estimate(world.person("wu"), case, **values)
    assert money((1, 1, 1))["low"] == "10000.00"
