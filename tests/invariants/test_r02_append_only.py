"""R2: what was recorded stays: no door changes or removes it, and two at once grow one history."""

from functools import partial

import pytest

from backlog.ledger import queries
from tests.invariants.races import at_once, call, code_of, either_way, press
from tests.kpis import factory as kpis
from tests.ledger import factory
from tests.world import Call, Sign, World

ROUNDS = 5
KEPT = ("ledger-entries", "verification", "reversal", "measurements", "moves", "journal", "feedback", "decisions")
WHY = {"evidence": "bank statement"}


def test_no_address_changes_or_removes_what_is_only_added_to(world: World) -> None:
    rules = [rule for rule in world.app.url_map.iter_rules() if set(rule.rule.split("/")) & set(KEPT)]
    assert len(rules) > len(KEPT)
    assert [rule.rule for rule in rules if {"PUT", "PATCH", "DELETE"} & set(rule.methods or ())] == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_the_api_refuses_the_method(world: World, api: Call, method: str) -> None:
    made = factory.entry(api("lin"), factory.project(world).id)
    assert api("zhou")(method, f"ledger-entries/{made['id']}", {"amount": "1.00"}).status_code == 405
    assert api("lin").get(f"ledger-entries/{made['id']}")["amount"] == "1000.00"


def test_a_correction_leaves_the_old_value_readable(world: World, api: Call, sign: Sign) -> None:
    found = kpis.measured(world, kpis.kpi(world), (12.0,))
    first = api("lin").get(f"kpis/{found.id}/measurements")["data"][0]["id"]
    path = f"/kpis/{found.code}/measurements/{first}/correction"
    assert sign("lin").post(path, {"value": "11"}).status_code == 422
    assert sign("lin").post(path, {"value": "11", "reason": "counted twice"}).status_code == 303
    rows = api("lin").get(f"kpis/{found.id}/measurements")["data"]
    assert {row["value"] for row in rows} == {12.0, 11.0}


def test_two_corrections_of_one_measurement_at_once_are_one(world: World, api: Call, sign: Sign) -> None:
    found, lin = kpis.measured(world, kpis.kpi(world), kpis.STEADY[:ROUNDS]), sign("lin")
    rows = api("lin").get(f"kpis/{found.id}/measurements")["data"]
    for turn, row in enumerate(rows):
        body = {"supersedes_id": row["id"], "value": 1, "reason": "typo"}
        by_page = press(lin, f"/kpis/{found.code}/measurements/{row['id']}/correction", value="2", reason="typo")
        statuses = either_way(turn, call(api("lin"), "POST", f"kpis/{found.id}/measurements", body), by_page)
        assert statuses in ((201, 409), (409, 303))
    shown = api("lin").get(f"kpis/{found.id}/measurements")["data"]
    assert [row["live"] for row in shown].count(True) == ROUNDS


def test_two_values_of_one_day_at_once_are_one(world: World, api: Call) -> None:
    found = kpis.kpi(world)
    for turn, row in enumerate(kpis.weeks(kpis.STEADY[:ROUNDS])):
        acts = [call(api("lin"), "POST", f"kpis/{found.id}/measurements", row) for _ in range(2)]
        assert sorted(either_way(turn, *acts)) == [201, 409]


def test_two_reversals_at_once_are_one(world: World, api: Call, sign: Sign) -> None:
    project, lin = factory.project(world).id, sign("lin")
    for turn in range(ROUNDS):
        made = factory.entry(api("lin"), project)["id"]
        by_api = call(api("lin"), "POST", f"ledger-entries/{made}/reversal", {"reason": "wrong month"})
        statuses = either_way(turn, by_api, press(lin, f"/ledger/{made}/reversal", reason="wrong month"))
        assert statuses in ((201, 409), (409, 303))
    assert code_of(by_api()) == (409, "entry.already_reversed")


def test_what_is_written_at_once_is_one_chain(world: World, api: Call) -> None:
    project = factory.project(world).id
    old = factory.entry(api("lin"), project)["id"]
    acts = [partial(factory.entry, api("lin"), project) for _ in range(6)]
    at_once(*acts, call(api("qian"), "POST", f"ledger-entries/{old}/verification", WHY))
    assert queries.verify_chain() == (8, None)
