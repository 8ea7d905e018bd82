"""R5: a project leaves draft only through its gate; what changes beside its start opens the gate again."""

from typing import Any

from backlog.lighthouse.models import Project
from tests.invariants.races import call, code_of, either_way, press
from tests.kpis import factory as kpis
from tests.lighthouse.factory import project, ready
from tests.world import Call, Sign, World

ROUNDS = 4
CLOSED = (409, "gate.closed")


def status(api: Call, of: Project) -> tuple[str, bool]:
    return api("lin").get(f"projects/{of.id}")["status"], api("lin").get(f"projects/{of.id}/gate")["open"]


def start(api: Call, of: Project) -> Any:
    return call(api("lin"), "POST", f"projects/{of.id}/start", {})


def test_a_closed_gate_refuses_api_and_page(world: World, api: Call, sign: Sign) -> None:
    made = project(world)
    answer = start(api, made)()
    assert (code_of(answer), "kpi" in answer.get_json()["facts"]["missing"]) == (CLOSED, True)
    assert sign("lin").post(f"/projects/{made.key}/start", {"reason": "go"}).status_code == 409
    assert status(api, made) == ("draft", False)


def test_no_edit_and_no_later_step_leaves_draft(world: World, api: Call) -> None:
    made = project(world)
    assert api("lin").edit(f"projects/{made.id}", {"status": "running"}).status_code == 422
    for step in ("deliver", "scale"):
        assert api("lin")("POST", f"projects/{made.id}/{step}", {}).status_code == 409
    assert status(api, made)[0] == "draft"


def test_two_starts_at_once_write_one_step_and_one_promise(world: World, api: Call, sign: Sign) -> None:
    lin = sign("lin")
    for turn in range(ROUNDS):
        made = ready(world, f"R{turn}")
        statuses = either_way(turn, start(api, made), press(lin, f"/projects/{made.key}/start"))
        assert statuses in ((200, 409), (409, 303))
        facts = api("lin").get(f"facts?subject_type=project&subject_id={made.id}")["data"]
        assert [fact["code"] for fact in facts].count("project.started") == 1


def test_a_start_beside_the_withdrawal_of_the_owners_word(world: World, api: Call) -> None:
    for turn in range(ROUNDS):
        made = ready(world, f"R{turn}")
        withdraw = call(api("zhao"), "DELETE", f"projects/{made.id}/impact-confirmation")
        statuses = either_way(turn, start(api, made), withdraw)
        assert statuses in ((200, 204), (409, 204))
        assert (status(api, made)[0] == "running") == (statuses[0] == 200)


def test_a_start_beside_a_change_of_how_is_counted_never_agrees_to_what_nobody_saw(world: World, api: Call) -> None:
    for turn in range(ROUNDS):
        made = ready(world, f"R{turn}")
        kpi = _kpi_of(api, made)
        tag = api("lin")("GET", f"kpis/{kpi}").headers["ETag"]
        change = call(api("lin"), "PATCH", f"kpis/{kpi}", {"counting": "二次误检", "target": 5}, If_Match=tag)
        statuses = either_way(turn, start(api, made), change)
        assert statuses in ((200, 200), (409, 200))
        assert status(api, made) == ("running" if statuses[0] == 200 else "draft", False)


def _kpi_of(api: Call, of: Project) -> int:
    case = api("lin").get(f"projects/{of.id}")["use_case_ids"][0]
    found: int = api("lin").get(f"kpis?use_case_id={case}")["data"][0]["id"]
    return found


def test_two_kpis_agreed_again_at_once_are_both_agreed(world: World, api: Call) -> None:
    for turn in range(ROUNDS):
        made = ready(world, f"R{turn}")
        case = api("lin").get(f"projects/{made.id}")["use_case_ids"][0]
        kpis.agreed(world, kpis.kpi(world, use_case_id=case, name="漏检率", target=1))
        assert start(api, made)().status_code == 200
        both = [each["id"] for each in api("lin").get(f"kpis?use_case_id={case}")["data"]]
        for each in both:
            assert api("lin").edit(f"kpis/{each}", {"counting": "二次误检"}).status_code == 200
        assert status(api, made) == ("running", False)
        acts = [call(api("zhao"), "POST", f"kpis/{each}/baseline/agreement", {}) for each in both]
        assert set(either_way(turn, *acts)) <= {200, 201}
        assert status(api, made) == ("running", True)
