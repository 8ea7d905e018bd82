"""Dots: a limit a person that holds whatever comes at once; hidden until voting has ended."""

from collections import Counter

import pytest

from backlog.kernel.database import session
from backlog.usecases.models import Storm
from backlog.usecases.queries import storms as queries
from tests.invariants.races import at_once, call
from tests.usecases.storms import Guest, idea, link_of, prepared, taken_to, voting
from tests.world import Call, Sign, World


def test_several_dots_may_lie_on_one_idea_up_to_the_limit(api: Call) -> None:
    path, (first, second) = voting(api)
    wu = api("wu")
    for own in (1, 2):
        assert wu.make(f"{path}/ideas/{first}/votes", None)["own_votes"] == own
    refused = wu("POST", f"{path}/ideas/{second}/votes")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "storm.no_dots_left")
    assert wu("DELETE", f"{path}/ideas/{first}/votes").status_code == 204
    assert wu.make(f"{path}/ideas/{second}/votes", None)["own_votes"] == 1


def test_twelve_dots_at_once_are_no_more_than_two(api: Call) -> None:
    path, (first, second) = voting(api)
    wu = api("wu")
    acts = [call(wu, "POST", f"{path}/ideas/{one}/votes") for one in (first, second) * 6]
    found = Counter(answer.status_code for answer in at_once(*acts))
    assert found == {201: 2, 409: 10}
    assert sum(each["own_votes"] for each in wu.get(f"{path}/ideas")["data"]) == 2


def test_no_vote_is_lost_when_everybody_votes_at_once(api: Call) -> None:
    path, (first, second) = voting(api, votes_hidden=False)
    people = ("zhou", "lin", "wu", "chen", "he", "zhao", "sun", "qian")
    acts = [call(api(name), "POST", f"{path}/ideas/{one}/votes") for name in people for one in (first, second)]
    assert {answer.status_code for answer in at_once(*acts)} == {201}
    assert [each["votes"] for each in api("lin").get(f"{path}/ideas")["data"]] == [8, 8]


def test_hidden_votes_show_when_voting_has_ended(api: Call, sign: Sign) -> None:
    path, (first, _) = voting(api)
    api("wu").make(f"{path}/ideas/{first}/votes", None)
    for name in ("lin", "sun"):
        assert [each["votes"] for each in api(name).get(f"{path}/ideas")["data"]] == [None, None]
    assert "storm-total" not in sign("lin").get(f"/{path}").get_data(as_text=True)
    taken_to(api, path, "estimating")
    assert [each["votes"] for each in api("sun").get(f"{path}/ideas")["data"]] == [1, 0]


def test_no_fact_tells_which_idea_got_a_vote(api: Call) -> None:
    path, (first, _) = voting(api)
    api("wu").make(f"{path}/ideas/{first}/votes", None)
    facts = api("sun").get("facts?code=storm.dot_given")["data"]
    assert [each["values"] for each in facts] == [{}]


def test_dots_of_a_merged_idea_count_for_the_survivor(api: Call) -> None:
    path, (first, second) = voting(api, votes_hidden=False)
    api("wu").make(f"{path}/ideas/{second}/votes", None)
    lin = api("lin")
    lin("POST", f"{path}/stage", {"stage": "grouping"})
    lin("POST", f"{path}/ideas/{second}/place", {"merged_into_id": first})
    shown = {each["id"]: each["votes"] for each in lin.get(f"{path}/ideas")["data"]}
    assert shown[first] == 1
    lin("POST", f"{path}/ideas/{second}/place", {"merged_into_id": None})
    assert {each["id"]: each["votes"] for each in lin.get(f"{path}/ideas")["data"]} == {first: 0, second: 1}


def test_a_dot_on_an_idea_of_another_storm_is_none(api: Call) -> None:
    path, _ = voting(api)
    _, (other, _) = voting(api)
    assert api("wu")("POST", f"{path}/ideas/{other}/votes").status_code == 404


@pytest.mark.parametrize("stage", ["collecting", "grouping", "estimating"])
def test_there_is_no_vote_outside_the_vote(api: Call, stage: str) -> None:
    path = prepared(api)
    one = idea(api, path, "wu")
    taken_to(api, path, stage)
    assert api("wu")("POST", f"{path}/ideas/{one}/votes").get_json()["code"] == "storm.not_now"


def test_guests_keep_the_limit_too(api: Call, world: World) -> None:
    path, (first, second) = voting(api)
    guest = Guest(world, link_of(api, path))
    statuses = [guest.post(f"/ideas/{one}/vote").status_code for one in (first, first, second)]
    assert statuses == [303, 303, 409]
    assert guest.post(f"/ideas/{first}/unvote").status_code == 303
    assert queries.room_of(session.get_one(Storm, int(path.split("/")[1])), None).dots_given == 1
