"""Blind rounds: nobody learns what others gave before all is shown, at no door."""

from typing import Any

from tests.invariants.races import at_once, call
from tests.usecases.storms import Guest, idea, link_of, prepared, taken_to
from tests.world import Call, Sign, World


def opened(api: Call) -> tuple[str, list[int]]:
    """A storm with an open round about two ideas."""
    path = prepared(api)
    ideas = [idea(api, path, "wu", title) for title in ("小样本学习", "排产")]
    taken_to(api, path, "estimating")
    api("lin").make(f"{path}/rounds", {"idea_ids": ideas})
    return path, ideas


def marks(ideas: list[int], impact: int, feasibility: int) -> dict[str, Any]:
    return {"marks": [{"idea_id": each, "impact": impact, "feasibility": feasibility} for each in ideas]}


def test_marks_of_others_show_only_when_all_are_shown(api: Call) -> None:
    path, ideas = opened(api)
    api("wu")("POST", f"{path}/rounds/1/marks", marks(ideas, 5, 1))
    before = api("sun").get(f"{path}/rounds/1")
    assert (before["answered"], before["has_answered"]) == (1, False)
    assert {(each["impact"], each["own"], len(each["given"])) for each in before["ideas"]} == {(None, None, 0)}
    api("sun")("POST", f"{path}/rounds/1/marks", marks(ideas[:1], 2, 3))
    assert api("lin")("POST", f"{path}/rounds/1/reveal").status_code == 200
    shown = api("sun").get(f"{path}/rounds")["data"][0]["ideas"][0]
    assert shown["impact"] == {"count": 2, "low": 2, "median": 3.5, "high": 5}
    assert {each["name"] for each in shown["given"]} == {"吴凡", "孙萌"}


def test_the_page_of_whoever_leads_is_as_blind(api: Call, sign: Sign, world: World) -> None:
    path, ideas = opened(api)
    lin = sign("lin")
    lin.get(f"/{path}")
    guest = Guest(world, link_of(api, path))
    empty = _without(guest.page().get_data(as_text=True))
    api("wu")("POST", f"{path}/rounds/1/marks", marks(ideas, 5, 1))
    text = lin.get(f"/{path}").get_data(as_text=True)
    assert "checked" not in text.split('id="storm-act"')[1].split("</section>")[0]
    assert 'class="spread"' not in text
    assert "checked" not in _without(guest.page().get_data(as_text=True))
    assert "checked" not in empty


def _without(page: str) -> str:
    return page.split('id="storm-act"')[1].split("</main>", maxsplit=1)[0]


def test_marks_may_change_until_they_are_shown(api: Call) -> None:
    path, ideas = opened(api)
    for value in (1, 4):
        assert api("wu")("POST", f"{path}/rounds/1/marks", marks(ideas, value, value)).status_code == 200
    api("lin")("POST", f"{path}/rounds/1/reveal")
    late = api("wu")("POST", f"{path}/rounds/1/marks", marks(ideas, 2, 2))
    assert late.get_json()["code"] == "storm.round_revealed"
    assert api("wu").get(f"{path}/rounds/1")["ideas"][0]["impact"]["median"] == 4


def test_no_mark_is_lost_when_all_answer_at_once(api: Call) -> None:
    path, ideas = opened(api)
    people = ("zhou", "lin", "wu", "chen", "he", "zhao", "sun", "qian")
    acts = [call(api(name), "POST", f"{path}/rounds/1/marks", marks(ideas, 3, 3)) for name in people]
    assert {answer.status_code for answer in at_once(*acts)} == {200}
    assert api("lin").get(f"{path}/rounds/1")["answered"] == 8


def test_one_round_is_open_at_a_time(api: Call) -> None:
    path, ideas = opened(api)
    lin = api("lin")
    assert lin("POST", f"{path}/rounds", {"idea_ids": ideas}).get_json()["code"] == "storm.round_open"
    lin("POST", f"{path}/rounds/1/reveal")
    assert lin.make(f"{path}/rounds", {"idea_ids": ideas[:1]})["number"] == 2


def test_marks_for_what_was_not_asked_are_refused(api: Call) -> None:
    path, ideas = opened(api)
    for body in (marks([999], 3, 3), marks(ideas[:1] * 2, 3, 3), {"marks": []}):
        assert api("wu")("POST", f"{path}/rounds/1/marks", body).status_code == 422
    assert api("wu").get(f"{path}/rounds/1")["answered"] == 0


def test_a_guest_answers_by_the_form(api: Call, world: World) -> None:
    path, ideas = opened(api)
    guest = Guest(world, link_of(api, path))
    sent = {f"{name}-{each}": "4" for name in ("impact", "feasibility") for each in ideas}
    assert guest.post("/marks", **sent).status_code == 303
    api("lin")("POST", f"{path}/rounds/1/reveal")
    assert api("lin").get(f"{path}/rounds/1")["ideas"][0]["given"] == [{"name": "老王", "impact": 4, "feasibility": 4}]
