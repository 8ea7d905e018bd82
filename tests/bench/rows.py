"""Lists and boards while other projects hold a thousand rows, and then a million; and that no query scans."""

import re
from pathlib import Path
from typing import Any

from sqlalchemy import text

from backlog.kernel.database import db, session, writing
from backlog.web.application import Application
from tests.bench.data import add_items
from tests.bench.measure import Line, alternate
from tests.bench.report import Report
from tests.server.process import serving
from tests.statements import statements_and_values

RUNS = 30
FEW, MANY = 1_000, 1_000_000
SCAN = re.compile(r"SCAN items\b(?!.*USING)|Seq Scan on items\b")


def million(report: Report, app: Application, instance: Path, facts: dict[str, Any], where: str = "") -> None:
    """Measure the same pages twice and compare; `where` names the database they lie in."""
    other = facts["projects"]["OTHER"]
    few = _at(app, instance, facts, other, 1, FEW)
    many = _at(app, instance, facts, other, FEW + 1, MANY - FEW)
    for name in few:
        ratio = many[name] / few[name]
        report.add(
            f"{name} beside {MANY:,} rows{where}",
            "≤ 1.5 × of 1,000",
            f"{ratio:.2f} × ({many[name]:.1f} / {few[name]:.1f} ms)",
        )
    report.add(f"query plans that scan items{where}", "none", ", ".join(scans(app, facts)) or "none")


def _at(
    app: Application, instance: Path, facts: dict[str, Any], project_id: int, first: int, count: int
) -> dict[str, float]:
    with app.app_context(), writing():
        for start in range(first, first + count, 50_000):
            add_items(project_id, facts["user_id"], min(50_000, first + count - start), start)
            session.commit()
        session.execute(text("ANALYZE"))
        session.commit()
        db.engine.dispose()
    with serving(instance, BACKLOG_API_RATE="0", BACKLOG_DATABASE_URL=address(app)) as served:
        line = Line(served.port, {"Authorization": f"Bearer {facts['token']}"})
        paths = _paths(facts)
        asks = {name: (served.process.pid, lambda path=path: _ask(line, path)) for name, path in paths.items()}
        return {name: times.p50 for name, times in alternate(RUNS, asks).items()}


def _paths(facts: dict[str, Any]) -> dict[str, str]:
    project = facts["projects"]["LARGE"]
    return {
        "items, first page": f"/api/v1/items?project_id={project}",
        "items, filtered": f"/api/v1/items?project_id={project}&type=bug",
        "moves of an item": f"/api/v1/items/{facts['large'][0]}/moves",
    }


def _ask(line: Line, path: str) -> float:
    status, body, ms = line.ask(path)
    assert status == 200, (path, status, body[:200])
    return ms


def address(app: Application) -> str:
    """Where its database lies: empty for the file in its instance."""
    url = app.settings.database_url
    return "" if url.startswith("sqlite") else url


def _plan(sql: str, values: Any) -> list[str]:
    if db.engine.dialect.name == "sqlite":
        return [row[3] for row in session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + sql, values)]
    return [row[0] for row in session.connection().exec_driver_sql("EXPLAIN " + sql, values)]


def scans(app: Application, facts: dict[str, Any]) -> list[str]:
    """Statements of a board and a list whose plan walks a whole table of items."""
    with app.app_context(), statements_and_values() as said:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = facts["sessions"][0]
        assert client.get("/projects/LARGE/board").status_code == 200
    found = set()
    with app.app_context():
        for sql, values in said:
            if sql.lstrip().upper().startswith("SELECT"):
                found |= {step for step in _plan(sql, values) if SCAN.search(step)}
        session.rollback()
    return sorted(found)
