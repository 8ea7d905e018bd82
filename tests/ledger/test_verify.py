"""Verifying: never by recorder, squad or business owner (R10), once, and only measured benefits."""

import pytest

from backlog.kernel.database import session
from backlog.usecases.models import UseCase
from tests.ledger import factory
from tests.world import Call, World

WHY = {"evidence": "bank statement 2026-01"}


def allow(world: World, *names: str) -> None:
    for name in names:
        world.person(name).may_verify = True
    session.commit()


@pytest.mark.parametrize("name", ["he", "zhao", "wu", "sun"])
def test_without_the_right_it_is_forbidden(world: World, api: Call, name) -> None:
    made = factory.entry(api("lin"), factory.project(world).id)
    assert api(name)("POST", f"ledger-entries/{made['id']}/verification", WHY).status_code == 403


@pytest.mark.parametrize(("name", "why"), [("lin", "recorder"), ("chen", "squad"), ("sun", "owner")])
def test_recorder_squad_and_owner_are_refused_even_with_the_right(world: World, api: Call, name, why) -> None:
    made = factory.entry(api("lin"), factory.project(world).id)
    allow(world, "lin", "chen", "sun")
    answer = api(name)("POST", f"ledger-entries/{made['id']}/verification", WHY)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "entry.own_verification")
    assert answer.get_json()["facts"] == {"why": why}
    assert api("lin").get(f"ledger-entries/{made['id']}")["verified_by_id"] is None


def test_the_owner_of_its_use_case_is_refused_too(world: World, api: Call) -> None:
    case = factory.use_case(world, business_owner_id=world.ids["qian"])
    made = factory.entry(api("lin"), factory.project(world).id, use_case_id=case.id)
    assert api("qian")("POST", f"ledger-entries/{made['id']}/verification", WHY).status_code == 409


@pytest.mark.parametrize(
    "more", [{"kind": "cost"}, {"kind": "funding"}, {"basis": "estimated"}], ids=["cost", "funding", "estimated"]
)
def test_only_a_measured_benefit_is_verified(world: World, api: Call, more) -> None:
    made = factory.entry(api("lin"), factory.project(world).id, **more)
    answer = api("qian")("POST", f"ledger-entries/{made['id']}/verification", WHY)
    assert answer.get_json()["code"] == "entry.not_verifiable"


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "evidence"), ({"evidence": "  "}, "evidence"), ({**WHY, "amount": "1000.01"}, "amount")],
)
def test_it_needs_evidence_and_never_raises_an_amount(world: World, api: Call, body, field) -> None:
    made = factory.entry(api("lin"), factory.project(world).id)
    answer = api("qian")("POST", f"ledger-entries/{made['id']}/verification", body)
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])


def test_a_reduced_amount_is_what_counts_as_verified(world: World, api: Call) -> None:
    project = factory.project(world)
    made = factory.entry(api("lin"), project.id)
    seen = api("qian").make(f"ledger-entries/{made['id']}/verification", {**WHY, "amount": "600.00"})
    assert (seen["amount"], seen["verified_amount"], seen["verified_by_id"]) == ("1000.00", "600.00", world.ids["qian"])
    columns = api("sun").get(f"projects/{project.id}/roi")["financial"]
    assert (columns["measured"]["benefits"], columns["verified"]["benefits"]) == ("1000.00", "600.00")


def test_once_verified_or_taken_back_it_is_not_verified_again(world: World, api: Call) -> None:
    project = factory.project(world)
    one, two = factory.entry(api("lin"), project.id), factory.entry(api("lin"), project.id)
    api("qian").make(f"ledger-entries/{one['id']}/verification", WHY)
    api("lin").make(f"ledger-entries/{two['id']}/reversal", {"reason": "typed twice"})
    codes = [
        api("qian")("POST", f"ledger-entries/{each['id']}/verification", WHY).get_json()["code"] for each in (one, two)
    ]
    assert codes == ["entry.already_verified", "entry.already_reversed"]


def test_a_delivered_use_case_with_a_verified_benefit_is_measured(world: World, api: Call) -> None:
    case = factory.use_case(world)
    made = factory.entry(api("lin"), factory.project(world).id, use_case_id=case.id)
    api("qian").make(f"ledger-entries/{made['id']}/verification", WHY)
    found = session.get(UseCase, case.id)
    assert found is not None
    assert found.status == "measured"
