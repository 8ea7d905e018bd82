"""Small makers of projects and items, for the board and what stands on it."""

from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session, writing
from backlog.lighthouse.models import Project
from tests.world import Call, World


def project(world: World, key: str = "AIQC", kind: str = "everyday", status: str = "running", **more: Any) -> int:
    """A project of the squad with its default columns and definitions; its id."""
    with writing():
        values = {"squad_id": world.squad_id, "business_owner_id": world.ids["zhao"], **more}
        made = Project(key=key, kind=kind, name="成品出厂视觉质检", status=status, created_at=clock.now(), **values)
        session.add(made)
        session.flush()
        record(world.person("lin"), "project.added", ("project", made.id), project_id=made.id, kind=kind)
        session.commit()
    return made.id


def columns(api: Call, project_id: int) -> dict[str, int]:
    """Ids of the default columns as todo, doing, review, done."""
    rows = api("lin").get(f"projects/{project_id}/columns")["data"]
    return dict(zip(("todo", "doing", "review", "done"), (row["id"] for row in rows), strict=True))


def item(api: Call, project_id: int, title: str = "标定相机", who: str = "wu", **more: Any) -> dict[str, Any]:
    """An item as the API tells it."""
    made: dict[str, Any] = api(who).make("items", {"project_id": project_id, "title": title, **more})
    return made


def tick_all(api: Call, item_id: int, who: str = "lin") -> None:
    """Tick every line of an item."""
    for line in api("lin").get(f"items/{item_id}/ticks")["data"]:
        assert api(who)("PUT", f"items/{item_id}/ticks/{line['criterion_id']}", {}).status_code == 200
