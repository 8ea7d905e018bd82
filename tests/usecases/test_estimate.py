"""Estimates: three points that rise (R3), append-only, blind before one's own."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backlog.kernel.database import session
from tests.usecases.factory import NO_RISK, figures, make_estimate, make_use_case, money
from tests.world import Call, World, clock


@pytest.fixture
def path(api: Call) -> str:
    return f"use-cases/{api('lin').make('use-cases', {'title': 'AI视觉质检'})['id']}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("annual_benefit", money((30, 18, 48))),
        ("annual_benefit", money((18, 30, 20))),
        ("one_off_cost", money((-1, 2, 3))),
        ("effort_weeks", {"low": 0, "likely": 1, "high": 2}),
        ("effort_weeks", {"low": 0.05, "likely": 1, "high": 2}),
        ("effort_weeks", {"low": 1, "likely": 1}),
        ("annual_benefit", {"low": "1.005", "likely": "2", "high": "3"}),
        ("success_probability", 1.1),
        ("months_to_value", -1),
        ("impact", 0),
        ("impact", 6),
        ("feasibility", 3.5),
        ("measurability", None),
        ("confidence", 2),
        ("ease", 11),
        ("estimator_id", 1),
        ("created_at", "2026-01-01T00:00:00Z"),
    ],
)
def test_what_contradicts_itself_is_refused(api: Call, path: str, field: str, value: object) -> None:
    answer = api("wu")("POST", f"{path}/estimates", figures() | {field: value})
    assert answer.status_code == 422
    assert {name.split(".")[0] for name in answer.get_json()["errors"]} == {field}
    assert api("wu").get(f"{path}/estimates")["data"] == []


@pytest.mark.parametrize(
    ("points", "field"),
    [
        ({"low": "1", "high": "3"}, "one_off_cost.likely"),
        ({"low": "1", "likely": None, "high": "3"}, "one_off_cost.likely"),
        ({"low": "1", "likely": "1.005", "high": "3"}, "one_off_cost.likely"),
        ({"low": "1", "likely": "2", "high": "3", "mode": "2"}, "one_off_cost.mode"),
        (["1", "2", "3"], "one_off_cost"),
    ],
)
def test_each_of_three_points_is_named_by_itself(api: Call, path: str, points: object, field: str) -> None:
    answer = api("wu")("POST", f"{path}/estimates", {**figures(), "one_off_cost": points})
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])


def test_the_database_itself_keeps_three_points_rising(world: World) -> None:
    made = make_estimate(world.person("wu"), make_use_case(world.person("lin")))
    columns = (
        "use_case_id, estimator_id, created_at, assumed, success_probability, months_to_value, "
        "impact, feasibility, measurability"
    )
    names = [
        f"{figure}_{part}"
        for figure in ("annual_benefit", "one_off_cost", "annual_running_cost", "effort_weeks")
        for part in ("low", "likely", "high")
    ]
    bad = ", ".join(["3, 2, 1", *["1, 2, 3"] * 3])
    with pytest.raises(DBAPIError, match="annual_benefit_rises"):
        session.execute(
            text(
                f"INSERT INTO estimates ({columns}, note, {', '.join(names)}) SELECT {columns}, '', {bad} FROM estimates"
            )
        )
    session.rollback()
    assert made.id


def test_an_estimate_is_never_changed_nor_removed(world: World) -> None:
    make_estimate(world.person("wu"), make_use_case(world.person("lin")))
    for statement in ("UPDATE estimates SET impact = 1", "DELETE FROM estimates"):
        with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
            session.execute(text(statement))


def test_stakeholders_do_not_estimate(api: Call, path: str) -> None:
    assert api("zhao")("POST", f"{path}/estimates", figures()).status_code == 403


def test_what_was_sent_comes_back(api: Call, path: str) -> None:
    sent = figures(reach=500, confidence=0.8, ease=7, job_size=3, note="设备商试拍")
    made = api("wu").make(f"{path}/estimates", sent)
    assert {name: made[name] for name in sent} == sent


def test_nobody_sees_others_estimates_before_their_own(api: Call, path: str) -> None:
    api("wu").make(f"{path}/estimates", figures())
    for name in ("lin", "chen", "zhao", "zhou"):
        assert api(name).get(f"{path}/estimates") == {"data": [], "next_cursor": None}
        group = api(name).get(f"{path}/estimate")
        assert (group["blind"], group["n"], group["annual_benefit"], group["impact"]) == (True, 0, None, None)
        assert "300000.00" not in api(name)("GET", "facts").get_data(as_text=True)
    api("chen").make(f"{path}/estimates", figures(benefit=(10, 20, 40)))
    assert len(api("chen").get(f"{path}/estimates")["data"]) == 2
    assert api("chen").get(f"{path}/estimate")["annual_benefit"]["likely"] == "250000.00"


def test_from_ready_on_the_round_is_open(api: Call, path: str) -> None:
    api("wu").make(f"{path}/estimates", figures())
    api("lin").make(f"{path}/risks", NO_RISK)
    api("lin").make(f"{path}/status", {"status": "ready"})
    assert api("zhao").get(f"{path}/estimate")["n"] == 1


def test_the_newest_of_each_person_makes_the_median(api: Call, path: str) -> None:
    for name, likely in (("wu", 90), ("wu", 18), ("chen", 20), ("lin", 26)):
        api(name).make(f"{path}/estimates", figures(benefit=(10, likely, 100)))
    group = api("lin").get(f"{path}/estimate")
    assert (group["n"], group["annual_benefit"]["likely"], group["months_to_value"]) == (3, "200000.00", 3)
    assert [each["annual_benefit"]["likely"] for each in api("lin").get(f"{path}/estimates")["data"]] == [
        "900000.00", "180000.00", "200000.00", "260000.00",
    ]  # fmt: skip


def test_estimates_keep_who_and_when(api: Call, path: str, world: World) -> None:
    with clock.at(datetime(2026, 5, 1, 8, tzinfo=UTC)):
        made = api("wu").make(f"{path}/estimates", figures())
    assert (made["estimator_id"], made["created_at"]) == (world.ids["wu"], "2026-05-01T08:00:00Z")
