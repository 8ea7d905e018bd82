"""Who watches a use case hears of it once a thing, until seen; who stopped hears no more."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from backlog.discussion.models import Watch
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.usecases import queries as use_cases
from backlog.usecases.models import UseCase
from tests.invariants.races import at_once, call
from tests.statements import statements
from tests.world import Call, Sign, World


def changed(api: Call, name: str) -> list[tuple[str, list[str]]]:
    """What they hear: the things and the facts of each."""
    found = api(name).get("watched-changes")["data"]
    return [(each["code"], [change["code"] for change in each["changes"]]) for each in found]


def comment(api: Call, name: str, case: Any, text: str = "好") -> None:
    api(name).make("comments", {"subject_type": "use_case", "subject_id": case["id"], "text": text})


def watchers(api: Call, case: Any) -> list[tuple[int, str]]:
    found = api("lin").get(f"use-cases/{case['id']}/watchers")["data"]
    return [(each["user_id"], each["why"]) for each in found]


def test_ten_changes_are_one_line_until_they_are_seen(world: World, api: Call, sign: Sign) -> None:
    case = api("zhao").make("use-cases", {"title": "夜班换线慢"})
    for at in range(10):
        comment(api, "lin", case, str(at))
    assert changed(api, "zhao") == [("UC-1", ["comment.added"] * 10)]
    page = sign("zhao").get("/").get_data(as_text=True)
    assert page.count("UC-1 夜班换线慢") == 1
    assert "林悦 commented. 9 more changes. You watch it because you proposed it." in page
    watch = api("zhao").get("watched-changes")["data"][0]
    up_to = watch["changes"][1]["fact_id"]
    assert api("wu")("PUT", f"watches/{watch['watch_id']}/seen", {"fact_id": up_to}).status_code == 404
    assert api("zhao")("PUT", f"watches/{watch['watch_id']}/seen", {"fact_id": up_to}).status_code == 200
    assert changed(api, "zhao") == [("UC-1", ["comment.added"])]
    assert sign("zhao").post("/watches/seen", {"up_to": up_to + 99, "next": "/"}).location == "/"
    assert changed(api, "zhao") == []


def test_seeing_all_is_one_statement_however_much_is_watched(api: Call, sign: Sign) -> None:
    def asked(watched: int) -> int:
        for number in range(watched):
            comment(api, "lin", api("zhao").make("use-cases", {"title": f"夜班换线慢{watched}{number}"}))
        newest = api("lin").get("facts?page_size=1&sort=-id")["data"][0]["id"]
        browser = sign("zhao")
        with statements() as said:
            browser.post("/watches/seen", {"up_to": newest, "next": "/"})
        assert changed(api, "zhao") == []
        return len(said)

    assert asked(2) == asked(12)


def test_own_acts_and_votes_are_not_told(api: Call) -> None:
    case = api("zhao").make("use-cases", {"title": "t"})
    comment(api, "zhao", case)
    api("wu")("PUT", f"use-cases/{case['id']}/vote")
    assert changed(api, "zhao") == []
    assert changed(api, "wu") == []


def test_who_stopped_is_not_told_and_begins_again_only_by_themselves(world: World, api: Call) -> None:
    case = api("zhao").make("use-cases", {"title": "t"})
    path = f"use-cases/{case['id']}"
    for _ in range(2):
        assert api("zhao")("DELETE", f"{path}/watch").status_code == 204
    comment(api, "zhao", case)
    comment(api, "lin", case)
    assert watchers(api, case) == [(world.ids["lin"], "commented")]
    assert changed(api, "zhao") == []
    assert api("zhao")("PUT", f"{path}/watch").get_json()["why"] == "asked"
    comment(api, "lin", case)
    assert changed(api, "zhao") == [("UC-1", ["comment.added"])]
    api("lin").make(f"{path}/status", {"status": "triaged"})
    assert changed(api, "zhao") == [("UC-1", ["use_case.moved_on", "comment.added"])]


def test_the_page_and_the_api_name_watchers_in_one_order(world: World, api: Call) -> None:
    case = api("lin").make("use-cases", {"title": "t"})
    begun = clock.now()
    acts = (("PUT", "wu"), ("PUT", "chen"), ("DELETE", "wu"), ("PUT", "wu"))
    for hours, (method, name) in enumerate(acts, start=1):
        with clock.at(begun + timedelta(hours=hours)):
            api(name)(method, f"use-cases/{case['id']}/watch")
    shown = use_cases.voices_on(session.get_one(UseCase, case["id"])).watchers
    assert [each.id for each in shown] == [world.ids[name] for name in ("lin", "chen", "wu")]
    assert [user_id for user_id, _ in watchers(api, case)] == [each.id for each in shown]


def test_who_begins_to_watch_while_it_is_merged_watches_the_survivor_or_is_told(api: Call) -> None:
    for _ in range(6):
        one, other = (api("lin").make("use-cases", {"title": title}) for title in ("甲", "乙"))
        path = f"use-cases/{one['id']}"
        acts = [call(api(name), "PUT", f"{path}/watch") for name in ("wu", "chen", "he", "zhao", "sun")]
        merge = call(api("lin"), "POST", f"{path}/merge", {"into_id": other["id"]})
        assert {answer.status_code for answer in at_once(*acts[:3], merge, *acts[3:])} <= {200, 409}
        left = select(Watch).where(Watch.subject_type == "use_case", Watch.subject_id == one["id"])
        assert session.scalars(left).all() == []


def test_the_page_watches_and_stops_without_a_script(world: World, api: Call, sign: Sign) -> None:
    case = api("zhao").make("use-cases", {"title": "t"})
    browser = sign("sun")
    assert browser.post("/use-cases/UC-1/watch").status_code == 303
    page = browser.get("/use-cases/UC-1").get_data(as_text=True)
    assert "Stop watching" in page
    assert "<bdi>赵航</bdi>, <bdi>孙萌</bdi> <small>You watch it.</small>" in page
    assert [each["code"] for each in api("sun").get("use-cases?watching=true")["data"]] == ["UC-1"]
    assert api("sun").get("use-cases?watching=false")["data"] == []
    assert ">Watched" in browser.get("/use-cases?watching=1").get_data(as_text=True)
    assert browser.post("/use-cases/UC-1/watch", {"undo": "1"}).status_code == 303
    assert watchers(api, case) == [(world.ids["zhao"], "proposed")]
    assert ">Watched" not in browser.get("/use-cases").get_data(as_text=True)


def test_today_stops_it_too(api: Call, sign: Sign) -> None:
    case = api("zhao").make("use-cases", {"title": "t"})
    comment(api, "lin", case)
    watch = api("zhao").get("watches")["data"][0]
    assert sign("wu").post(f"/watches/{watch['id']}/stop").status_code == 404
    assert sign("zhao").post(f"/watches/{watch['id']}/stop", {"next": "/"}).location == "/"
    assert api("zhao").get("watches")["data"] == []
    assert "Changed in what you watch" not in sign("zhao").get("/").get_data(as_text=True)


def test_watchers_go_to_the_survivor_but_not_those_who_stopped_there(world: World, api: Call) -> None:
    one, other = (api(name).make("use-cases", {"title": name}) for name in ("zhao", "wu"))
    for name in ("sun", "chen", "he"):
        api(name)("PUT", f"use-cases/{one['id']}/watch")
    api("chen")("DELETE", f"use-cases/{one['id']}/watch")
    api("he")("PUT", f"use-cases/{other['id']}/watch")
    api("he")("DELETE", f"use-cases/{other['id']}/watch")
    comment(api, "lin", other, "早")
    api("lin").make(f"use-cases/{one['id']}/merge", {"into_id": other["id"], "reason": "同一件事"})
    ids = world.ids
    assert watchers(api, other) == [
        (ids["wu"], "proposed"), (ids["lin"], "commented"), (ids["zhao"], "merged"), (ids["sun"], "merged")
    ]  # fmt: skip
    assert watchers(api, one) == []
    assert changed(api, "sun") == [("UC-2", ["use_case.took_in"])]
    refused = api("sun")("PUT", f"use-cases/{one['id']}/watch")
    assert (refused.status_code, refused.get_json()["code"]) == (409, "use_case.merged")


def test_a_call_in_a_comment_is_told_once(api: Call, sign: Sign) -> None:
    case = api("zhao").make("use-cases", {"title": "t"})
    comment(api, "lin", case, "@赵航 请看")
    page = sign("zhao").get("/").get_data(as_text=True)
    assert "林悦 mentioned you" in page
    assert "Changed in what you watch" not in page


def test_a_blind_round_is_told_and_no_estimate(api: Call) -> None:
    case = api("zhao").make("use-cases", {"title": "t"})
    api("lin")("POST", f"use-cases/{case['id']}/round")
    assert changed(api, "zhao") == [("UC-1", ["use_case.round_opened"])]


def test_the_export_says_who_watches(api: Call) -> None:
    case = api("zhao").make("use-cases", {"title": "t"})
    api("sun")("PUT", f"use-cases/{case['id']}/watch")
    assert api("sun").get("exports/use-cases?format=json&watching=true")["data"][0]["watchers"] == ["赵航", "孙萌"]
