"""Taking an entry back: a counter-entry, once."""

import pytest

from tests.ledger import factory
from tests.world import Call, World


def test_a_reversal_carries_the_negative_amount_and_the_reason(world: World, api: Call) -> None:
    made = factory.entry(api("lin"), factory.project(world).id)
    back = api("wu").make(f"ledger-entries/{made['id']}/reversal", {"reason": "typed twice"})
    assert (back["amount"], back["kind"], back["reverses_id"], back["note"]) == (
        "-1000.00",
        "benefit",
        made["id"],
        "typed twice",
    )
    assert api("sun").get(f"ledger-entries/{made['id']}")["reversed_by_id"] == back["id"]


def test_twice_is_refused_and_so_is_reversing_a_reversal(world: World, api: Call) -> None:
    made = factory.entry(api("lin"), factory.project(world).id)
    path = f"ledger-entries/{made['id']}/reversal"
    back = api("lin").make(path, {"reason": "typed twice"})
    assert api("lin")("POST", path, {"reason": "again"}).get_json()["code"] == "entry.already_reversed"
    answer = api("lin")("POST", f"ledger-entries/{back['id']}/reversal", {"reason": "back"})
    assert answer.get_json()["code"] == "entry.is_reversal"


@pytest.mark.parametrize("body", [{}, {"reason": " "}, {"reason": "x" * 2001}])
def test_it_needs_a_reason(world: World, api: Call, body) -> None:
    made = factory.entry(api("lin"), factory.project(world).id)
    assert api("lin")("POST", f"ledger-entries/{made['id']}/reversal", body).status_code == 422


@pytest.mark.parametrize("name", ["sun", "qian", "he"])
def test_others_may_not(world: World, api: Call, name) -> None:
    made = factory.entry(api("lin"), factory.project(world).id)
    assert api(name)("POST", f"ledger-entries/{made['id']}/reversal", {"reason": "no"}).status_code == 403


def test_what_was_taken_back_is_in_no_figure(world: World, api: Call) -> None:
    project = factory.project(world)
    made = factory.chat(api("lin"), project.id)
    for each in made:
        api("lin").make(f"ledger-entries/{each['id']}/reversal", {"reason": "wrong project"})
    roi = api("sun").get(f"projects/{project.id}/roi?window=12")
    assert (roi["financial"]["measured"]["benefits"], roi["financial"]["measured"]["entry_ids"]) == ("0.00", [])
