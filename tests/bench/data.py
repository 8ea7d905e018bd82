"""What the benchmark looks at: a board of 200 cards, one of 5,000, and, when asked, a million rows of other projects."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import flask_migrate
from sqlalchemy import insert, select

from backlog import create_app
from backlog.board.models import Column, Item
from backlog.config import Settings
from backlog.kernel import clock
from backlog.kernel.database import session, writing
from backlog.kernel.order import keys_from
from backlog.lighthouse import actions as lighthouse
from backlog.people import actions as people
from backlog.people.models import User
from backlog.people.secrets import Hashing
from backlog.web.application import Application

PASSWORD = "correct horse 12"


def prepare(instance: Path, database_url: str = "") -> tuple[Application, dict[str, Any]]:
    """Fill an instance; answers the app and what the benchmark needs to know."""
    os.environ["BACKLOG_INSTANCE"] = str(instance)
    app = create_app(Settings(instance=instance, database_url=database_url, cheap_hashes=True, log_level="ERROR"))
    with app.app_context():
        flask_migrate.upgrade()
        (instance / "lived").write_text("bench")
        with writing():
            facts = _fill()
            session.commit()
    return app, facts


def _fill() -> dict[str, Any]:
    lin = people.add_user(None, email="lin@example.com", name="Lin", role="product_manager", password=PASSWORD)
    _refusable(lin)
    token = people.make_token(lin, "bench", "write")
    sessions = [people.open_session(lin, "bench") for _ in range(20)]
    projects = {key: _project(lin, key) for key in ("SMALL", "LARGE", "OTHER", "LAST")}
    facts = {"token": token, "sessions": sessions, "user_id": lin.id, "projects": projects}
    facts["small"] = add_items(projects["SMALL"], lin.id, 200)
    facts["large"] = add_items(projects["LARGE"], lin.id, 5000)
    return facts


def _refusable(lin: User) -> None:
    """Accounts to try in vain: with the hashes of an installation, two of them deactivated."""
    Hashing.choose(cheap=False)
    for name in ("known0", "known1", "gone0", "gone1"):
        user = people.add_user(None, email=f"{name}@example.com", name=name, role="stakeholder", password=PASSWORD)
        user.active = name.startswith("known")
    Hashing.choose(cheap=True)
    session.flush()


def _project(lin: User, key: str) -> int:
    project = lighthouse.add_project(lin, key=key, kind="everyday", name=f"Bench {key}")
    session.flush()
    for column in session.scalars(select(Column).where(Column.project_id == project.id)):
        column.wip_limit = None
    session.flush()
    return int(project.id)


def add_items(project_id: int, user_id: int, count: int, first: int = 1) -> list[int]:
    """Cards spread over a project's columns; answers their ids."""
    columns = list(session.scalars(select(Column).where(Column.project_id == project_id).order_by(Column.position)))
    now = clock.now() - timedelta(days=3)
    keys = keys_from(None, None, count)
    rows = [
        {
            "project_id": project_id,
            "number": first + n,
            "type": ("story", "task", "bug", "experiment", "data", "model")[n % 6],
            "title": f"检测样本复核页第 {n} 版",
            "description": "",
            "points": 3.0,
            "blocked_reason": "",
            "column_id": columns[n % (len(columns) - 1)].id,
            "order_key": keys[n],
            "entered_column_at": now,
            "created_by_id": user_id,
            "created_at": now,
            "checks_met": 0,
            "checks_total": 0,
            "version": 1,
        }
        for n in range(count)
    ]
    for start in range(0, count, 5000):
        session.execute(insert(Item), rows[start : start + 5000])
    session.flush()
    return list(
        session.scalars(select(Item.id).where(Item.project_id == project_id, Item.number >= first).order_by(Item.id))
    )
