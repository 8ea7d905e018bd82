"""The pages of a review tell what was promised, delivered, measured and decided."""

import re
from datetime import UTC, datetime

from backlog.kernel import clock
from tests.ledger import factory as ledger
from tests.reviews import factory
from tests.world import Call, Sign, World

NOVEMBER = datetime(2026, 11, 23, 4, tzinfo=UTC)


def text(answer: object) -> str:
    assert answer.status_code == 200, answer.status_code  # type: ignore[attr-defined]
    found: str = answer.get_data(as_text=True)  # type: ignore[attr-defined]
    return found


def test_a_review_shows_what_was_promised_and_what_was_not_delivered(world: World, api: Call, sign: Sign) -> None:
    held = factory.held(world, api)
    page = text(sign("sun").get(f"/reviews/{held.review_id}"))
    assert "AIQC: review of sprint 1" in page
    assert "1 of 2 promised items, 3 of 6 points" in page
    assert "标定相机" in page
    assert page.count("<li data-not>") == 1
    assert "Nothing is decided yet." in page


def test_it_shows_kpis_and_money(world: World, api: Call, sign: Sign) -> None:
    with clock.at(NOVEMBER):
        project = ledger.project(world)
        ledger.kpi(world, project)
        ledger.chat(api("lin"), project.id)
        review = api("lin").make("reviews", {"project_id": project.id})
        page = text(sign("sun").get(f"/reviews/{review['id']}"))
    assert "人工误检率" in page
    assert "8%" in page
    assert "¥110,000" in page  # 80,000 once and twelve months of 2,500


def test_feedback_and_decision_appear_on_the_page(world: World, api: Call, sign: Sign) -> None:
    held = factory.held(world, api)
    path = f"/reviews/{held.review_id}"
    assert sign("sun").post(f"{path}/feedback", {"text": "误报少多了", "sentiment": "positive"}).status_code == 303
    values = {"decision": "scale", "reason": "三条线都要", "decided_by_id": str(world.ids["zhao"])}
    assert sign("lin").post(f"{path}/decisions", values).status_code == 303
    page = text(sign("wu").get(path))
    assert "误报少多了" in page
    assert "三条线都要" in page
    assert "written down by 林悦" in page


def test_what_is_wrong_stays_in_the_form(world: World, api: Call, sign: Sign) -> None:
    held = factory.held(world, api)
    refused = sign("lin").post(f"/reviews/{held.review_id}/decisions", {"decision": "scale", "reason": " "})
    assert refused.status_code == 422
    assert sign("sun").post(f"/reviews/{held.review_id}/decisions", {"decision": "stop"}).status_code == 403


def test_the_slides_are_all_in_one_page(world: World, api: Call, sign: Sign) -> None:
    held = factory.held(world, api)
    page = text(sign("sun").get(f"/reviews/{held.review_id}/present"))
    assert page.count("data-slide ") >= 2
    assert 'href="/reviews/' in page


def test_a_hidden_project_shows_no_review(world: World, api: Call, sign: Sign) -> None:
    held = factory.held(world, api, confidential=True)
    assert sign("he").get(f"/reviews/{held.review_id}").status_code == 404
    assert sign("he").get(f"/reviews/{held.review_id}/present").status_code == 404
    assert "AIQC" not in text(sign("he").get("/reviews"))


def test_a_review_is_planned_and_archived_by_form(world: World, api: Call, sign: Sign) -> None:
    held = factory.held(world, api)
    planned = sign("lin").post("/reviews/new", {"subject": f"sprint-{held.sprint_id}", "held_on": "2026-12-01"})
    assert planned.status_code == 303
    assert "AIQC: review of sprint 1" in text(sign("wu").get("/projects/AIQC/reviews"))
    assert sign("lin").post(f"/reviews/{held.review_id}/archive").status_code == 303
    assert sign("lin").post(f"/reviews/{held.review_id}/restore").status_code == 303


def test_a_project_without_sprints_promises_nothing(world: World, api: Call, sign: Sign) -> None:
    project = ledger.project(world)
    review = api("lin").make("reviews", {"project_id": project.id})
    page = text(sign("sun").get(f"/reviews/{review['id']}"))
    assert "Promised and delivered" not in page
    assert "0 items delivered" not in page


def test_a_review_planned_from_a_project_begins_with_that_project(world: World, api: Call, sign: Sign) -> None:
    factory.held(world, api)
    assert "/reviews/new?project=AIQC" in text(sign("lin").get("/projects/AIQC/reviews"))
    chosen = re.findall(r'<option selected value="([a-z]+)-', text(sign("lin").get("/reviews/new?project=AIQC")))
    assert chosen == ["sprint"]


def test_a_review_before_any_sprint_is_told_what_comes_first(world: World, sign: Sign) -> None:
    page = sign("lin").get("/reviews/new").text
    assert "Nothing to review yet" in page
    assert 'name="held_on"' not in page
