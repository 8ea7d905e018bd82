"""R2: the database itself refuses to change or delete a row of what is only added to."""

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from backlog.kernel.database import db, session, writing
from tests.house import samples
from tests.world import Call, World

KEPT = [
    "baseline_agreements", "baselines", "criteria", "decisions", "done_definitions", "estimates", "facts", "feedback",
    "ledger_entries", "measurements", "moves", "ticks", "verifications",
]  # fmt: skip


def guarded() -> list[str]:
    """Tables with a trigger that refuses changes."""
    sqlite = "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%append-only%'"
    postgres = (
        "SELECT DISTINCT event_object_table FROM information_schema.triggers WHERE trigger_name LIKE '%append_only'"
    )
    return sorted(session.scalars(text(sqlite if db.engine.dialect.name == "sqlite" else postgres)))


@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_no_row_of_history_is_changed_or_deleted(world: World, api: Call, act: str) -> None:
    samples.fill(world, api)
    tables = guarded()
    assert set(KEPT) <= set(tables)
    unharmed = {}
    for table in tables:
        has_rows = session.scalar(text(f'SELECT COUNT(*) FROM "{table}"'))
        columns = [each["name"] for each in inspect(db.engine).get_columns(table)]
        statement = act.format(f'"{table}"').replace("id = id", f"{columns[0]} = {columns[0]}")
        session.rollback()
        with writing():
            try:
                session.execute(text(statement))
            except DBAPIError as error:
                unharmed[table] = "append-only" in str(error.orig)
            session.rollback()
        if not has_rows:
            unharmed.setdefault(table, True)
    assert [table for table in tables if not unharmed.get(table)] == []
