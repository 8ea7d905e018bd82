"""Measurements: one live value a day, corrected by a further row, never changed."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backlog.kernel import clock
from backlog.kernel.database import session, writing
from backlog.kpis import queries
from tests.kpis.factory import MONDAY, STEADY, kpi, measured, use_case, weeks
from tests.world import Call, World


def path(number: int) -> str:
    return f"kpis/{number}/measurements"


def test_a_second_value_of_a_day_is_refused_and_says_what_stands(world: World, api: Call) -> None:
    found = measured(world, kpi(world), (12.0,))
    answer = api("lin")("POST", path(found.id), {"observed_on": str(MONDAY), "value": 11})
    assert (answer.status_code, answer.json["code"]) == (409, "measurement.duplicate")
    assert answer.json["facts"]["value"] == 12.0
    assert [each.value for each in queries.all_measurements(found.id)] == [12.0]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"observed_on": "2026-01-05"}, "value"),
        ({"value": 3}, "observed_on"),
        ({"observed_on": "2026-02-30", "value": 3}, "observed_on"),
        ({"observed_on": "2026-01-05", "value": "3"}, "value"),
        ({"observed_on": "2026-01-05", "value": 3, "sample_size": 0}, "sample_size"),
        ({"observed_on": "2026-01-05", "value": 3, "measured_by_id": 1}, "measured_by_id"),
        ({"observed_on": "2026-01-05", "value": 3, "reason": "typo"}, "supersedes_id"),
        ({"observed_on": "2026-01-05", "value": 3, "supersedes_id": 99, "reason": "typo"}, "supersedes_id"),
    ],
)
def test_what_cannot_be_a_measurement_is_refused_at_its_field(
    world: World, api: Call, body: dict[str, Any], field: str
) -> None:
    found = kpi(world)
    answer = api("lin")("POST", path(found.id), body)
    assert (answer.status_code, field in answer.json["errors"]) == (422, True)
    assert queries.all_measurements(found.id) == []


def test_many_values_are_taken_all_or_none(world: World, api: Call) -> None:
    found = kpi(world)
    rows = [*weeks(STEADY), {"observed_on": "2026-06-01"}]
    answer = api("lin")("POST", path(found.id), {"data": rows})
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["data.12.value"])
    twice = api("lin")("POST", path(found.id), {"data": [*weeks(STEADY), weeks(STEADY)[3]]})
    assert (twice.status_code, twice.json["code"]) == (409, "measurement.repeated")
    assert queries.all_measurements(found.id) == []
    assert len(api("lin").make(path(found.id), {"data": weeks(STEADY)})["data"]) == 12


def test_a_day_given_twice_at_once_names_nothing_that_fell_with_it(world: World, api: Call) -> None:
    found = kpi(world)
    answer = api("lin")("POST", path(found.id), {"data": [*weeks((1.0, 2.0)), *weeks((3.0,))]})
    assert (answer.status_code, answer.json["facts"]) == (409, {"observed_on": str(MONDAY), "value": 1.0})
    assert list(api("lin")("POST", path(found.id), {"data": []}).json["errors"]) == ["data"]
    assert queries.all_measurements(found.id) == []


def test_what_is_still_to_come_was_not_measured(world: World, api: Call) -> None:
    found = kpi(world)
    today, tomorrow = clock.today(), clock.today() + timedelta(days=1)
    answer = api("lin")("POST", path(found.id), {"data": [{"observed_on": str(tomorrow), "value": 3}]})
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["data.0.observed_on"])
    assert "still to come" in answer.json["errors"]["data.0.observed_on"][0]
    assert api("lin")("POST", path(found.id), {"observed_on": str(today), "value": 3}).status_code == 201


def test_a_correction_needs_a_reason_and_the_same_day(world: World, api: Call) -> None:
    found = measured(world, kpi(world), (12.0,))
    old = queries.all_measurements(found.id)[0].id
    silent = api("lin")("POST", path(found.id), {"supersedes_id": old, "value": 11})
    assert "reason" in silent.json["errors"]
    body = {"supersedes_id": old, "observed_on": "2026-01-06", "value": 11, "reason": "counted twice"}
    assert "observed_on" in api("lin")("POST", path(found.id), body).json["errors"]


def test_a_correction_is_a_further_row_and_both_stay_visible(world: World, api: Call) -> None:
    found = measured(world, kpi(world), (12.0,))
    old = queries.all_measurements(found.id)[0].id
    body = {"supersedes_id": old, "value": 11, "reason": "counted twice"}
    new = api("lin").make(path(found.id), body)
    rows = api("qian").get(path(found.id))["data"]
    assert [(row["value"], row["live"], row["superseded_by_id"]) for row in rows] == [
        (12, False, new["id"]),
        (11, True, None),
    ]
    assert [row["value"] for row in api("qian").get(path(found.id) + "?live=true")["data"]] == [11]
    again = api("lin")("POST", path(found.id), body)
    assert again.json["code"] == "measurement.already_corrected"


def test_a_measurement_of_another_kpi_cannot_be_corrected_here(world: World, api: Call) -> None:
    other = measured(world, kpi(world), (12.0,))
    old = queries.all_measurements(other.id)[0].id
    body = {"supersedes_id": old, "value": 11, "reason": "counted twice"}
    assert api("lin")("POST", path(kpi(world).id), body).status_code == 422


@pytest.mark.parametrize("act", ["UPDATE measurements SET value = 1", "DELETE FROM measurements"])
def test_the_database_itself_keeps_measurements(world: World, act: str) -> None:
    found = measured(world, kpi(world), (12.0,))
    with pytest.raises(DBAPIError), writing():
        session.execute(text(act))
    session.rollback()
    assert queries.all_measurements(found.id)[0].value == 12.0


def test_two_at_once_leave_one_value_a_day(world: World, api: Call) -> None:
    found = kpi(world)
    body = {"observed_on": str(MONDAY), "value": 12}
    answers = at_once([partial(api(name), "POST", path(found.id), body) for name in ("lin", "zhou")])
    assert sorted(answers) == [201, 409]
    assert len(queries.all_measurements(found.id)) == 1


def at_once(acts: list[Callable[[], Any]]) -> list[int]:
    gate, answers = Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        gate.wait()
        answers.append(act().status_code)

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_who_may_measure(world: World, api: Call) -> None:
    from tests.lighthouse.factory import project

    case = use_case(world)
    found = kpi(world, use_case_id=case.id)
    project(world, use_case_ids=[case.id])
    day = iter(range(1, 9))
    said = {
        name: api(name)("POST", path(found.id), {"observed_on": f"2026-03-0{next(day)}", "value": 1}).status_code
        for name in ("zhou", "lin", "wu", "he", "zhao", "sun")
    }
    assert said == {"zhou": 201, "lin": 201, "wu": 201, "he": 403, "zhao": 201, "sun": 403}


def test_an_archived_kpi_takes_no_values(world: World, api: Call) -> None:
    found = kpi(world)
    assert api("lin")("DELETE", f"kpis/{found.id}").status_code == 204
    answer = api("lin")("POST", path(found.id), {"observed_on": str(MONDAY), "value": 1})
    assert (answer.status_code, answer.json["code"]) == (409, "kpi.archived")
