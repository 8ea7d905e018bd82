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
from backlog.kernel.database import session, writing
from backlog.kernel.refusal import Invalid
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
    sprints = {name.removeprefix("sprint:"): count for name, count in tags.items() if name.startswith("sprint:")}
    assert sprints == JIRA["sprint_memberships"]
    assert session.scalar(select(func.count()).select_from(Comment)) == JIRA["comments"]
    assert sum(each.blocked_at is not None for each in rows.values()) == JIRA["flagged"]
    categories = Counter(session.get_one(Column, each.column_id).category for each in rows.values())
    assert categories["done"] == JIRA["status"]["Done"]
    assert categories["todo"] == JIRA["status"]["To Do"]
    spot = JIRA["spot"]["AIQC-7"]
    item = rows[spot["summary"]]
    assert item.points == spot["points"]


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
