"""Closing: ideas become use cases of those who had them, and the result stays as it stood."""

from tests.usecases.storms import Guest, idea, link_of, prepared, taken_to
from tests.world import Call, Sign, World


def closed(api: Call, world: World) -> tuple[str, list[int]]:
    """Wu's idea with a vote of sun's and a guest's, a guest's idea, and one nobody wanted."""
    path = prepared(api, departments=["质量"])
    taken_to(api, path, "collecting")
    guest = Guest(world, link_of(api, path))
    ideas = [idea(api, path, "wu"), 0, idea(api, path, "zhao", "没人要")]
    guest.post("/ideas", title="夜班换线慢", pain="每次四十分钟", once="a1")
    ideas[1] = next(each["id"] for each in api("lin").get(f"{path}/ideas")["data"] if each["title"] == "夜班换线慢")
    taken_to(api, path, "voting")
    api("sun").make(f"{path}/ideas/{ideas[0]}/votes", None)
    for _ in range(2):
        guest.post(f"/ideas/{ideas[0]}/vote")
    api("lin").make(f"{path}/ideas/{ideas[1]}/votes", None)
    api("lin").make(f"{path}/close", {"idea_ids": ideas[:2]})
    return path, ideas


def test_chosen_ideas_become_use_cases_of_those_who_had_them(api: Call, world: World) -> None:
    path, ideas = closed(api, world)
    cases = api("lin").get("use-cases")["data"]
    assert [(each["title"], each["proposer_id"], each["votes"]) for each in cases] == [
        ("小样本学习", world.ids["wu"], 1),
        ("夜班换线慢", world.ids["lin"], 1),
    ]
    assert {(each["department"], *each["tags"]) for each in cases} == {("质量", "质检风暴会")}
    shown = {each["id"]: each["use_case_id"] for each in api("lin").get(f"{path}/ideas")["data"]}
    assert shown == {ideas[0]: cases[0]["id"], ideas[1]: cases[1]["id"], ideas[2]: None}


def test_the_guests_name_is_kept(api: Call, world: World, sign: Sign) -> None:
    path, _ = closed(api, world)
    content = api("sun").get(f"{path}/result")["content"]
    guests = [(each["author"], each["votes"], each["use_case"]) for each in content["ideas"] if each["guest"]]
    assert guests == [("老王", 1, "UC-2")]
    assert content["ideas"][0]["votes"] == 3
    page = sign("sun").get("/use-cases/UC-2").get_data(as_text=True)
    assert "老王" in page


def test_the_result_stays_whatever_becomes_of_its_use_cases(api: Call, world: World, sign: Sign) -> None:
    path, _ = closed(api, world)
    before = api("sun").get(f"{path}/result")
    page = sign("sun").get(f"/{path}/result").get_data(as_text=True)
    assert api("lin").edit("use-cases/1", {"title": "改了名"}).status_code == 200
    assert api("zhou").edit(f"users/{world.ids['wu']}", {"name": "吴小凡"}).status_code == 200
    assert api("lin")("DELETE", "use-cases/2").status_code == 204
    assert api("sun").get(f"{path}/result") == before
    again = sign("sun").get(f"/{path}/result").get_data(as_text=True)
    assert "小样本学习" in again
    assert "吴凡" in again
    assert again.count("<tr>") == page.count("<tr>")


def test_without_a_choice_all_ideas_become_use_cases(api: Call) -> None:
    path = prepared(api)
    idea(api, path, "wu")
    idea(api, path, "sun", "排产")
    api("lin").make(f"{path}/close", {})
    assert [each["title"] for each in api("lin").get("use-cases")["data"]] == ["小样本学习", "排产"]


def test_merged_ideas_become_one_use_case_that_tells_both(api: Call) -> None:
    path = prepared(api)
    first, second = idea(api, path, "wu"), idea(api, path, "sun", "少样本")
    taken_to(api, path, "grouping")
    api("lin")("POST", f"{path}/ideas/{second}/place", {"merged_into_id": first})
    api("lin").make(f"{path}/close", {})
    cases = api("lin").get("use-cases")["data"]
    assert [(each["title"], "少样本" in each["pain"]) for each in cases] == [("小样本学习", True)]


def test_ideas_of_another_storm_are_not_closed_here(api: Call) -> None:
    path, other = prepared(api), prepared(api)
    one = idea(api, other, "wu")
    assert api("lin")("POST", f"{path}/close", {"idea_ids": [one]}).status_code == 422
    assert api("lin").get(path)["stage"] == "prepared"
    assert api("lin").get("use-cases")["data"] == []


def test_there_is_no_result_before(api: Call, sign: Sign) -> None:
    path = prepared(api)
    assert api("lin")("GET", f"{path}/result").status_code == 404
    assert sign("lin").get(f"/{path}/result").status_code == 404
