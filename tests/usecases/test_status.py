"""People set idea to ready, rejected and parked; the rest follows from the project."""

import pytest

from backlog.journal.queries import of_subject
from backlog.usecases import actions, queries
from tests.usecases.factory import make_estimate, make_use_case
from tests.world import Call, World


def test_only_a_product_manager_says_where_it_stands(api: Call) -> None:
    made = api("wu").make("use-cases", {"title": "t"})
    for name in ("wu", "zhao"):
        assert api(name)("POST", f"use-cases/{made['id']}/status", {"status": "triaged"}).status_code == 403
    assert api("lin").make(f"use-cases/{made['id']}/status", {"status": "triaged"})["status"] == "triaged"


@pytest.mark.parametrize("status", ["selected", "delivering", "delivered", "measured"])
def test_what_follows_from_the_project_is_set_by_nobody(api: Call, status: str) -> None:
    made = api("lin").make("use-cases", {"title": "t"})
    answer = api("lin")("POST", f"use-cases/{made['id']}/status", {"status": status})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "status.not_allowed")
    assert answer.get_json()["facts"] == {"from": "idea", "to": status}


@pytest.mark.parametrize("status", ["rejected", "parked"])
def test_rejecting_and_parking_need_a_reason(api: Call, status: str) -> None:
    made = api("lin").make("use-cases", {"title": "t"})
    path = f"use-cases/{made['id']}/status"
    assert "reason" in api("lin")("POST", path, {"status": status}).get_json()["errors"]
    assert "reason" in api("lin")("POST", path, {"status": status, "reason": " "}).get_json()["errors"]
    put = api("lin").make(path, {"status": status, "reason": "明年再看", "parked_until": "2027-03-01"})
    assert (put["status"], put["status_reason"]) == (status, "明年再看")
    assert put["parked_until"] == ("2027-03-01" if status == "parked" else None)


def test_the_reason_is_a_fact_that_names_the_proposer(world: World) -> None:
    lin, zhao = world.person("lin"), world.person("zhao")
    made = make_use_case(zhao)
    actions.set_status(lin, made, status="rejected", reason="始于尖刀")
    fact = of_subject("use_case", made.id)[0]
    assert (fact.code, fact.values["proposer_id"], fact.values["reason"]) == ("use_case.moved_on", zhao.id, "始于尖刀")


def test_what_is_under_way_is_left_to_its_project(world: World, api: Call) -> None:
    lin = world.person("lin")
    first, second = make_use_case(lin, "a"), make_use_case(lin, "b")
    make_estimate(lin, first)
    make_estimate(lin, second, benefit=(40, 60, 90))
    actions.follow(lin, first, "selected")
    assert (first.status, first.chosen_rank, queries.places()[first.id]) == ("selected", 2, 2)
    actions.follow(lin, first, "delivering")
    assert queries.places() == {second.id: 1, first.id: 2}
    queries.use_cases.session.commit()
    answer = api("lin")("POST", f"use-cases/{first.id}/status", {"status": "idea"})
    assert answer.get_json()["code"] == "status.not_allowed"
    assert api("lin")("DELETE", f"use-cases/{first.id}").get_json()["code"] == "use_case.under_way"
    assert api("lin").get(f"use-cases/{first.id}")["rank"] == 2
