"""Two people in one form: other fields both stand, the same one is asked about, and a box takes the other's."""

import re
from typing import Any

import pytest

from tests.world import Call, Sign

FORMS: dict[str, tuple[str, dict[str, Any], str, str, str]] = {
    "use case": (
        "use-cases",
        {"title": "质检", "pain": "漏检", "tags": ["a"]},
        "/use-cases/UC-1/edit",
        "use-cases/1",
        "title",
    ),
    "North Star": (
        "north-stars",
        {"title": "质检", "metric": "漏检率"},
        "/north-stars/1/edit",
        "north-stars/1",
        "title",
    ),
    "scoring model": (
        "scoring-models",
        {"name": "质检", "kind": "weighted", "criteria": [{"name": "impact", "weight": 2, "direction": "increase"}]},
        "/scoring-models/1/edit",
        "scoring-models/1",
        "name",
    ),
    "project": (
        "projects",
        {"name": "质检", "key": "AIQC", "kind": "everyday"},
        "/projects/AIQC/edit",
        "projects/1",
        "name",
    ),
    "storm": (
        "storms",
        {"title": "质检", "goal": "三个", "departments": ["生产", "物流"], "starts_at": "2026-12-20T08:00:00Z"},
        "/storms/1/edit",
        "storms/1",
        "title",
    ),
}
OTHER: dict[str, tuple[str, str, dict[str, Any]]] = {
    "use case": ("pain", "错检", {"pain": "错检"}),
    "North Star": ("metric", "错检率", {"metric": "错检率"}),
    "scoring model": (
        "weight_impact",
        "3",
        {"criteria": [{"name": "impact", "weight": 3, "direction": "increase"}]},
    ),
    "storm": ("goal", "五个", {"goal": "五个", "departments": ["生产", "物流"]}),
    "project": ("budget", "5千", {"budget": "5000.00"}),
}


def filled(page: str) -> dict[str, Any]:
    """What a browser would send of a page's first form with a version."""
    form = next(each for each in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'name="began"' in each)
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if found.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        if found.get("name", "csrf_token") != "csrf_token":
            sent[found["name"]] = found.get("value", "").replace("&#34;", '"')
    sent |= dict(re.findall(r'<textarea [^>]*name="(\w+)"[^>]*>\s*(.*?)</textarea>', form, re.DOTALL))
    for name, inside in re.findall(r'<select [^>]*name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'<option (?=[^>]*selected)[^>]*value="([^"]*)"', inside)
        if chosen:
            sent[name] = chosen
    return sent


@pytest.fixture(params=FORMS)
def kind(request: pytest.FixtureRequest, api: Call) -> str:
    """A thing to edit, of each form in turn."""
    made = FORMS[request.param]
    api("lin").make(made[0], made[1])
    return str(request.param)


def test_different_fields_both_stand(kind: str, sign: Sign, api: Call) -> None:
    _, _, url, path, name = FORMS[kind]
    other, value, kept = OTHER[kind]
    one, two = (filled(sign(who).get(url).get_data(as_text=True)) for who in ("lin", "zhou"))
    assert sign("lin").post(url, {**one, name: "质量"}).status_code == 303
    assert sign("zhou").post(url, {**two, other: value}).status_code == 303
    stored = api("lin").get(path)
    assert {each: stored[each] for each in (name, *kept)} == {name: "质量", **kept}


def test_the_same_field_is_asked_about_and_a_box_takes_the_others(kind: str, sign: Sign, api: Call) -> None:
    _, _, url, path, name = FORMS[kind]
    one, two = (filled(sign(who).get(url).get_data(as_text=True)) for who in ("lin", "zhou"))
    assert sign("lin").post(url, {**one, name: "质量"}).status_code == 303
    asked = sign("zhou").post(url, {**two, name: "检验"})
    page = asked.get_data(as_text=True)
    assert asked.status_code == 412
    assert all(each in page for each in ("Now stands here: 质量", 'value="检验"', "Last changed by 林悦"))
    assert page.count('name="take"') == 1
    assert api("lin").get(path)[name] == "质量"
    again = filled(page)
    assert sign("zhou").post(url, {**again, "take": name}).status_code == 303
    assert api("lin").get(path)[name] == "质量"


def test_saving_again_keeps_mine_and_nothing_else_of_the_others(sign: Sign, api: Call) -> None:
    api("lin").make("use-cases", {"title": "质检", "pain": "漏检"})
    one, two = (filled(sign(who).get("/use-cases/UC-1/edit").get_data(as_text=True)) for who in ("lin", "zhou"))
    assert sign("lin").post("/use-cases/UC-1/edit", {**one, "title": "质量", "pain": "错检"}).status_code == 303
    asked = sign("zhou").post("/use-cases/UC-1/edit", {**two, "title": "检验"})
    assert asked.status_code == 412
    assert sign("zhou").post("/use-cases/UC-1/edit", filled(asked.get_data(as_text=True))).status_code == 303
    stored = api("lin").get("use-cases/1")
    assert (stored["title"], stored["pain"]) == ("检验", "错检")


@pytest.mark.parametrize("marks", ["", "[]", "{", '{"title": 5}', "x" * 5_000, '{"title": ["x"]}'])
def test_marks_that_cannot_be_read_ask_instead_of_overwriting(sign: Sign, api: Call, marks: str) -> None:
    api("lin").make("use-cases", {"title": "质检"})
    one, two = (filled(sign(who).get("/use-cases/UC-1/edit").get_data(as_text=True)) for who in ("lin", "zhou"))
    assert sign("lin").post("/use-cases/UC-1/edit", {**one, "title": "质量"}).status_code == 303
    answer = sign("zhou").post("/use-cases/UC-1/edit", {**two, "title": "检验", "began": marks})
    assert answer.status_code == 412
    assert api("lin").get("use-cases/1")["title"] == "质量"


def test_settings_and_accounts_meet_the_same_way(sign: Sign, api: Call) -> None:
    one, two = (filled(sign("zhou").get("/settings").get_data(as_text=True)) for _ in range(2))
    assert sign("zhou").post("/settings", {**one, "discount_rate_percent": "9"}).status_code == 303
    assert sign("zhou").post("/settings", {**two, "tracked_months": "6"}).status_code == 303
    stored = api("zhou").get("settings")
    assert (stored["discount_rate_percent"], stored["tracked_months"]) == (9, 6)
    url = f"/people/{api('wu').get('me')['id']}"
    one, two = (filled(sign("zhou").get(url).get_data(as_text=True)) for _ in range(2))
    assert sign("zhou").post(url, {**one, "position": "质检"}).status_code == 303
    assert sign("zhou").post(url, {**two, "may_verify": "y"}).status_code == 303
    assert api("wu").get("me")["may_verify"] is True
    assert "质检" in sign("zhou").get(url).get_data(as_text=True)
