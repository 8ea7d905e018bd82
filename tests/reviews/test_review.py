"""Reviews: planning, saying, deciding, through the API; refusals first."""

from backlog.kernel.database import session
from backlog.reviews.models import Decision, Feedback
from tests.reviews import factory
from tests.world import Call, World


def test_a_member_plans_no_review(world: World, api: Call) -> None:
    held = factory.held(world, api)
    assert api("wu")("POST", "reviews", {"project_id": held.project_id}).status_code == 403


def test_a_review_is_of_a_sprint_or_of_a_project(world: World, api: Call) -> None:
    held = factory.held(world, api)
    both = {"project_id": held.project_id, "sprint_id": held.sprint_id}
    for body in ({}, both, {"project_id": 999}, {"sprint_id": 999}):
        assert api("lin")("POST", "reviews", body).status_code == 422, body


def test_a_review_of_a_hidden_project_is_not_there(world: World, api: Call) -> None:
    held = factory.held(world, api, confidential=True)
    path = f"reviews/{held.review_id}"
    assert api("he")("GET", path).status_code == 404
    assert api("he")("GET", f"{path}/feedback").status_code == 404
    assert api("he")("GET", f"{path}/decisions").status_code == 404
    assert api("he")("POST", f"{path}/feedback", {"text": "hm"}).status_code == 404
    assert api("he").get("reviews")["data"] == []
    assert [each["id"] for each in api("wu").get("reviews")["data"]] == [held.review_id]


def test_absence_comes_before_rights_and_rights_before_values(world: World, api: Call) -> None:
    held = factory.held(world, api, confidential=True)
    path = f"reviews/{held.review_id}/decisions"
    assert api("qian")("POST", path, {"decision": "dance"}).status_code in {403, 404}
    assert api("wu")("POST", path, {"decision": "dance"}).status_code == 403
    assert api("lin")("POST", path, {"decision": "dance"}).status_code == 422
    assert api("lin")("POST", "reviews/999/decisions", {"decision": "dance"}).status_code == 404


def test_feedback_is_given_by_anyone_and_kept(world: World, api: Call) -> None:
    held = factory.held(world, api)
    path = f"reviews/{held.review_id}/feedback"
    assert api("sun")("POST", path, {"text": "  "}).status_code == 422
    assert api("sun")("POST", path, {"text": "好", "sentiment": "furious"}).status_code == 422
    made = api("sun").make(path, {"text": "误报少多了", "sentiment": "positive"})
    assert (made["text"], made["sentiment"], made["author_id"]) == ("误报少多了", "positive", world.ids["sun"])
    assert api("he").get(path)["data"] == [made]
    assert session.query(Feedback).count() == 1


def test_a_decision_says_who_decided_and_who_wrote_it(world: World, api: Call) -> None:
    held = factory.held(world, api)
    path, body = f"reviews/{held.review_id}/decisions", {"decision": "scale", "reason": "三条线都要"}
    assert api("lin")("POST", path, {**body, "reason": ""}).status_code == 422
    assert api("lin")("POST", path, {**body, "decided_by_id": 999}).status_code == 422
    assert api("lin")("POST", path, {**body, "project_id": 999}).status_code == 422
    made = api("lin").make(path, {**body, "decided_by_id": world.ids["zhao"]})
    assert (made["decided_by_id"], made["recorded_by_id"]) == (world.ids["zhao"], world.ids["lin"])
    assert made["project_id"] == held.project_id
    assert session.query(Decision).count() == 1


def test_an_edit_from_an_older_version_is_refused(world: World, api: Call) -> None:
    held = factory.held(world, api)
    path, later = f"reviews/{held.review_id}", {"held_at": "2027-01-05T02:00:00Z"}
    assert api("lin")("PATCH", path, later).status_code == 428
    tag = api("lin")("GET", path).headers["ETag"]
    assert api("lin")("PATCH", path, later, If_Match=tag).status_code == 200
    assert api("lin")("PATCH", path, {"held_at": "2027-01-06T02:00:00Z"}, If_Match=tag).status_code == 412
    assert api("wu")("PATCH", path, later, If_Match=tag).status_code == 403
    assert api("lin").get(path)["held_at"].startswith("2027-01-05")


def test_an_archived_review_leaves_the_list_and_comes_back(world: World, api: Call) -> None:
    held = factory.held(world, api)
    assert api("wu")("DELETE", f"reviews/{held.review_id}").status_code == 403
    assert api("lin")("DELETE", f"reviews/{held.review_id}").status_code == 204
    assert api("lin").get("reviews")["data"] == []
    api("lin").make(f"reviews/{held.review_id}/restore", None)
    assert len(api("lin").get(f"reviews?sprint_id={held.sprint_id}")["data"]) == 1
