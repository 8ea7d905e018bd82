"""/ledger and its entries: list, record, verify, take back, correct, share out."""

import re

import pytest

from tests.ledger import factory
from tests.world import Call, Sign, World

NEW = {
    "dimension": "financial",
    "kind": "benefit",
    "basis": "measured",
    "amount": "2万",
    "recurrence": "once",
    "realisation": "cash",
    "from_on": "2026-01-15",
}


def text_of(answer) -> str:
    return answer.get_data(as_text=True)


def test_the_list_sums_by_basis_and_narrows(world: World, sign: Sign, api: Call) -> None:
    one, two = factory.project(world), factory.project(world, key="HIRE")
    made = factory.chat(api("lin"), one.id)
    factory.entry(api("lin"), two.id, basis="estimated", amount="7.00")
    api("qian").make(f"ledger-entries/{made[2]['id']}/verification", {"evidence": "payroll", "amount": "180000.00"})
    text = text_of(sign("sun").get("/ledger"))
    for words in ("Cost ¥80,000<", "Cost ¥2,500 a month", "Benefit ¥200,000 a year", "¥180,000 a year"):
        assert words in text
    assert text.count("data-row-link") == 4
    for query, count in {
        "project=HIRE": 1,
        "kind=cost": 2,
        "basis=estimated": 1,
        "waiting=1": 0,
        "dimension=strategic": 0,
        "project=NOPE&kind=nonsense&before=x": 4,
    }.items():
        assert text_of(sign("sun").get(f"/ledger?{query}")).count("data-row-link") == count, query


def test_the_list_goes_on_by_page(world: World, sign: Sign, api: Call, monkeypatch) -> None:
    monkeypatch.setattr("backlog.ledger.pages.listing.SIZE", 2)
    factory.chat(api("lin"), factory.project(world).id)
    text = text_of(sign("sun").get("/ledger"))
    following = re.search(r'rel="next" href="([^"]+)"', text)
    assert following
    assert text_of(sign("sun").get(following[1])).count("data-row-link") == 1


@pytest.mark.parametrize("dimension", ["financial", "operational", "strategic"])
def test_the_form_shows_the_fields_of_its_dimension(world: World, sign: Sign, dimension) -> None:
    factory.project(world)
    text = text_of(sign("wu").get(f"/ledger/new?project=CHAT&dimension={dimension}"))
    assert ('name="amount"' in text) == (dimension == "financial")
    assert ('name="metric"' in text) == (dimension != "financial")


def test_an_entry_is_recorded_through_the_form(world: World, sign: Sign, api: Call) -> None:
    project = factory.project(world)
    answer = sign("wu").post("/ledger/new?project=CHAT", {**NEW, "project_id": project.id})
    assert answer.status_code == 303
    assert api("wu").get("ledger-entries")["data"][0]["amount"] == "20000.00"
    body = {"dimension": "strategic", "metric": "认证", "value": "６", "from_on": "2026年5月1日", "basis": "measured"}
    answer = sign("lin").post("/ledger/new?dimension=strategic", body)
    assert answer.status_code == 303
    assert api("wu").get("ledger-entries")["data"][0]["value"] == 6


@pytest.mark.parametrize(
    "change",
    [{"amount": "viel"}, {"amount": "0"}, {"realisation": ""}, {"from_on": ""}, {"until_on": "2025-01-01"}],
)
def test_a_refused_form_keeps_what_was_typed(world: World, sign: Sign, change) -> None:
    project = factory.project(world)
    answer = sign("wu").post("/ledger/new?project=CHAT", {**NEW, "project_id": project.id, "note": "kept", **change})
    assert (answer.status_code, "kept" in text_of(answer)) == (422, True)


def test_who_may_not_record_gets_no_form(world: World, sign: Sign) -> None:
    project = factory.project(world)
    assert sign("sun").get("/ledger/new").status_code == 403
    assert sign("he").post("/ledger/new", {**NEW, "project_id": project.id}).status_code == 422


def test_the_page_of_an_entry_says_who_may_verify(world: World, sign: Sign, api: Call) -> None:
    made = factory.entry(api("lin"), factory.project(world).id)
    path = f"/ledger/{made['id']}"
    waiting = text_of(sign("wu").get(path))
    assert "Waiting for someone else to verify it: 钱程." in waiting
    assert f"{path}/verification" not in waiting
    assert "You recorded it, so someone else must verify it." in text_of(sign("lin").get(path))
    assert f"{path}/verification" in text_of(sign("qian").get(path))
    assert made["hash"] in waiting


def test_verifying_through_the_page(world: World, sign: Sign, api: Call) -> None:
    made = factory.entry(api("lin"), factory.project(world).id)
    path = f"/ledger/{made['id']}"
    assert sign("lin").post(f"{path}/verification", {"evidence": "mine"}).status_code == 409
    assert sign("wu").post(f"{path}/verification", {"evidence": "mine"}).status_code == 403
    assert sign("qian").post(f"{path}/verification", {"evidence": ""}).status_code == 422
    assert sign("qian").post(f"{path}/verification", {"evidence": "bank", "amount": "900"}).status_code == 303
    assert "Reduced from ¥1,000.00 to ¥900.00." in text_of(sign("sun").get(path))
    assert all("¥900.00" in text_of(sign("sun").get(each)).split("<h1>")[-1] for each in (path, "/ledger"))


def test_taking_back_through_the_page(world: World, sign: Sign, api: Call) -> None:
    made = factory.entry(api("lin"), factory.project(world).id)
    path = f"/ledger/{made['id']}"
    assert sign("wu").post(f"{path}/reversal", {"reason": ""}).status_code == 422
    assert sign("sun").post(f"{path}/reversal", {"reason": "no"}).status_code == 403
    assert sign("wu").post(f"{path}/reversal", {"reason": "typed twice"}).status_code == 303
    assert sign("wu").post(f"{path}/reversal", {"reason": "typed twice"}).status_code == 409
    assert "Taken back by entry" in text_of(sign("sun").get(path))


def test_correcting_is_a_counter_entry_and_a_new_one_or_nothing(world: World, sign: Sign, api: Call) -> None:
    project = factory.project(world)
    made = factory.entry(api("lin"), project.id, evidence="receipt 7")
    path = f"/ledger/{made['id']}/correction"
    assert "receipt 7" in text_of(sign("wu").get(path))
    body = {**NEW, "project_id": project.id, "reason": "typed a zero too many"}
    assert sign("wu").post(path, {**body, "amount": "0"}).status_code == 422
    assert len(api("sun").get("ledger-entries")["data"]) == 1
    assert sign("wu").post(path, {**body, "amount": "100"}).status_code == 303
    new, back, old = api("sun").get("ledger-entries")["data"]
    assert (new["amount"], back["amount"], old["reversed_by_id"]) == ("100.00", "-1000.00", back["id"])
    assert sign("sun").get(path).status_code == 403


def test_hidden_entries_have_no_page(world: World, sign: Sign, api: Call) -> None:
    made = factory.entry(api("lin"), factory.project(world, confidential=True).id)
    for path in (f"/ledger/{made['id']}", f"/ledger/{made['id']}/shares", f"/ledger/{made['id']}/correction"):
        assert sign("he").get(path).status_code == 404, path
    assert "data-row-link" not in text_of(sign("he").get("/ledger"))


@pytest.mark.parametrize("of", ["entry", "kpi"])
def test_sharing_out_through_the_page(world: World, sign: Sign, api: Call, of) -> None:
    project = factory.project(world)
    kpi, item = factory.kpi(world, project), factory.item(world, project)
    entry = factory.entry(api("lin"), project.id)
    path = f"/ledger/{entry['id']}/shares" if of == "entry" else f"/kpis/{kpi.code}/shares"
    assert sign("wu").post(path, {"item_id": item.id, "share_percent": "45"}).status_code == 303
    assert sign("wu").post(path, {"cause": "season", "share_percent": "30%"}).status_code == 303
    refused = sign("wu").post(path, {"cause": "luck", "share_percent": "25.01"})
    assert refused.status_code == 409
    for words in ("25%", "CHAT-1 小步 1 45%", "season (outer cause) 30%"):
        assert words in text_of(refused), words
    assert sign("sun").post(path, {"cause": "luck", "share_percent": "5"}).status_code == 403
    assert "Give the share" not in text_of(sign("sun").get(path))


def test_a_share_is_changed_given_back_and_taken_again(world: World, sign: Sign, api: Call) -> None:
    project = factory.project(world)
    entry, item = factory.entry(api("lin"), project.id), factory.item(world, project)
    made = api("wu").make("attributions", {"item_id": item.id, "ledger_entry_id": entry["id"], "share_percent": 45})
    change, body = f"/shares/{made['id']}/change", {"share_percent": "50", "version": "1"}
    assert sign("wu").post(change, body).status_code == 303
    assert sign("wu").post(change, body).status_code == 412
    assert sign("wu").post(change, {"share_percent": "101"}).status_code == 422
    assert sign("sun").post(f"/shares/{made['id']}/archive").status_code == 403
    assert sign("wu").post(f"/shares/{made['id']}/archive").status_code == 303
    assert "100% of it is unattributed" in text_of(sign("wu").get(f"/ledger/{entry['id']}/shares"))
    assert sign("wu").post(f"/shares/{made['id']}/restore").status_code == 303


def test_a_kpi_without_agreed_baseline_is_not_shared_out(world: World, sign: Sign) -> None:
    kpi = factory.kpi(world, factory.project(world), agreed=False)
    assert "Nothing can be shared out here" in text_of(sign("lin").get(f"/kpis/{kpi.code}/shares"))
    assert sign("lin").get("/kpis/UC-1/shares").status_code == 404
    assert sign("lin").get("/kpis/KPI-999/shares").status_code == 404
