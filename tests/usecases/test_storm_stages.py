"""A storm goes on stage by stage; each says who took it there."""

import re

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.usecases.models import StormStep
from tests.statements import statements
from tests.usecases.storms import idea, prepared, taken_to, voting
from tests.world import Call, Sign, World


def test_members_lead_no_storm(api: Call) -> None:
    assert api("wu")("POST", "storms", {"title": "t"}).status_code == 403
    path = prepared(api)
    for act, body in (
        ("stage", {"stage": "collecting"}),
        ("close", {}),
        ("join-link", {}),
        ("rounds", {"idea_ids": [1]}),
    ):
        assert api("wu")("POST", f"{path}/{act}", body).status_code == 403


def test_a_storm_is_led_by_who_may_lead_one(api: Call, world: World) -> None:
    refused = api("lin")("POST", "storms", {"title": "t", "facilitator_id": world.ids["wu"]})
    assert refused.status_code == 422
    assert "facilitator_id" in refused.get_json()["errors"]


def test_a_storm_goes_one_stage_on_or_one_back(api: Call) -> None:
    path, lin = prepared(api), api("lin")
    skipped = lin("POST", f"{path}/stage", {"stage": "voting"})
    assert (skipped.status_code, skipped.get_json()["code"]) == (409, "storm.step_not_allowed")
    taken_to(api, path, "grouping")
    assert lin("POST", f"{path}/stage", {"stage": "collecting"}).get_json()["stage"] == "collecting"
    assert lin("POST", f"{path}/stage", {"stage": "collecting"}).status_code == 200


def test_each_step_keeps_who_and_when(api: Call, world: World) -> None:
    taken_to(api, prepared(api), "collecting")
    steps = list(session.scalars(select(StormStep).order_by(StormStep.id)))
    assert [(each.stage, each.by_id) for each in steps] == [
        (stage, world.ids["lin"]) for stage in ("prepared", "collecting")
    ]
    assert all(each.at for each in steps)


def test_ideas_come_while_they_are_collected(api: Call) -> None:
    path = prepared(api)
    idea(api, path, "sun", "带来的想法")
    taken_to(api, path, "grouping")
    late = api("wu")("POST", f"{path}/ideas", {"title": "迟到"})
    assert (late.status_code, late.get_json()["facts"]) == (409, {"stage": "grouping"})


def test_how_one_votes_stays_once_somebody_has(api: Call) -> None:
    path, (first, _) = voting(api)
    api("wu").make(f"{path}/ideas/{first}/votes", None)
    for change in ({"votes_per_person": 5}, {"votes_hidden": False}):
        assert api("lin").edit(path, change).get_json()["code"] == "storm.voting_begun"
    assert api("lin").edit(path, {"goal": "三个可做的"}).status_code == 200


def test_what_is_closed_stays(api: Call) -> None:
    path = prepared(api)
    lin = api("lin")
    lin.make(f"{path}/close", {})
    for act, body in (("stage", {"stage": "estimating"}), ("close", {}), ("join-link", {})):
        assert lin("POST", f"{path}/{act}", body).get_json()["code"] == "storm.closed"
    assert lin.edit(path, {"title": "x"}).get_json()["code"] == "storm.closed"


def test_an_edit_begun_from_an_older_version_is_refused(api: Call) -> None:
    path, lin = prepared(api), api("lin")
    tag = lin("GET", path).headers["ETag"]
    assert lin("PATCH", path, {"title": "一"}, If_Match=tag).status_code == 200
    assert lin("PATCH", path, {"title": "二"}, If_Match=tag).status_code == 412


def test_what_cannot_be_read_comes_before_that_it_is_archived(api: Call) -> None:
    path, (first, _) = voting(api)
    assert api("lin")("DELETE", path).status_code == 204
    for who, act, body in (
        ("lin", "stage", {"stage": "nonsense"}),
        ("lin", "close", {"ideas": [{}]}),
        ("lin", "rounds", {}),
        ("wu", "ideas", {"title": ""}),
        ("lin", f"ideas/{first}/place", {}),
    ):
        assert api(who)("POST", f"{path}/{act}", body).status_code == 422
    assert api("wu")("POST", f"{path}/ideas", {"title": "迟到"}).get_json()["code"] == "storm.archived"


def test_who_left_stays_invited_until_taken_off(world: World, api: Call, sign: Sign) -> None:
    invited = [world.ids["wu"], world.ids["sun"]]
    path = prepared(api, participant_ids=invited)
    api("zhou").edit(f"users/{world.ids['sun']}", {"active": False})
    assert api("lin").edit(path, {"title": "一", "participant_ids": invited}).status_code == 200
    assert re.search(f'selected value="{world.ids["sun"]}"', sign("lin").get(f"/{path}/edit").text)
    assert api("lin").edit(path, {"participant_ids": invited[:1]}).get_json()["participant_ids"] == invited[:1]
    assert api("lin")("POST", "storms", {"title": "二", "participant_ids": invited}).status_code == 422


def test_whom_one_invites_is_asked_once(world: World, api: Call) -> None:
    def asked(ids: list[int]) -> int:
        with statements() as said:
            prepared(api, participant_ids=ids)
        return len([each for each in said if each.startswith("SELECT")])

    assert asked([world.ids["wu"]]) == asked(list(world.ids.values()))
