"""Reviews for tests: a running sprint of AIQC with one item done and one not, and its review."""

from dataclasses import dataclass
from typing import Any

from backlog.kernel import clock
from backlog.kernel.database import session, writing
from backlog.reviews import actions
from backlog.sprints.models import ScopeRow, Sprint
from tests.board import factory as board
from tests.world import Call, World


@dataclass
class Held:
    """Ids of what a review is about."""

    project_id: int
    sprint_id: int
    review_id: int


def held(world: World, api: Call, key: str = "AIQC", **more: Any) -> Held:
    """A review of a sprint with two promised items, one of them done."""
    project_id = board.project(world, key, kind="lighthouse", **more)
    done, left = (board.item(api, project_id, title, points=3) for title in ("标定相机", "复核页"))
    with writing():
        sprint = Sprint(
            project_id=project_id,
            number=1,
            goal="误报率可测",
            starts_on=clock.today(),
            weeks=2,
            state="active",
            committed_points=6,
            created_at=clock.now(),
        )
        session.add(sprint)
        session.flush()
        for each in (done, left):
            values = {"entered_at": clock.now(), "committed": True, "points_at_start": 3, "by_id": world.ids["lin"]}
            session.add(ScopeRow(sprint_id=sprint.id, item_id=each["id"], **values))
        session.flush()
        review = actions.add_review(world.person("lin"), sprint_id=sprint.id)
        session.commit()
    board.tick_all(api, done["id"])
    column_id = board.columns(api, project_id)["done"]
    answer = api("lin")("POST", f"items/{done['id']}/moves", {"column_id": column_id})
    assert answer.status_code in {200, 201}, answer.get_data(as_text=True)
    return Held(project_id, sprint.id, review.id)
