"""New tags are listed with a choice each, at every door; an import's own sprint goes with it when it is taken back."""

import io
import json
from typing import Any

from sqlalchemy import select

from backlog.board.models import ItemTag
from backlog.exchange import actions
from backlog.exchange.models import Import
from backlog.kernel.database import session, writing
from backlog.sprints.actions import add_items
from backlog.sprints.models import Sprint
from backlog.usecases.models import UseCaseTag
from tests.board.factory import item, project
from tests.exchange.factory import bring, table
from tests.exchange.test_doors import send
from tests.world import Call, Sign, World

FILE = table("title,标签", "质检,视觉;AI", "排产,旧;AI")


def tags() -> set[str]:
    session.rollback()
    return set(session.scalars(select(UseCaseTag.tag)))


def test_new_tags_are_named_and_made_unless_chosen_otherwise(world: World) -> None:
    bring(world, "lin", "use-cases", table("title,标签", "已有,机器视觉"))
    tried = bring(world, "lin", "use-cases", FILE, dry_run=True)
    assert tried.preview["tags"] == {"视觉": "视觉", "AI": "AI", "旧": "旧"}
    bring(world, "lin", "use-cases", FILE, choices={"tags": {"视觉": "机器视觉", "旧": None}})
    assert tags() == {"机器视觉", "AI"}
    again = bring(world, "lin", "use-cases", FILE)
    assert (again.unchanged, again.preview["tags"]) == (2, {})


def test_the_api_names_new_tags_and_takes_a_choice_for_each(world: World, api: Call) -> None:
    lin = api("lin")
    assert set(send(lin, FILE, dry_run="true").get_json()["unmatched"]["tags"]) == {"视觉", "AI", "旧"}
    done = send(lin, FILE, choices=json.dumps({"tags": {"视觉": "机器视觉", "旧": ""}}))
    assert (done.status_code, tags()) == (201, {"机器视觉", "AI"})
    assert send(lin, FILE, choices='{"tags": {"视觉": 7}}').status_code == 422


def test_the_page_asks_for_each_new_tag(world: World, sign: Sign) -> None:
    bring(world, "lin", "use-cases", table("title,标签", "已有,机器视觉"))
    lin = sign("lin")
    form = {"kind": "use-cases", "file": (io.BytesIO(FILE), "a.csv")}
    tried = lin.post("/imports", form, content_type="multipart/form-data")
    page = lin.get(tried.location).get_data(as_text=True)
    assert "New tags" in page and 'value="机器视觉"' in page
    names = {"tag-0-name": "视觉", "tag-0": "机器视觉", "tag-2-name": "旧", "tag-2": ""}
    assert lin.post(tried.location, {"act": "run", **names}).status_code == 303
    assert tags() == {"机器视觉", "AI"}


def test_items_have_the_tags_of_their_project(world: World, api: Call) -> None:
    project_id = project(world)
    item(api, project_id, "旧卡", tags=["视觉"])
    raw = table("标题,标签,优先级", "标定,视觉;新,高")
    tried = bring(world, "lin", "items", raw, project_id=project_id, dry_run=True)
    assert tried.preview["tags"] == {"新": "新"}
    bring(world, "lin", "items", raw, project_id=project_id, choices={"tags": {"新": "视觉"}})
    assert set(session.scalars(select(ItemTag.tag))) == {"视觉", "优先级:高"}


def planned(world: World, project_id: int) -> tuple[Import, Sprint]:
    one = bring(world, "lin", "items", table("标题,迭代", "标定,一期", "清洗,一期"), project_id=project_id)
    return one, session.scalars(select(Sprint)).one()


def sprints() -> list[Any]:
    return list(session.scalars(select(Sprint.id)))


def test_taking_an_import_back_takes_its_empty_sprint_along(world: World) -> None:
    one, _ = planned(world, project(world))
    with writing():
        actions.undo(world.person("lin"), one)
    assert sprints() == []


def test_a_sprint_that_others_use_stays(world: World, api: Call) -> None:
    project_id = project(world)
    one, sprint = planned(world, project_id)
    other = item(api, project_id, "另一张")
    with writing():
        add_items(world.person("lin"), sprint, [other["id"]])
        actions.undo(world.person("lin"), one)
    assert sprints() == [sprint.id]
