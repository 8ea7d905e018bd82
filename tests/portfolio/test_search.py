"""One search over everything: what is found, by whom, and on both databases the same."""

import json
import random
import re
from typing import Any

import pytest
from sqlalchemy import select, text

from backlog.kernel.database import session, writing
from backlog.kernel.language import fact_codes
from backlog.portfolio import actions, rules
from backlog.portfolio.actions.search import SILENT, WITH_COMMENTS, index
from backlog.portfolio.models import SearchEntry
from backlog.portfolio.queries import jump, overview, page_of_found
from backlog.portfolio.texts import KINDS
from tests.house import samples
from tests.world import Call, Sign, World

CHARACTERS = "质检缺陷漏报预测排产视觉ai7三-"


def found(world: World, name: str, query: str, **more: Any) -> set[tuple[str, int]]:
    """All that a person finds, page by page."""
    rows: list[Any] = []
    after = None
    while True:
        page = page_of_found(world.person(name), {"q": query, **more}, after, 3)
        rows += page.rows
        if page.last is None:
            ids = [each.entry.id for each in rows]
            assert ids == sorted(ids, reverse=True)
            return {(each.entry.subject_type, each.entry.subject_id) for each in rows}
        after = page.last


def propose(api: Call, title: str, name: str = "lin", **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = api(name).make("use-cases", {"title": title, **more})
    return made


def test_two_characters_find_in_the_middle_of_a_title(world: World, api: Call) -> None:
    made = propose(api, "外观表面缺陷自动检出")
    assert found(world, "wu", "缺陷") == {("use_case", made["id"])}
    assert found(world, "wu", "陷缺") == set()


@pytest.mark.parametrize(
    "query", ["vision", "VISI", "ｖｉｓｉｏｎ", "ision", "２０２４", "demand-2024/17", "质 demand", "线"]
)
def test_width_case_codes_of_elsewhere_and_single_characters(world: World, api: Call, query: str) -> None:
    made = propose(api, "产线质检 Vision", external_key="DEMAND-2024/17")
    propose(api, "其他", external_key="DEMAND-2025")
    assert found(world, "wu", query) == {("use_case", made["id"])}


@pytest.mark.parametrize(
    "query", ["", " ", "-", "%", "' OR 1=1 --", '"', "*", "质*检", "\x00", "\ue000usecase", "NEAR("]
)
def test_marks_and_operators_are_no_query(world: World, api: Call, query: str) -> None:
    propose(api, "质检")
    assert found(world, "wu", query) == set()


def test_every_word_must_be_there_each_as_it_stands(world: World, api: Call) -> None:
    made = propose(api, "质检", pain="客户投诉多")
    assert found(world, "wu", "投诉 质检") == {("use_case", made["id"])}
    assert found(world, "wu", "质检 退货") == set()
    assert found(world, "wu", "质检客户") == set()


def test_what_is_edited_archived_and_restored_is_found_as_it_is(world: World, api: Call) -> None:
    made = propose(api, "质检")
    lin = api("lin")
    assert lin.edit(f"use-cases/{made['id']}", {"title": "排产"}).status_code == 200
    assert found(world, "wu", "质检") == set()
    assert lin("DELETE", f"use-cases/{made['id']}").status_code == 204
    assert found(world, "wu", "排产") == set()
    assert found(world, "wu", "排产", archived=True) == {("use_case", made["id"])}
    lin("POST", f"use-cases/{made['id']}/restore")
    assert found(world, "wu", "排产") == {("use_case", made["id"])}


def test_comments_are_found_with_what_they_are_about(world: World, api: Call) -> None:
    made = propose(api, "质检")
    said = api("wu").make("comments", {"subject_type": "use_case", "subject_id": made["id"], "text": "相机 太贵了"})
    (hit,) = page_of_found(world.person("he"), {"q": "太贵"}, None, 5).rows
    assert (hit.entry.subject_id, hit.about.code) == (said["id"], made["code"])


def hide(world: World, api: Call) -> dict[str, Any]:
    """A confidential project of the squad with an item, a comment, a sprint: all of 机密."""
    samples.fill(world, api)
    lin = api("lin")
    lin.edit("projects/1", {"confidential": True, "name": "机密项目"})
    item = lin.make("items", {"project_id": 1, "type": "task", "title": "机密卡片"})
    lin.make("comments", {"subject_type": "item", "subject_id": item["id"], "text": "机密的话"})
    return dict(item)


def test_a_confidential_project_leaves_no_trace(world: World, api: Call, sign: Sign) -> None:
    item = hide(world, api)
    assert {kind for kind, _ in found(world, "wu", "机密")} >= {"project", "item", "comment"}
    assert found(world, "he", "机密") == set()
    assert overview(world.person("he"), "机密") == []
    assert jump(world.person("he"), item["code"]) is None and jump(world.person("he"), "AIQC") is None
    assert jump(world.person("wu"), item["code"]) is not None
    text_ = sign("he").get("/search?q=机密").text
    assert "机密项目" not in text_ and "机密卡片" not in text_
    assert api("he").get("search?q=机密")["data"] == []


def test_what_lies_in_an_archived_project_is_archived(world: World, api: Call) -> None:
    samples.fill(world, api)
    lin = api("lin")
    item = lin.make("items", {"project_id": 1, "type": "task", "title": "孤立卡片"})
    assert lin("DELETE", "projects/1").status_code == 204
    assert found(world, "wu", "孤立") == set()
    assert found(world, "wu", "孤立", archived=True) == {("item", item["id"])}


@pytest.mark.parametrize("writing_", ["UC-1", "uc-1", " ＵＣ－１ "])
def test_a_code_in_any_writing_leads_straight_there(world: World, api: Call, sign: Sign, writing_: str) -> None:
    propose(api, "质检")
    answer = sign("wu").get("/search", query_string={"q": writing_})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/use-cases/UC-1")


def test_a_key_leads_to_its_project_and_a_word_does_not(world: World, api: Call, sign: Sign) -> None:
    samples.fill(world, api)
    assert sign("wu").get("/search?q=aiqc").headers["Location"] == "/projects/AIQC"
    assert sign("wu").get("/search?q=UC-999").status_code == 200


def test_what_has_the_words_in_its_title_comes_first(world: World, api: Call) -> None:
    named = propose(api, "质检")
    for number in range(6):
        propose(api, f"其他{number}", pain="质检很慢")
    (group,) = overview(world.person("wu"), "质检")
    assert (group.count, group.has_more, len(group.found)) == (7, False, 5)
    assert group.found[0].entry.subject_id == named["id"]
    assert group.found[1].title == [("其他5", False)] and ("质检", True) in group.found[1].excerpt


def reference(asked: str) -> set[tuple[str, int]]:
    """What a look through all there is finds."""
    words = rules.phrases(asked)
    rows = session.scalars(select(SearchEntry)).all()
    return {(r.subject_type, r.subject_id) for r in rows if words and all(each in r.words for each in words)}


def test_random_texts_are_found_as_by_looking_through_all(world: World, api: Call) -> None:
    chance = random.Random(7)
    lin = api("lin")
    for _ in range(60):
        title = "".join(chance.choice(CHARACTERS) for _ in range(chance.randint(1, 9))) + "甲"
        propose(api, title, pain="".join(chance.choice(CHARACTERS + " ，") for _ in range(20)))
    lin.make("kpis", {"name": "质检一次通过率", "unit": "%", "direction": "increase"} | kpi_of(lin))
    for _ in range(150):
        query = "".join(chance.choice(CHARACTERS + " ") for _ in range(chance.randint(1, 4)))
        assert found(world, "zhou", query) == reference(query), query


def kpi_of(lin: Any) -> dict[str, Any]:
    return {"use_case_id": lin.get("use-cases?page_size=1")["data"][0]["id"]}


def held() -> dict[tuple[str, int], Any]:
    session.rollback()
    rows = session.scalars(select(SearchEntry).execution_options(populate_existing=True)).all()
    return {
        (r.subject_type, r.subject_id): (r.code, r.title, r.body, r.words, r.project_id, r.archived_at) for r in rows
    }


def test_what_followed_the_facts_is_what_is_made_anew(world: World, api: Call) -> None:
    samples.fill(world, api)
    before = held()
    assert {kind for kind, _ in before} >= set(KINDS) - {"comment"}
    with writing():
        actions.rebuild()
        session.commit()
    assert held() == before
    assert found(world, "zhou", "AIQC")


def test_a_move_writes_nothing_and_an_edit_one_row(world: World, api: Call) -> None:
    samples.fill(world, api)
    newest = session.scalar(text("SELECT max(id) FROM search_entries"))
    session.rollback()
    item = api("lin").get("items?project_id=1")["data"][0]
    column = api("lin").get("projects/1/columns")["data"][1]
    api("lin")("POST", f"items/{item['id']}/moves", {"column_id": column["id"], "reason": "x", "override_reason": "x"})
    assert session.scalar(text("SELECT max(id) FROM search_entries")) == newest
    session.rollback()
    assert api("lin").edit(f"items/{item['id']}", {"title": "新的名字"}).status_code == 200
    newer = select(SearchEntry.title).where(SearchEntry.id > newest)
    assert session.scalars(newer).all() == ["新的名字"]


def test_what_was_undone_is_not_in_the_index(world: World, api: Call) -> None:
    made = propose(api, "质检")
    with writing():
        index("use_case", [made["id"], 999])
        session.rollback()
    assert found(world, "wu", "质检") == {("use_case", made["id"])}


def test_the_silent_facts_are_facts() -> None:
    assert set(fact_codes()) >= SILENT | WITH_COMMENTS


def test_a_page_of_parts_says_how_many_and_marks_them(world: World, api: Call, sign: Sign) -> None:
    propose(api, "表面<b>质检")
    html = sign("wu").get("/search?q=质检", headers={"HX-Request": "true"}).text
    assert "表面&lt;b&gt;<mark>质检</mark>" in html and "<html" not in html
    assert 'data-said="1 found for “质检”"' in html


def test_every_kind_leads_to_its_page(world: World, api: Call, sign: Sign) -> None:
    samples.fill(world, api)
    api("lin").make("comments", {"subject_type": "use_case", "subject_id": 1, "text": "好主意"})
    browser = sign("lin")
    rows = session.scalars(select(SearchEntry)).all()
    session.rollback()
    assert {row.subject_type for row in rows} == set(KINDS)
    for row in rows:
        html = browser.get("/search", query_string={"q": row.title or row.code, "kind": row.subject_type}).text
        (address, *_) = re.findall(r'<a href="([^"#]*)[^"]*" data-hit', html)
        assert browser.get(address).status_code == 200, address


def test_nothing_found_says_what_to_do(world: World, sign: Sign) -> None:
    html = sign("wu").get("/search?q=没有的词").text
    assert "Try fewer or shorter words" in html and "archived=1" in html


def test_the_interface_pages_and_refuses(world: World, api: Call) -> None:
    for number in range(3):
        propose(api, f"质检{number}")
    first = api("wu").get("search?q=质检&page_size=2")
    assert [each["title"] for each in first["data"]] == ["质检2", "质检1"]
    rest = api("wu").get(f"search?q=质检&page_size=2&cursor={first['next_cursor']}")
    assert [each["title"] for each in rest["data"]] == ["质检0"] and rest["next_cursor"] is None
    assert api("wu").get("search?q=质检&subject_type=item")["data"] == []
    assert api("wu")("GET", "search").status_code == 422
    assert json.loads(api("wu")("GET", "search?q=x&subject_type=moon").data)["errors"].keys() == {"subject_type"}
