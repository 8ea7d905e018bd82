"""Start, deliver, scale, stop: each from its own status only, with who, when and why."""

from itertools import product
from threading import Barrier, Thread
from typing import Any

import pytest

from backlog.kernel import clock
from backlog.kernel.database import session, writing
from backlog.lighthouse import queries, rules
from backlog.lighthouse.models import Project
from tests.lighthouse.factory import project, ready, started
from tests.world import Call, World

ALLOWED = {
    ("start", "draft"),
    ("deliver", "running"),
    ("scale", "delivered"),
    ("stop", "running"),
    ("stop", "delivered"),
}
STATUSES = ("draft", "running", "delivered", "scaled", "stopped")


def put(made: Project, status: str) -> None:
    with writing():
        session.get_one(Project, made.id).status = status
        session.commit()


@pytest.mark.parametrize(
    ("verb", "status"), sorted(set(product(("start", "deliver", "scale", "stop"), STATUSES)) - ALLOWED)
)
def test_no_step_is_taken_from_another_status(world: World, api: Call, verb: str, status: str) -> None:
    made = ready(world)
    put(made, status)
    answer = api("lin")("POST", f"projects/{made.id}/{verb}", {"reason": "x"})
    assert (answer.status_code, answer.json["code"]) == (409, "status.not_allowed")
    assert api("lin").get(f"projects/{made.id}")["status"] == status


def test_stopping_asks_for_a_reason(world: World, api: Call) -> None:
    made = started(world)
    assert "reason" in api("lin")("POST", f"projects/{made.id}/stop", {}).json["errors"]
    assert api("lin").make(f"projects/{made.id}/stop", {"reason": "no data"})["status"] == "stopped"
    assert [(step.status, step.reason) for step in queries.steps_of(made)][-1] == ("stopped", "no data")


@pytest.mark.parametrize("name", ["wu", "zhao", "qian"])
@pytest.mark.parametrize("verb", ["start", "deliver", "scale", "stop"])
def test_only_product_managers_and_admins_step(world: World, api: Call, name: str, verb: str) -> None:
    made = ready(world)
    assert api(name)("POST", f"projects/{made.id}/{verb}", {"reason": "x"}).status_code == 403


def test_after_delivery_it_is_tracked_for_twelve_months(world: World, api: Call) -> None:
    made = started(world)
    told = api("lin").make(f"projects/{made.id}/deliver", {})
    assert told["tracked_until"] == str(rules.add_months(clock.today(), 12))


def test_a_tracking_date_that_was_set_stays(world: World, api: Call) -> None:
    made = started(world, tracked_until=None)
    api("lin").edit(f"projects/{made.id}", {"tracked_until": "2027-06-30"})
    assert api("lin").make(f"projects/{made.id}/deliver", {})["tracked_until"] == "2027-06-30"


def test_two_starts_at_once_are_one(world: World, api: Call) -> None:
    made = ready(world)
    gate, answers = Barrier(2), []

    def go(caller: Any) -> None:
        gate.wait()
        answers.append(caller("POST", f"projects/{made.id}/start", {}).status_code)

    threads = [Thread(target=go, args=(api(name),)) for name in ("lin", "zhou")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409]
    assert [step.status for step in queries.steps_of(made)] == ["running"]


def test_an_archived_project_takes_no_step(world: World, api: Call) -> None:
    made = project(world)
    api("lin")("DELETE", f"projects/{made.id}")
    answer = api("lin")("POST", f"projects/{made.id}/start", {})
    assert (answer.status_code, answer.json["code"]) == (409, "project.archived")


def test_a_use_case_of_a_stopped_project_waits_to_be_chosen_again(world: World, api: Call) -> None:
    made = started(world)
    api("lin").make(f"projects/{made.id}/stop", {"reason": "no data"})
    assert [case.status for case in queries.use_cases_of(None, made)] == ["ready"]
