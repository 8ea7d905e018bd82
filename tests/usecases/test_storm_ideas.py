"""Ideas: grouped, merged and taken apart without losing authors; none is lost when all come at once."""

import pytest

from tests.invariants.races import at_once, call
from tests.statements import statements
from tests.usecases.storms import idea, prepared, taken_to
from tests.world import Call, Sign

PEOPLE = ("zhou", "lin", "wu", "chen", "he", "zhao", "sun", "qian")


@pytest.fixture
def storm(api: Call) -> str:
    path = prepared(api)
    taken_to(api, path, "collecting")
    return path


def test_no_idea_is_lost_when_all_come_at_once(api: Call, storm: str) -> None:
    acts = [call(api(name), "POST", f"{storm}/ideas", {"title": f"{name} {n}"}) for name in PEOPLE for n in (1, 2)]
    assert {answer.status_code for answer in at_once(*acts)} == {201}
    titles = {each["title"] for each in api("lin").get(f"{storm}/ideas")["data"]}
    assert titles == {f"{name} {n}" for name in PEOPLE for n in (1, 2)}


def test_what_is_likely_the_same_is_told(api: Call, storm: str, sign: Sign) -> None:
    case = api("lin").make("use-cases", {"title": "夜班换线慢"})
    first = idea(api, storm, "wu", "夜班换线太慢")
    second = api("sun").make(f"{storm}/ideas", {"title": "夜班 换线太慢了"})
    assert (second["alike_id"], second["alike_use_case_id"]) == (first, case["id"])
    assert "Much like" in sign("he").get(f"/{storm}").get_data(as_text=True)


def test_ideas_are_grouped_on_the_page(api: Call, storm: str, sign: Sign) -> None:
    one, two = idea(api, storm, "wu", "甲"), idea(api, storm, "sun", "乙")
    lin = sign("lin")
    sent = {"idea_id": [str(one), str(two)], "theme": "现场", "act": "group"}
    assert lin.post(f"/{storm}/sort", sent).status_code == 303
    assert {each["theme"] for each in api("lin").get(f"{storm}/ideas")["data"]} == {"现场"}


def test_merged_ideas_keep_their_authors_and_come_apart_again(api: Call, storm: str, sign: Sign, world: object) -> None:
    one, two, three = (idea(api, storm, who, title) for who, title in (("wu", "甲"), ("sun", "乙"), ("he", "丙")))
    lin = sign("lin")
    assert lin.post(f"/{storm}/sort", {"idea_id": [str(two)], "act": "merge"}).status_code == 422
    lin.post(f"/{storm}/sort", {"idea_id": [str(three), str(two)], "act": "merge"})
    lin.post(f"/{storm}/sort", {"idea_id": [str(one), str(two)], "act": "merge"})
    rows = {each["id"]: each for each in api("lin").get(f"{storm}/ideas")["data"]}
    assert [rows[each]["merged_into_id"] for each in (one, two, three)] == [None, one, one]
    assert rows[three]["author"]["name"] == "何青"
    assert lin.post(f"/{storm}/ideas/{three}/part").status_code == 303
    assert api("lin").get(f"{storm}/ideas/{three}")["merged_into_id"] is None


def test_an_idea_is_not_merged_into_itself_nor_into_another_storms(api: Call, storm: str) -> None:
    one = idea(api, storm, "wu")
    other = prepared(api)
    foreign = idea(api, other, "wu")
    lin = api("lin")
    for into in (one, foreign, 999):
        refused = lin("POST", f"{storm}/ideas/{one}/place", {"merged_into_id": into})
        assert (refused.status_code, list(refused.get_json()["errors"])) == (422, ["merged_into_id"])
    assert lin("POST", f"{storm}/ideas/{foreign}/place", {"theme": "x"}).status_code == 404
    assert lin.get(f"{storm}/ideas/{one}")["merged_into_id"] is None


def test_the_page_asks_as_often_of_many_ideas_as_of_few(api: Call, storm: str, sign: Sign) -> None:
    lin = sign("lin")
    asked = []
    for _ in range(3):
        for number in range(5):
            idea(api, storm, PEOPLE[number], f"想法 {number}")
        lin.get(f"/{storm}")
        with statements() as sent:
            assert lin.get(f"/{storm}").status_code == 200
        asked.append(len(sent))
    assert len(set(asked)) == 1


def test_polling_without_news_asks_little(api: Call, storm: str, sign: Sign) -> None:
    lin = sign("lin")
    since = lin.get(f"/{storm}/news?since=0").headers["X-Since"]
    with statements() as sent:
        assert lin.get(f"/{storm}/news?since={since}").status_code == 204
    assert len([each for each in sent if each.startswith("SELECT")]) <= 4


def test_today_tells_of_a_storm_that_runs(api: Call, sign: Sign, storm: str, world: object) -> None:
    assert "质检风暴会" in sign("sun").get("/").get_data(as_text=True)
    api("lin").make(f"{storm}/close", {})
    assert "质检风暴会" not in sign("sun").get("/").get_data(as_text=True)


def test_today_tells_only_those_invited(api: Call, sign: Sign, world: object) -> None:
    people = {each["name"]: each["id"] for each in api("lin").get("users")["data"]}
    path = prepared(api, title="物流会", participant_ids=[people["孙萌"]])
    taken_to(api, path, "collecting")
    assert "物流会" in sign("sun").get("/").get_data(as_text=True)
    assert "物流会" not in sign("he").get("/").get_data(as_text=True)
