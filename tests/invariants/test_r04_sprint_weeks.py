"""R4: a sprint lasts one week or two, by whatever door it is planned."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from backlog.kernel.database import session, writing
from tests.board.factory import project
from tests.world import Call, Sign, World


@pytest.mark.parametrize("weeks", [0, 3, -1])
def test_the_api_refuses_other_weeks(world: World, api: Call, weeks: int) -> None:
    at = project(world)
    answer = api("lin")("POST", "sprints", {"project_id": at, "goal": "g", "weeks": weeks})
    assert (answer.status_code, list(answer.get_json()["errors"])) == (422, ["weeks"])
    assert api("lin").edit(f"projects/{at}", {"sprint_weeks": weeks}).status_code == 422
    sprint = api("lin").make("sprints", {"project_id": at, "goal": "g"})["id"]
    assert api("lin").edit(f"sprints/{sprint}", {"weeks": weeks}).status_code == 422


def test_the_page_refuses_other_weeks(world: World, api: Call, sign: Sign) -> None:
    at = project(world)
    assert sign("lin").post("/projects/AIQC/sprints", {"goal": "g", "weeks": "3"}).status_code == 422
    assert api("lin").get(f"sprints?project_id={at}")["data"] == []


@pytest.mark.parametrize(("table", "column"), [("projects", "sprint_weeks"), ("sprints", "weeks")])
def test_the_database_itself_refuses_other_weeks(world: World, api: Call, table: str, column: str) -> None:
    api("lin").make("sprints", {"project_id": project(world), "goal": "g"})
    session.commit()
    with writing(), pytest.raises(IntegrityError, match="one_or_two_weeks"):
        session.execute(text(f"UPDATE {table} SET {column} = 3"))
    session.rollback()
