"""Recording entries: what is refused, who may, and that nothing recorded is changed (R2)."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backlog.kernel import clock
from backlog.kernel.database import session
from tests.ledger import factory
from tests.world import Call, World

GOOD = {
    "dimension": "financial",
    "kind": "benefit",
    "amount": "1000.00",
    "realisation": "cash",
    "from": "2026-01-15",
}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-5.00"}, "amount"),
        ({"amount": "1.005"}, "amount"),
        ({"amount": None}, "amount"),
        ({"realisation": None}, "realisation"),
        ({"kind": None}, "kind"),
        ({"until": "2026-01-14"}, "until"),
        ({"until": "2026-02-15"}, "until"),
        ({"dimension": "strategic", "metric": "x", "value": 2}, "amount"),
        ({"dimension": "operational", "amount": None, "value": 2}, "metric"),
        ({"dimension": "operational", "amount": None, "metric": "hours"}, "value"),
        ({"project_id": None}, "project_id"),
        ({"project_id": 999_999}, "project_id"),
        ({"use_case_id": 999_999}, "use_case_id"),
        ({"kpi_id": 999_999}, "kpi_id"),
        ({"hash": "ab"}, "hash"),
        ({"recorded_by_id": 1}, "recorded_by_id"),
        ({"note": "x" * 20_001}, "note"),
    ],
)
def test_what_cannot_be_an_entry_is_refused_field_by_field(world: World, api: Call, change, field) -> None:
    project = factory.project(world)
    answer = api("lin")("POST", "ledger-entries", {**GOOD, "project_id": project.id, **change})
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, [field])
    assert api("lin").get("ledger-entries")["data"] == []


@pytest.mark.parametrize(("name", "status"), [("sun", 403), ("qian", 403), ("he", 403), ("wu", 201), ("zhou", 201)])
def test_managers_and_the_squad_record(world: World, api: Call, name, status) -> None:
    project = factory.project(world)
    assert api(name)("POST", "ledger-entries", {**GOOD, "project_id": project.id}).status_code == status


def test_an_entry_answers_with_its_place_in_the_chain(world: World, api: Call) -> None:
    project = factory.project(world)
    one, two = factory.entry(api("wu"), project.id), factory.entry(api("wu"), project.id)
    assert (one["previous_hash"], two["previous_hash"]) == ("", one["hash"])
    assert (one["recorded_by_id"], one["verified_by_id"], one["reversed_by_id"]) == (world.ids["wu"], None, None)
    assert api("sun").get(f"ledger-entries/{one['id']}")["amount"] == "1000.00"


def test_a_company_wide_strategic_value_needs_no_project(world: World, api: Call) -> None:
    body = {"dimension": "strategic", "metric": "认证人数", "unit": "人", "value": 6, "from": "2026-05-01"}
    assert api("wu")("POST", "ledger-entries", body).status_code == 403
    made = api("lin").make("ledger-entries", body)
    assert (made["project_id"], made["kind"], made["amount"]) == (None, "benefit", None)


def test_entries_of_a_confidential_project_do_not_exist_for_others(world: World, api: Call) -> None:
    project = factory.project(world, confidential=True)
    made = factory.entry(api("wu"), project.id)
    for name in ("he", "qian"):
        assert api(name)("GET", f"ledger-entries/{made['id']}").status_code == 404
        assert api(name).get("ledger-entries")["data"] == []
        assert api(name)("POST", f"ledger-entries/{made['id']}/reversal", {"reason": "x"}).status_code == 404
        assert api(name)("GET", f"projects/{project.id}/roi").status_code == 404
    errors = api("he")("POST", "ledger-entries", {**GOOD, "project_id": project.id}).get_json()["errors"]
    assert list(errors) == ["project_id"]
    assert len(api("sun").get("ledger-entries")["data"]) == 1


def test_restricted_evidence_shows_its_hash_only(world: World, api: Call) -> None:
    project = factory.project(world)
    made = factory.entry(api("wu"), project.id, evidence="salary list", evidence_restricted=True)
    path = f"ledger-entries/{made['id']}"
    assert {api(name).get(path)["evidence"] for name in ("wu", "qian")} == {"salary list"}
    assert api("chen").get(path)["evidence"].startswith("sha256:")
    assert api("zhou").get(path)["evidence"].startswith("sha256:")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entries SET amount = 1",
        "DELETE FROM ledger_entries",
        "UPDATE verifications SET amount = 1",
        "DELETE FROM verifications",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete(world: World, api: Call, statement) -> None:
    project = factory.project(world)
    made = factory.entry(api("wu"), project.id)
    api("qian").make(f"ledger-entries/{made['id']}/verification", {"evidence": "bank"})
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(statement))
    session.rollback()


def test_the_list_narrows(world: World, api: Call) -> None:
    one, two = factory.project(world), factory.project(world, key="HIRE")
    factory.chat(api("lin"), one.id)
    factory.entry(api("lin"), two.id, note="agency fees 100%")
    found = {
        f"project_id={two.id}": 1,
        "kind=cost": 2,
        "recurrence=yearly": 1,
        "realisation=cash": 2,
        "basis=estimated": 0,
        "q=100%25": 1,
        "q=AGENCY": 1,
        "page_size=3": 3,
    }
    assert {query: len(api("sun").get(f"ledger-entries?{query}")["data"]) for query in found} == found
    assert api("sun")("GET", "ledger-entries?colour=red").status_code == 422


def test_what_begins_in_the_future_was_not_measured(world: World, api: Call) -> None:
    made = factory.project(world)
    later = {"from": str(clock.today() + timedelta(days=2))}
    body = {"project_id": made.id, "dimension": "financial", "kind": "cost", "amount": "5.00", **later}
    answer = api("lin")("POST", "ledger-entries", body)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["from"])
    assert "begins in the future" in answer.json["errors"]["from"][0]
    assert api("lin")("POST", "ledger-entries", {**body, "basis": "estimated"}).status_code == 201
