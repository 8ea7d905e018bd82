"""The search while a million things can be found: rare and common words beside a list's first page."""

import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import text

from backlog.kernel.database import db, session, writing
from backlog.portfolio.actions import rebuild
from backlog.web.application import Application
from tests.bench.measure import Line, alternate
from tests.bench.report import Report
from tests.bench.rows import address
from tests.server.process import serving

RUNS = 30
RARE = 1_000  # of the rows: one in so many says the rare word
WORDS = {
    "common": "检测",
    "rare": "稀土",
    "common and rare": "检测 稀土",
    "unknown": "罕见",
}


def search(report: Report, app: Application, instance: Path, facts: dict[str, Any], where: str = "") -> None:
    """Give some rows a rare word, make the index, and ask; `where` names the database they lie in."""
    with app.app_context(), writing():
        session.execute(text("UPDATE items SET title = title || ' 稀土' WHERE id % :one = 0"), {"one": RARE})
        began = time.perf_counter()
        count = rebuild()
        session.commit()
        seconds = time.perf_counter() - began
        session.execute(text("ANALYZE"))
        session.commit()
        db.engine.dispose()
    report.add(f"index of the search made again{where}", "–", f"{count:,} things in {seconds:.0f} s")
    with serving(instance, BACKLOG_API_RATE="0", BACKLOG_DATABASE_URL=address(app)) as served:
        line = Line(served.port, {"Authorization": f"Bearer {facts['token']}"})
        paths = {"list": f"/api/v1/items?project_id={facts['projects']['LARGE']}"}
        paths |= {f"search, {name} word": f"/api/v1/search?q={quote(word)}" for name, word in WORDS.items()}
        paths["search, common word of one kind"] = f"/api/v1/search?q={quote(WORDS['common'])}&subject_type=item"
        asks = {name: (served.process.pid, lambda path=path: _ask(line, path)) for name, path in paths.items()}
        found = alternate(RUNS, asks)
    first = found.pop("list").p50
    for name, times in found.items():
        report.add(
            name + where, "≤ 5 × a list's first page", f"{times.p50 / first:.2f} × ({times.p50:.1f} / {first:.1f} ms)"
        )


def _ask(line: Line, path: str) -> float:
    status, body, ms = line.ask(path)
    assert status == 200, (path, status, body[:200])
    return ms
