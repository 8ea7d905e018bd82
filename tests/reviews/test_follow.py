"""What a decision still asks for: stopping asks about open items, scaling proposes the next use case."""

import pytest

from tests.ledger import factory as ledger
from tests.reviews import factory
from tests.world import Call, Sign, World


def decide(api: Call, review_id: int, decision: str) -> None:
    api("lin").make(f"reviews/{review_id}/decisions", {"decision": decision, "reason": "因为"})


def page(sign: Sign, review_id: int, name: str = "lin") -> str:
    found: str = sign(name).get(f"/reviews/{review_id}").get_data(as_text=True)
    return found.partition('id="decision"')[2]


def test_stopping_names_what_is_open_and_leads_to_the_step(world: World, api: Call, sign: Sign) -> None:
    held = factory.held(world, api)
    decide(api, held.review_id, "stop")
    shown = page(sign, held.review_id)
    assert "1 item is not done" in shown
    assert 'href="/items/AIQC-2"' in shown
    assert 'href="/projects/AIQC#next-step"' in shown
    assert 'href="/projects/AIQC#next-step"' not in page(sign, held.review_id, "sun")
    gate = sign("lin").get("/projects/AIQC").get_data(as_text=True)
    assert "1 item is not done." in gate


@pytest.mark.parametrize("door", ["page", "api"])
@pytest.mark.parametrize(("choice", "left"), [("keep", 1), ("archive", 0)])
def test_open_items_stay_or_are_archived(
    world: World, api: Call, sign: Sign, choice: str, left: int, door: str
) -> None:
    held = factory.held(world, api)
    values = {"reason": "不值", "open_items": choice}
    if door == "page":
        assert sign("lin").post("/projects/AIQC/stop", values).status_code == 303
    else:
        assert api("lin")("POST", f"projects/{held.project_id}/stop", values).status_code == 200
    rows = api("lin").get(f"items?project_id={held.project_id}")["data"]
    assert (len([each for each in rows if each["done_at"] is None]), len(rows)) == (left, left + 1)


def test_an_unknown_choice_stops_nothing(world: World, api: Call) -> None:
    held = factory.held(world, api)
    answer = api("lin")("POST", f"projects/{held.project_id}/stop", {"reason": "不值", "open_items": "burn"})
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["open_items"])
    assert api("lin").get(f"projects/{held.project_id}")["status"] == "running"


def test_scaling_proposes_the_next_use_case(world: World, api: Call, sign: Sign) -> None:
    project = ledger.project(world, status="delivered")
    ledger.use_case(world, title="下一个", status="ready")
    review = api("lin").make("reviews", {"project_id": project.id})["id"]
    decide(api, review, "scale")
    shown = page(sign, review)
    assert "No use case waits in the ranking." in shown
    case = next(each for each in api("lin").get("use-cases")["data"] if each["title"] == "下一个")
    points = {"low": "100000", "likely": "200000", "high": "300000"}
    weeks = {"low": 1, "likely": 2, "high": 3}
    body = {"annual_benefit": points, "one_off_cost": points, "annual_running_cost": points, "effort_weeks": weeks}
    marks = {"success_probability": 0.8, "months_to_value": 2, "impact": 4, "feasibility": 4, "measurability": 4}
    api("lin").make(f"use-cases/{case['id']}/estimates", {**body, **marks})
    shown = page(sign, review)
    assert f'href="/use-cases/{case["code"]}"' in shown
    assert "/use-cases/new?title=" in shown
    assert 'href="/projects/CHAT#next-step"' in shown


def test_what_went_on_asks_for_nothing(world: World, api: Call, sign: Sign) -> None:
    held = factory.held(world, api)
    decide(api, held.review_id, "stop")
    decide(api, held.review_id, "continue")
    assert "It was decided to stop" not in page(sign, held.review_id)
