"""Correcting: a counter-entry and the right one in one step, and the three told together."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from backlog.kernel.database import session
from backlog.ledger import queries
from tests.ledger import factory
from tests.ledger.test_chain import run
from tests.world import Call, Sign, World

RIGHT = {
    "dimension": "financial",
    "kind": "benefit",
    "basis": "measured",
    "amount": "100.00",
    "realisation": "cash",
    "from": "2026-01-15",
    "reason": "typed a zero too many",
}


@pytest.fixture
def made(world: World, api: Call) -> dict[str, object]:
    """An entry that is wrong."""
    found: dict[str, object] = factory.entry(api("lin"), factory.project(world).id)
    return found


def correct(api: Call, name: str, made: dict[str, object], **more: object) -> object:
    body = {**RIGHT, "project_id": made["project_id"], **more}
    return api(name)("POST", f"ledger-entries/{made['id']}/correction", body)


def test_it_leaves_three_that_name_each_other(api: Call, made) -> None:
    new = correct(api, "wu", made).get_json()
    old = api("sun").get(f"ledger-entries/{made['id']}")
    back = api("sun").get(f"ledger-entries/{old['reversed_by_id']}")
    assert (new["amount"], new["corrects_id"], old["corrected_by_id"]) == ("100.00", made["id"], new["id"])
    assert (back["amount"], back["note"]) == ("-1000.00", "typed a zero too many")
    roi = api("sun").get(f"projects/{made['project_id']}/roi")["financial"]["measured"]
    assert (roi["benefits"], roi["entry_ids"]) == ("100.00", [new["id"]])


def test_each_of_the_three_shows_all_three(api: Call, made, sign: Sign) -> None:
    new = correct(api, "lin", made).get_json()
    ids = [made["id"], api("sun").get(f"ledger-entries/{made['id']}")["reversed_by_id"], new["id"]]
    for each in ids:
        page = sign("sun").get(f"/ledger/{each}").get_data(as_text=True)
        assert "Corrected: the three together" in page
        assert all(f'href="/ledger/{other}"' in page for other in ids if other != each)


@pytest.mark.parametrize(("field", "value"), [("amount", "0"), ("reason", " "), ("from", "soon"), ("corrects_id", 1)])
def test_what_is_wrong_leaves_the_old_one_standing(api: Call, made, field: str, value: object) -> None:
    answer = correct(api, "lin", made, **{field: value})
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])
    assert [each["id"] for each in api("sun").get("ledger-entries")["data"]] == [made["id"]]


def test_strangers_may_not_and_nobody_twice(api: Call, made) -> None:
    assert correct(api, "sun", made).status_code == 403
    assert correct(api, "he", made).status_code == 403
    assert correct(api, "lin", made).status_code == 201
    assert correct(api, "lin", made).get_json()["code"] == "entry.already_reversed"


def test_of_two_at_once_one_stands(api: Call, made) -> None:
    session.remove()
    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(answer.status_code for answer in pool.map(lambda n: correct(api, n, made), ("lin", "wu")))
    assert statuses == [201, 409]
    assert len(api("sun").get("ledger-entries")["data"]) == 3


def test_which_one_it_replaces_is_part_of_the_chain(api: Call, made) -> None:
    correct(api, "lin", made)
    assert queries.verify_chain() == (3, None)
    run("UPDATE ledger_entries SET corrects_id = NULL WHERE position = 3")
    assert queries.verify_chain() == (3, "link 3 (changed)")
