"""Squads."""

import pytest

from backlog.people import queries
from tests.world import Call, World


def test_the_world_has_a_squad_of_two(world: World) -> None:
    squad = queries.get_squad(world.squad_id)
    assert [each.user.name for each in squad.members] == ["吴凡", "陈舟"]
    assert world.person("wu").squad_ids == {world.squad_id}


@pytest.mark.parametrize("name", ["wu", "sun"])
def test_members_and_stakeholders_change_no_squad(world: World, api: Call, name: str) -> None:
    assert api(name)("POST", "squads", {"name": "x", "model": "star"}).status_code == 403
    assert api(name)("DELETE", f"squads/{world.squad_id}").status_code == 403


@pytest.mark.parametrize(
    "members",
    [
        [{"user_id": 999_999, "role": "ml_engineer"}],
        [{"user_id": 1, "role": "ml_engineer"}, {"user_id": 1, "role": "ml_engineer"}],
        [{"user_id": 1, "role": "wizard"}],
        [{"user_id": 1, "role": "ml_engineer", "capacity_days": 15}],
        [{"user_id": 1, "role": "ml_engineer", "capacity_days": "8"}],
        [{"role": "ml_engineer"}],
        [5],
        {"user_id": 1},
    ],
)
def test_members_are_people_with_a_role_and_days(world: World, api: Call, members: object) -> None:
    assert api("lin")("POST", "squads", {"name": "x", "model": "star", "members": members}).status_code == 422


def test_two_squads_never_share_a_name(world: World, api: Call) -> None:
    answer = api("lin")("POST", "squads", {"name": " 质检小分队 ", "model": "star"})
    assert list(answer.get_json()["errors"]) == ["name"]


def test_members_are_given_whole_and_raise_the_version(world: World, api: Call) -> None:
    path = f"squads/{world.squad_id}"
    before = api("lin").get(path)
    he = {"user_id": world.ids["he"], "role": "data_engineer", "capacity_days": 4.5}
    after = api("lin").edit(path, {"members": [he]}).get_json()
    assert (after["members"], after["version"]) == ([he], before["version"] + 1)
    assert api("lin").edit(path, {"name": "新名"}).get_json()["version"] == before["version"] + 2
    assert api("lin").edit(path, {"name": "又名", "members": []}).get_json()["version"] == before["version"] + 3


def test_someone_who_left_may_stay_in_the_squad(world: World, api: Call) -> None:
    api("zhou").edit(f"users/{world.ids['chen']}", {"active": False})
    members = api("lin").get(f"squads/{world.squad_id}")["members"]
    assert api("lin").edit(f"squads/{world.squad_id}", {"members": members}).status_code == 200


def test_an_archived_squad_counts_for_nothing_until_restored(world: World, api: Call) -> None:
    path = f"squads/{world.squad_id}"
    assert api("lin")("DELETE", path).status_code == 204
    assert api("lin").get(path)["archived_at"] is not None
    assert api("wu").get("me")["squad_ids"] == []
    assert [each["id"] for each in api("lin").get("squads?archived=true")["data"]] == [world.squad_id]
    assert api("lin").make(path + "/restore", None)["members"][0]["user_id"] == world.ids["wu"]
    assert api("lin")("POST", path + "/restore").status_code == 200  # as of every other thing: it is there already


def test_squads_are_found_by_member_and_model(world: World, api: Call) -> None:
    assert len(api("sun").get(f"squads?user_id={world.ids['wu']}")["data"]) == 1
    assert api("sun").get(f"squads?user_id={world.ids['he']}")["data"] == []
    assert api("sun").get("squads?model=star")["data"] == []
