"""R5: a project leaves draft only through its gate; what changes afterwards opens it again."""

from datetime import date
from typing import Any

import pytest

from backlog.kernel.database import session, writing
from backlog.kpis import actions as kpi_actions
from backlog.lighthouse import queries
from backlog.lighthouse.models import Project
from backlog.usecases.models import UseCase
from tests.kpis import factory as kpis
from tests.lighthouse.factory import project, ready, started
from tests.world import Call, Sign, World

ALL = ["impact_confirmation", "due_date", "data_readiness", "kpi"]


def missing(api: Call, of: Project) -> list[str]:
    gate = api("qian").get(f"projects/{of.id}/gate")
    return [code for lamp in gate["criteria"] for code in lamp["missing"]]


def test_an_empty_draft_lacks_everything_and_cannot_start(world: World, api: Call) -> None:
    made = project(world, starts_on=None, due_on=None)
    answer = api("lin")("POST", f"projects/{made.id}/start", {"reason": "go"})
    assert (answer.status_code, answer.json["code"], answer.json["facts"]) == (409, "gate.closed", {"missing": ALL})
    assert api("lin").get(f"projects/{made.id}")["status"] == "draft"


def test_the_page_refuses_as_the_api_does(world: World, sign: Sign) -> None:
    made = project(world, starts_on=None, due_on=None)
    answer = sign("lin").post(f"/projects/{made.key}/start", {"reason": "go"})
    assert answer.status_code == 409
    assert "a due date" in answer.get_data(as_text=True)
    assert session.get_one(Project, made.id, populate_existing=True).status == "draft"


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"due_on": None}, ["due_date"]),
        ({"due_on": date(2027, 2, 3)}, ["due_within_3_months"]),
        ({"starts_on": None}, ["due_within_3_months"]),
        ({"use_case_ids": []}, ["data_readiness", "kpi"]),
    ],
)
def test_each_lack_closes_the_gate(world: World, api: Call, change: dict[str, Any], lacks: list[str]) -> None:
    made = ready(world)
    assert api("qian").get(f"projects/{made.id}/gate")["open"] is True
    plain = {name: str(value) if isinstance(value, date) else value for name, value in change.items()}
    assert api("lin").edit(f"projects/{made.id}", plain).status_code == 200
    assert missing(api, made) == lacks
    assert api("lin")("POST", f"projects/{made.id}/start", {}).json["facts"]["missing"] == lacks


def test_data_readiness_is_asked_of_every_use_case(world: World, api: Call) -> None:
    made = ready(world)
    more = kpis.use_case(world, data_readiness="")
    api("lin").edit(f"projects/{made.id}", {"use_case_ids": [*queries.use_case_ids_of(made), more.id]})
    assert missing(api, made) == ["data_readiness"]


def test_a_target_and_an_agreed_baseline_are_asked_of_one_kpi(world: World, api: Call) -> None:
    case = kpis.use_case(world)
    made = project(world, use_case_ids=[case.id])
    found = kpis.measured(world, kpis.kpi(world, use_case_id=case.id))
    assert missing(api, made) == ["impact_confirmation", "agreed_baseline", "target"]
    with writing():
        window = {"from_on": kpis.MONDAY, "until_on": date(2026, 3, 23)}
        kpi_actions.set_baseline(world.person("lin"), found, kind="measured", **window)
        session.commit()
    assert "agreed_baseline" in missing(api, made)
    api("zhao").make(f"kpis/{found.id}/baseline/agreement", {})
    assert missing(api, made) == ["impact_confirmation", "target"]


def test_a_target_changed_before_the_start_is_agreed_anew(world: World, api: Call) -> None:
    made = ready(world)
    found = queries.kpis_of(None, made)[0]
    api("lin").edit(f"kpis/{found.id}", {"target": 11.9})
    assert missing(api, made) == ["agreed_baseline"]
    api("zhao").make(f"kpis/{found.id}/baseline/agreement", {})
    assert missing(api, made) == []


def test_everyday_work_needs_no_gate(world: World, api: Call) -> None:
    made = project(world, "OPS", kind="everyday", due_on=None)
    gate = api("qian").get(f"projects/{made.id}/gate")
    assert (gate["open"], gate["criteria"]) == (True, [])
    assert api("lin").make(f"projects/{made.id}/start", {})["status"] == "running"
    answer = api("lin").edit(f"projects/{made.id}", {"kind": "lighthouse"})
    assert (answer.status_code, answer.json["code"]) == (409, "project.kind_fixed")


def test_the_start_keeps_what_was_agreed(world: World) -> None:
    made = started(world)
    agreed = queries.agreed_content_of(made)
    assert agreed is not None
    assert agreed["due_on"] == "2027-01-29"
    assert agreed["kpis"]["KPI-1"]["target"] == 9.6


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"target": 11}, "target"),
        ({"counting": "without weekends"}, "counting"),
        ({"evaluate_on": "2027-05-01"}, "evaluate_on"),
    ],
)
def test_agreed_content_that_changes_opens_the_gate_again(
    world: World, api: Call, change: dict[str, Any], what: str
) -> None:
    made = started(world)
    found = queries.kpis_of(None, made)[0]
    api("lin").edit(f"kpis/{found.id}", change)
    gate = api("qian").get(f"projects/{made.id}/gate")
    assert (gate["open"], gate["reopened_by"]) == (False, [what])
    api("zhao").make(f"kpis/{found.id}/baseline/agreement", {})
    assert api("qian").get(f"projects/{made.id}/gate")["open"] is True


@pytest.mark.parametrize("change", [{"target": 11}, {"evaluate_on": "2027-05-01"}])
def test_words_and_lamp_agree_on_what_waits_to_be_agreed_again(
    world: World, api: Call, sign: Sign, change: dict[str, Any]
) -> None:
    made = started(world)
    found = queries.kpis_of(None, made)[0]
    api("lin").edit(f"kpis/{found.id}", change)
    page = sign("zhao").get(f"/projects/{made.key}").get_data(as_text=True)
    assert "KPI, baseline and target are settled" not in page
    assert "What was agreed about the KPIs has changed since" in page
    assert f"/kpis/{found.code}/baseline/agreement" in page
    api("zhao").make(f"kpis/{found.id}/baseline/agreement", {})
    assert "are settled" in sign("zhao").get(f"/projects/{made.key}").get_data(as_text=True)


def test_changed_back_nothing_is_open(world: World, api: Call) -> None:
    made = started(world)
    found = queries.kpis_of(None, made)[0]
    api("lin").edit(f"kpis/{found.id}", {"target": 11})
    api("lin").edit(f"kpis/{found.id}", {"target": 9.6})
    assert api("qian").get(f"projects/{made.id}/gate")["reopened_by"] == []


def test_a_new_baseline_version_opens_the_gate_again(world: World, api: Call) -> None:
    made = started(world)
    found = queries.kpis_of(None, made)[0]
    body = {"kind": "declared", "mean": 12, "evidence": "x", "new_version": True, "reason": "y"}
    api("lin").make(f"kpis/{found.id}/baseline", body)
    gate = api("qian").get(f"projects/{made.id}/gate")
    assert (gate["open"], gate["reopened_by"], missing(api, made)) == (False, ["baseline_version"], ["agreed_baseline"])
    api("zhao").make(f"kpis/{found.id}/baseline/agreement", {})
    assert api("qian").get(f"projects/{made.id}/gate")["open"] is True


def test_another_due_date_is_agreed_by_the_owner_again(world: World, api: Call) -> None:
    made = started(world)
    api("lin").edit(f"projects/{made.id}", {"due_on": "2027-01-30"})
    assert api("qian").get(f"projects/{made.id}/gate")["reopened_by"] == ["due_on"]
    api("zhao")("PUT", f"projects/{made.id}/impact-confirmation", {"statement": "still"})
    assert api("qian").get(f"projects/{made.id}/gate")["open"] is True
    codes = [fact["code"] for fact in api("qian").get(f"facts?subject_type=project&subject_id={made.id}")["data"]]
    assert codes.count("project.agreed_again") == 1


def test_one_owners_word_does_not_stand_for_anothers(world: World, api: Call) -> None:
    made = started(world)
    found = queries.kpis_of(None, made)[0]
    api("lin").edit(f"kpis/{found.id}", {"target": 11})
    api("zhao")("PUT", f"projects/{made.id}/impact-confirmation", {})
    assert api("qian").get(f"projects/{made.id}/gate")["reopened_by"] == ["target"]


def test_starting_lets_the_use_cases_follow(world: World, api: Call) -> None:
    made = ready(world)
    case = session.get_one(UseCase, queries.use_case_ids_of(made)[0])
    steps = [case.status]
    for verb in ("start", "deliver"):
        api("lin").make(f"projects/{made.id}/{verb}", {"reason": "x"})
        session.refresh(case)
        steps.append(case.status)
    assert steps == ["selected", "delivering", "delivered"]


def test_a_gate_without_a_guardrail_says_so(world: World, api: Call) -> None:
    made = ready(world)
    assert api("qian").get(f"projects/{made.id}/gate")["has_guardrail"] is False
    kpis.kpi(world, use_case_id=queries.use_case_ids_of(made)[0], kpi_role="guardrail")
    assert api("qian").get(f"projects/{made.id}/gate")["has_guardrail"] is True
