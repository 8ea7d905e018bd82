"""R10: a measured benefit is verified once, by somebody who neither recorded, delivers nor owns it."""

import pytest

from backlog.kernel.database import session
from tests.invariants.races import call, code_of, either_way, press
from tests.ledger import factory
from tests.world import Call, Sign, World

ROUNDS = 5
WHY = {"evidence": "bank statement"}


def allow(world: World, *names: str) -> None:
    for name in names:
        world.person(name).may_verify = True
    session.commit()


@pytest.mark.parametrize(("name", "why"), [("lin", "recorder"), ("chen", "squad"), ("sun", "owner")])
def test_who_is_close_to_it_is_refused_by_api_and_page(
    world: World, api: Call, sign: Sign, name: str, why: str
) -> None:
    made = factory.entry(api("lin"), factory.project(world).id)["id"]
    allow(world, "lin", "chen", "sun")
    answer = api(name)("POST", f"ledger-entries/{made}/verification", WHY)
    assert (code_of(answer), answer.get_json()["facts"]) == ((409, "entry.own_verification"), {"why": why})
    assert sign(name).post(f"/ledger/{made}/verification", WHY).status_code == 409
    assert api("lin").get(f"ledger-entries/{made}")["verified_by_id"] is None


@pytest.mark.parametrize(("name", "why"), [("chen", "squad"), ("sun", "owner")])
def test_an_entry_of_a_use_case_alone_is_as_near_to_those_who_deliver_it(
    world: World, api: Call, sign: Sign, name: str, why: str
) -> None:
    project = factory.project(world)
    case = api("lin").get(f"projects/{project.id}")["use_case_ids"][0]
    made = factory.entry(api("lin"), None, use_case_id=case)["id"]
    allow(world, "chen", "sun")
    answer = api(name)("POST", f"ledger-entries/{made}/verification", WHY)
    assert (code_of(answer), answer.get_json()["facts"]) == ((409, "entry.own_verification"), {"why": why})
    assert f"/ledger/{made}" not in sign(name).get("/").get_data(as_text=True)
    assert f"/ledger/{made}" in sign("qian").get("/").get_data(as_text=True)


def test_two_verifications_at_once_are_one(world: World, api: Call, sign: Sign) -> None:
    project, zhou = factory.project(world).id, sign("zhou")
    allow(world, "zhou")
    for turn in range(ROUNDS):
        made = factory.entry(api("lin"), project)["id"]
        by_page = press(zhou, f"/ledger/{made}/verification", **WHY, amount="900")
        statuses = either_way(turn, call(api("qian"), "POST", f"ledger-entries/{made}/verification", WHY), by_page)
        assert statuses in ((201, 409), (409, 303))
        shown = api("lin").get(f"ledger-entries/{made}")["verified_amount"]
        assert shown == ("1000.00" if statuses[0] == 201 else "900.00")


def test_what_is_reversed_is_not_verified_beside_it(world: World, api: Call) -> None:
    project = factory.project(world).id
    for turn in range(ROUNDS):
        made = factory.entry(api("lin"), project)["id"]
        verify = call(api("qian"), "POST", f"ledger-entries/{made}/verification", WHY)
        reverse = call(api("lin"), "POST", f"ledger-entries/{made}/reversal", {"reason": "wrong month"})
        assert either_way(turn, verify, reverse) in ((201, 201), (409, 201))
    verified = api("lin").get(f"projects/{project}/roi")["financial"]["verified"]
    assert verified["benefits"] == "0.00"
