"""Each file of the sample data reads the same by page, API and command."""

import io
from typing import Any

import pytest
from sqlalchemy import select

from backlog.cli import import_command
from backlog.exchange.models import Import
from backlog.kernel.database import session
from tests.board.factory import project
from tests.exchange.factory import DATA, data
from tests.exchange.test_doors import send
from tests.kpis import factory as kpi_factory
from tests.world import Call, Sign, World

FILES = (
    ("usecases.xlsx", "use-cases"),
    ("usecases_gb18030.csv", "use-cases"),
    ("kpi_handling_minutes.csv", "measurements"),
    ("jira_cloud.csv", "jira"),
    ("trello_board.json", "trello"),
)


def told(import_id: int) -> tuple[Any, ...]:
    session.rollback()
    one = session.scalars(select(Import).where(Import.id == import_id)).one()
    names = ("state", "encoding", "sheet", "read", "created", "updated", "unchanged", "refused", "problems", "mapping")
    return (*(getattr(one, name) for name in names), one.preview)


@pytest.mark.parametrize(("name", "kind"), FILES)
def test_three_doors_one_answer(world: World, api: Call, sign: Sign, name: str, kind: str) -> None:
    kpi = kpi_factory.kpi(world)
    session.commit()
    to: dict[str, Any] = {"kpi_id": str(kpi.id)} if kind == "measurements" else {}
    words = ["--kpi", kpi.code] if to else []
    if kind in {"jira", "trello"}:
        to, words = {"project_id": str(project(world))}, ["--project", "AIQC"]
    by_api = send(api("lin"), data(name), name, kind=kind, dry_run="true", **to).get_json()["id"]
    form = {"kind": kind, "file": (io.BytesIO(data(name)), name), **to}
    page = sign("lin").post("/imports", form, content_type="multipart/form-data").location
    as_lin = ["--dry-run", "--as", world.email("lin")]
    world.app.test_cli_runner().invoke(import_command, [kind, str(DATA / name), *words, *as_lin])
    session.rollback()
    last = session.scalar(select(Import.id).order_by(Import.id.desc()))
    assert last == int(page.rpartition("/")[2]) + 1
    assert told(by_api) == told(last - 1) == told(last)
    assert told(last)[3] > 5
