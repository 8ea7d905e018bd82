"""The risk and compliance sheet: who says so and when, asked for before ready at every door."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from backlog.kernel.database import session
from backlog.kernel.refusal import Refusal
from backlog.usecases import actions, queries
from backlog.usecases.models import RISK_TOPICS, UseCase
from tests.usecases.factory import NO_RISK, make_ready, make_use_case
from tests.world import Call, Sign, World

MASKED = {"answer": "yes", "mitigation": "脱敏后入库"}


@pytest.fixture
def case(world: World) -> UseCase:
    """Proposed by zhao, owned by sun."""
    made = make_use_case(world.person("zhao"), business_owner_id=world.ids["sun"])
    session.commit()
    return made


def test_nothing_is_ready_before_each_topic_is_settled(world: World, case: UseCase, api: Call, sign: Sign) -> None:
    path, code = f"use-cases/{case.id}", case.code
    refused = api("lin")("POST", f"{path}/status", {"status": "ready"})
    assert (refused.status_code, refused.get_json()["code"]) == (409, "use_case.risks_open")
    assert refused.get_json()["facts"]["missing"] == list(RISK_TOPICS)
    page = sign("lin").post(f"/use-cases/{code}/status", {"status": "ready"})
    assert (page.status_code, "Decisions about people" in page.get_data(as_text=True)) == (409, True)
    with pytest.raises(Refusal, match=r"use_case\.risks_open"):
        actions.set_status(
            world.person("lin"), queries.find_use_case(world.person("lin"), code) or case, status="ready"
        )


@pytest.mark.parametrize(
    "open_answer", [{"answer": "unknown"}, {"answer": "yes"}, {"answer": "yes", "mitigation": "  "}]
)
def test_unknown_and_a_yes_without_an_answer_to_it_stay_open(
    case: UseCase, api: Call, open_answer: dict[str, str]
) -> None:
    path = f"use-cases/{case.id}"
    api("lin").make(f"{path}/risks", {**NO_RISK, "data_licence": open_answer})
    answer = api("lin")("POST", f"{path}/status", {"status": "ready"})
    assert answer.get_json()["facts"]["missing"] == ["data_licence"]
    api("lin").make(f"{path}/risks", {"data_licence": MASKED})
    assert api("lin").make(f"{path}/status", {"status": "ready"})["status"] == "ready"


def test_who_says_so_and_when_stays_readable(world: World, case: UseCase, api: Call, sign: Sign) -> None:
    path, code = f"use-cases/{case.id}", case.code
    api("wu").make(f"{path}/risks", {"personal_data": {"answer": "unknown"}})
    sheet = api("sun").make(f"{path}/risks", {"personal_data": MASKED})
    said = sheet["personal_data"]
    assert (said["answer"], said["mitigation"], said["said_by_id"]) == ("yes", "脱敏后入库", world.ids["sun"])
    assert said["said_at"].endswith("Z")
    assert sheet["open"] == ["decisions_about_people", "data_leaving_company", "data_licence"]
    assert [row.by_id for row in queries.risk_history(case)] == [world.ids["sun"], world.ids["wu"]]
    page = sign("wu").get(f"/use-cases/{code}/risks").get_data(as_text=True)
    assert "吴凡" in page and "孙萌" in page and "Personal data: not known yet" in page


def test_whose_matter_it_is_may_answer_and_a_stranger_may_not(case: UseCase, api: Call, sign: Sign) -> None:
    path, code = f"use-cases/{case.id}/risks", case.code
    statuses = {
        name: api(name)("POST", path, {"personal_data": MASKED}).status_code for name in ("zhao", "sun", "he", "qian")
    }
    assert statuses == {"zhao": 200, "sun": 200, "he": 200, "qian": 403}
    assert sign("qian").get(f"/use-cases/{code}/risks").status_code == 403


def test_the_same_answer_again_is_not_said_again(world: World, case: UseCase) -> None:
    lin = world.person("lin")
    assert len(actions.answer_risks(lin, case, answers=NO_RISK)) == 4
    assert actions.answer_risks(world.person("wu"), case, answers=NO_RISK) == []
    assert {row.by_id for row in queries.risk_history(case)} == {lin.id}


def test_an_answer_is_never_changed_afterwards(world: World, case: UseCase) -> None:
    actions.answer_risks(world.person("lin"), case, answers=NO_RISK)
    for statement in ("UPDATE risk_answers SET answer = 'yes'", "DELETE FROM risk_answers"):
        with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
            session.execute(text(statement))


def test_a_page_begun_before_somebody_elses_answer_overwrites_nothing(case: UseCase, api: Call, sign: Sign) -> None:
    lin, path = sign("lin"), f"/use-cases/{case.code}/risks"
    version = lin.get(path).get_data(as_text=True).split('name="version"')[1].split('value="')[1].split('"')[0]
    api("wu").make(f"use-cases/{case.id}/risks", {"personal_data": MASKED})
    assert lin.post(path, {"version": version, "personal_data_answer": "no"}).status_code == 412
    assert queries.risk_sheet(case)["personal_data"].answer == "yes"


def test_the_sheet_comes_and_goes_with_the_use_case(case: UseCase, api: Call) -> None:
    path = f"use-cases/{case.id}"
    changed = api("lin").edit(path, {"risks": {"note": "另有行业规定", "data_licence": MASKED}}).get_json()
    assert (changed["risks"]["note"], changed["risks"]["data_licence"]["mitigation"]) == ("另有行业规定", "脱敏后入库")
    assert api("lin").edit(path, {"risks": "只有一句话"}).get_json()["risks"]["note"] == "只有一句话"
    made = api("lin").make("use-cases", {"title": "新", "risks": NO_RISK})
    assert api("lin").make(f"use-cases/{made['id']}/status", {"status": "ready"})["status"] == "ready"


@pytest.mark.parametrize(
    ("sheet", "field"),
    [
        ({"personal_data": {"answer": "maybe"}}, "personal_data"),
        ({"personal_data": {"mitigation": "x"}}, "personal_data"),
        ({"personal_data": {"answer": "no", "mitigation": "x" * 2_001}}, "personal_data"),
        ({"personal_data": {"answer": "no", "said_by_id": 1}}, "personal_data"),
        ({"weather": {"answer": "no"}}, "weather"),
        ({"open": []}, "open"),
    ],
)
def test_a_wrong_sheet_is_refused_by_name(case: UseCase, api: Call, sheet: dict[str, object], field: str) -> None:
    answer = api("lin")("POST", f"use-cases/{case.id}/risks", sheet)
    assert answer.status_code == 422
    assert {name.split(".")[0] for name in answer.get_json()["errors"]} == {field}
    assert queries.risk_history(case) == []


def test_the_gate_shows_what_was_said(world: World, case: UseCase, api: Call, sign: Sign) -> None:
    make_ready(world.person("lin"), case)
    actions.answer_risks(world.person("wu"), case, answers={"data_leaving_company": MASKED})
    session.commit()
    body = {"key": "RISK", "name": "门槛", "use_case_ids": [case.id], "squad_id": world.squad_id}
    api("lin").make("projects", body)
    page = sign("zhao").get("/projects/RISK").get_data(as_text=True)
    assert "Data leaving the company" in page
    assert "脱敏后入库" in page
    assert "吴凡" in page
