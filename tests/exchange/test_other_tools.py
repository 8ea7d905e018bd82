"""Boards of Jira and Trello come in whole, once, by the rules of our own."""

import json
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import func, select

from backlog.board import queries as board
from backlog.board.models import AcceptanceLine, Column, Item
from backlog.discussion.models import Comment
from backlog.exchange import actions
from backlog.exchange.refused import refused_file
from backlog.kernel.database import session, writing
from backlog.kernel.refusal import Invalid
from backlog.sprints import actions as sprints
from backlog.sprints.models import Sprint
from backlog.sprints.queries import sprints_of_items
from tests.board.factory import project
from tests.exchange.factory import bring, counts, data, faults, table
from tests.world import World

JIRA = json.loads(data("jira_cloud.expected.json"))
TRELLO = json.loads(data("trello_board.expected.json"))
WORD = "在原工具里已完成"


def items() -> dict[str, Item]:
    return {each.title: each for each in session.scalars(select(Item).order_by(Item.number))}


def test_jira_comes_in_as_its_figures_say(world: World) -> None:
    project_id = project(world)
    one = bring(world, "lin", "jira", data("jira_cloud.csv"), project_id=project_id, reason=WORD, override_reason=WORD)
    assert (one.state, one.read, one.created, one.refused) == ("done", JIRA["rows"], JIRA["rows"], 0), one.problems
    rows = items()
    assert sum(each.points or 0 for each in rows.values()) == JIRA["story_points_total"]
    assert sum(each.points or 0 for each in rows.values() if each.done_at) == JIRA["story_points_done"]
    tags = Counter(tag for tags in board.tags_of([each.id for each in rows.values()]).values() for tag in tags)
    assert {name: count for name, count in tags.items() if name in JIRA["labels"]} == JIRA["labels"]
    before = {name.removeprefix("sprint:"): count for name, count in tags.items() if name.startswith("sprint:")}
    now_in = Counter(sprint_goals()[each] for each in sprints_of_items([row.id for row in rows.values()]).values())
    assert Counter(before) + now_in == JIRA["sprint_memberships"]
    unfinished = [row for row in rows.values() if not row.done_at]
    assert now_in == {"AIQC Sprint 3": 11} and len(unfinished) >= 11
    assert session.scalar(select(func.count()).select_from(Comment)) == JIRA["comments"]
    assert sum(each.blocked_at is not None for each in rows.values()) == JIRA["flagged"]
    categories = Counter(session.get_one(Column, each.column_id).category for each in rows.values())
    assert categories["done"] == JIRA["status"]["Done"]
    assert categories["todo"] == JIRA["status"]["To Do"]
    spot = JIRA["spot"]["AIQC-7"]
    item = rows[spot["summary"]]
    assert item.points == spot["points"]


def sprint_goals() -> dict[int, str]:
    return {each.id: each.goal for each in session.scalars(select(Sprint))}


SPRINTS = table("Summary,Issue key,Status,Sprint", "甲,A-1,In Progress,Team Sprint 7", "乙,A-2,Done,Team Sprint 7")


def test_what_is_not_done_enters_its_sprint_once(world: World) -> None:
    project_id = project(world)
    one = bring(world, "lin", "jira", SPRINTS, project_id=project_id, override_reason=WORD)
    told = [each["facts"] for each in one.problems if each["code"] == "import.sprint_planned"]
    assert told == [{"sprint": "Team Sprint 7", "number": 1}]
    rows = items()
    assert sprints_of_items([rows["甲"].id, rows["乙"].id]) == {rows["甲"].id: session.scalars(select(Sprint.id)).one()}
    assert board.tags_of([rows["乙"].id])[rows["乙"].id] == ["sprint:Team Sprint 7"]
    again = bring(world, "lin", "jira", SPRINTS, project_id=project_id, override_reason=WORD)
    assert (again.unchanged, len(sprint_goals())) == (2, 1)
    with writing():
        actions.undo(world.person("lin"), one)
    assert sprints_of_items([rows["甲"].id]) == {}


def test_who_may_not_plan_sprints_and_a_draft_keep_them_as_tags(world: World) -> None:
    project_id = project(world)
    one = bring(world, "wu", "jira", SPRINTS, project_id=project_id, good_rows=True)
    assert [each["code"] for each in one.problems if each["severity"] == "warn"] == ["import.sprint_as_tag"]
    assert (sprint_goals(), board.tags_of([items()["甲"].id])) == ({}, {items()["甲"].id: ["sprint:Team Sprint 7"]})


def test_a_list_of_zentao_enters_the_open_sprint_of_that_number(world: World) -> None:
    project_id = project(world)
    with writing():
        sprints.plan(world.person("lin"), project_id=project_id, goal="认出缺陷")
        session.commit()
    raw = table("任务编号,任务名称,所属执行,任务状态", "11,标定相机,第1迭代,进行中")
    bring(world, "lin", "items", raw, project_id=project_id)
    assert len(sprints_of_items([items()["标定相机"].id])) == len(sprint_goals()) == 1


def test_jira_twice_adds_nothing_and_is_taken_back(world: World) -> None:
    project_id = project(world)
    one = bring(world, "lin", "jira", data("jira_cloud.csv"), project_id=project_id, reason=WORD, override_reason=WORD)
    again = bring(
        world, "lin", "jira", data("jira_cloud.csv"), project_id=project_id, reason=WORD, override_reason=WORD
    )
    assert counts(again) == {"read": 40, "created": 0, "updated": 0, "unchanged": 40, "refused": 0}
    with writing():
        actions.undo(world.person("lin"), one)
    assert session.scalars(select(Item).where(Item.archived_at.is_(None))).all() == []


def test_done_issues_meet_our_definition_of_done(world: World) -> None:
    project_id = project(world)
    one = bring(world, "lin", "jira", data("jira_cloud.csv"), project_id=project_id, reason=WORD)
    assert {code for _, _, code in faults(one)} == {"item.not_done"}
    assert (one.refused, items()) == (JIRA["status"]["Done"], {})


def test_parents_that_lead_back_are_named_and_depth_harms_nothing(world: World) -> None:
    project_id = project(world)
    deep = [f"t{at},D-{at},D-{at + 1}" for at in range(1_000)]
    one = bring(
        world,
        "lin",
        "jira",
        table("Summary,Issue key,Parent key", "甲,A-1,A-2", "乙,A-2,A-1", *deep[:3]),
        project_id=project_id,
    )
    named = {each["row"] for each in one.problems if each["code"] == "import.parent_cycle"}
    assert (named, one.created) == ({2, 3}, 5)


def test_trello_comes_in_as_its_figures_say(world: World) -> None:
    project_id = project(world)
    one = bring(
        world, "lin", "trello", data("trello_board.json"), project_id=project_id, reason=WORD, override_reason=WORD
    )
    assert (one.state, one.read, one.created, one.refused) == ("done", TRELLO["cards"], TRELLO["visible_cards"], 0), (
        one.problems
    )
    left = [each for each in one.problems if each["code"] == "import.archived"]
    assert len(left) == TRELLO["archived_cards"] + TRELLO["cards_in_archived_lists"]
    rows = items()
    categories = Counter(session.get_one(Column, each.column_id).category for each in rows.values())
    lists = TRELLO["cards_by_list"]
    visible_done = categories["done"]
    assert categories["doing"] == lists["进行中"] + lists["评审中"] and visible_done <= lists["已完成"]
    lines = session.scalars(select(AcceptanceLine)).all()
    assert 0 < len(lines) <= TRELLO["check_items"]
    assert sum(each.met for each in lines) <= TRELLO["check_items_complete"]
    assert session.scalar(select(func.count()).select_from(Comment)) == TRELLO["comments"]
    again = bring(
        world, "lin", "trello", data("trello_board.json"), project_id=project_id, reason=WORD, override_reason=WORD
    )
    assert (again.created, again.updated) == (0, 0)


@pytest.mark.parametrize(
    "board_",
    [
        {"cards": 1, "lists": []},
        {"cards": [1], "lists": []},
        {"cards": [{"id": {}}], "lists": [[]]},
        [],
        "x",
        {"constructor": {}, "__proto__": []},
    ],
)
def test_what_is_no_board_is_refused(world: World, board_: Any) -> None:
    project_id = project(world)
    with pytest.raises(Invalid):
        bring(world, "lin", "trello", json.dumps(board_).encode(), project_id=project_id)


def test_a_board_a_thousand_deep_is_refused(world: World) -> None:
    project_id = project(world)
    with pytest.raises(Invalid):
        bring(world, "lin", "trello", b'{"cards":' + b"[" * 100_000 + b"]" * 100_000 + b"}", project_id=project_id)


def test_cards_that_were_refused_are_mended_as_a_table(world: World) -> None:
    project_id = project(world)
    checklist = {
        "id": "k",
        "idCard": "1",
        "name": "DoD",
        "checkItems": [{"name": "甲", "state": "complete"}, {"name": "乙, 丙"}],
    }
    card = {"id": "1", "name": "", "idList": "l", "labels": [{"name": "a, b"}, {"name": "c"}], "desc": "一\n二"}
    said = [
        {"type": "commentCard", "date": "2026", "data": {"text": each, "card": {"id": "1"}}}
        for each in ("一\n二", "三")
    ]
    lists = [{"id": "l", "name": "待办"}]
    raw = json.dumps({"lists": lists, "cards": [card], "checklists": [checklist], "actions": said}).encode()
    one = bring(world, "lin", "trello", raw, project_id=project_id)
    assert faults(one) == {(2, "title", "value.required")}
    mended = refused_file(one, raw).replace("\n,待办", "\n卡,待办").encode()
    assert bring(world, "lin", "trello", mended, project_id=project_id).created == 1
    item = items()["卡"]
    assert (item.description, board.tags_of([item.id])[item.id]) == ("一\n二", ["a, b", "c"])
    assert [(each.text, each.met) for each in board.acceptance_of([item.id])[item.id]] == [
        ("甲", True),
        ("乙, 丙", False),
    ]
    assert [each[-3:] for each in session.scalars(select(Comment.text))] == ["一\n二", "\n\n三"]


def test_jira_in_newer_chinese_words_and_done_by_other_names(world: World) -> None:
    project_id = project(world)
    raw = table(
        "摘要,事务键值,事务类型,状态,截止日期,评论,父项,父项摘要",
        '甲,W-1,缺陷,Won\'t Do,2026/3/20 上午12:00,"1;u;好",W-9,史诗',
    )
    assert bring(world, "lin", "jira", raw, project_id=project_id, override_reason=WORD).created == 1
    item = items()["甲"]
    assert (item.type, session.get_one(Column, item.column_id).category) == ("bug", "done")
    assert item.description == "↑ W-9 史诗\n\n截止日期: 2026-03-20"
    assert session.scalars(select(Comment.text)).one().endswith("好")


@pytest.mark.parametrize(
    ("state", "category"), [("50%", "doing"), ("100%", "done"), ("0%", "todo"), ("3. 完成 ✅", "done")]
)
def test_a_state_may_be_how_much_is_done(world: World, state: str, category: str) -> None:
    project_id = project(world)
    bring(world, "lin", "items", table("任务,完成情况", f"甲,{state}"), project_id=project_id, override_reason=WORD)
    assert session.get_one(Column, items()["甲"].column_id).category == category


def test_fields_of_ones_own_on_a_card_come_along(world: World) -> None:
    project_id = project(world)
    fields: list[dict[str, Any]] = [
        {"id": "p", "name": "Story Points", "type": "number"},
        {"id": "w", "name": "优先级", "type": "list", "options": [{"id": "o", "value": {"text": "高"}}]},
        {"id": "c", "name": "客户", "type": "text"},
    ]
    given = [
        {"idCustomField": "p", "value": {"number": "5"}},
        {"idCustomField": "w", "idValue": "o", "value": None},
        {"idCustomField": "c", "value": {"text": "启航"}},
    ]
    card = {"id": "1", "name": "卡", "idList": "l", "due": "2026-04-30T16:30:00.000Z", "customFieldItems": given}
    pattern = {"id": "2", "name": "样", "idList": "l", "isTemplate": True}
    board_ = {"lists": [{"id": "l", "name": "完成 🎉"}], "cards": [card, pattern], "customFields": fields}
    raw = json.dumps(board_).encode()
    one = bring(world, "lin", "trello", raw, project_id=project_id, override_reason=WORD)
    assert (one.created, [each["code"] for each in one.problems]) == (1, ["import.archived"])
    item = items()["卡"]
    assert (item.points, item.description) == (5, "客户: 启航\n\n📅 2026-05-01")
    assert board.tags_of([item.id])[item.id] == ["优先级:高"]
    assert session.get_one(Column, item.column_id).category == "done"
