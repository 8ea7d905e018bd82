"""`make bench`: the budgets of the design, as ratios in one run, written to docs/performance.md."""

import gzip
import json
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from flask.sessions import SecureCookieSessionInterface

from backlog.kernel.database import db
from backlog.web.application import Application
from tests.bench import bare, data, guards, ranking
from tests.bench.file_in import looked_at
from tests.bench.found import search
from tests.bench.measure import Line, alternate, at_once, rss_mb
from tests.bench.report import Report
from tests.bench.rows import million
from tests.bench.started import bare_server
from tests.databases import postgresql
from tests.server.process import Served, serving

RUNS = 60
ON_POSTGRESQL = ", on PostgreSQL"


def main() -> None:
    """Measure everything and write the page."""
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        began = time.perf_counter()
        app, facts = data.prepare(instance)
        print(f"filled in {time.perf_counter() - began:.1f} s", file=sys.stderr)
        bare.fill(str(instance / "bare.db"), 200)
        cookies = [cookie(app, secret) for secret in facts["sessions"]]
        with serving(instance):  # the first start of an instance compiles its templates
            pass
        with serving(instance, BACKLOG_API_RATE="0") as served, bare_server(instance / "bare.db") as plain:
            report.add("start to first answer", "≤ 2 s", f"{served.seconds:.2f} s")
            pages(report, served, plain, cookies[0])
            moves(report, served, plain, facts)
            crowd(report, served, cookies, facts)
            guards.slow_senders(report, served, cookies[0])
            report.add("server process after the run", "≤ 110 MB", f"{rss_mb(served.process.pid):.0f} MB")
        guards.sign_ins(report, instance)
        guards.rate(report, instance, facts)
        guards.sample_memory(report)
        looked_at(report)
        ranking.drawn(report)
        ranking.listed(report, app, instance, lambda secret: cookie(app, secret))
        million(report, app, instance, facts)
        search(report, app, instance, facts)
    on_postgresql(report)
    Path("docs/performance.md").write_text(report.page(), "utf-8")
    print(report.page())


def on_postgresql(report: Report) -> None:
    """The same million rows, lists and searches in a PostgreSQL of its own."""
    with postgresql() as server, tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        app, facts = data.prepare(instance, server.copy("bench"))
        million(report, app, instance, facts, ON_POSTGRESQL)
        search(report, app, instance, facts, ON_POSTGRESQL)
        with app.app_context():
            db.engine.dispose()


def cookie(app: Application, secret: str) -> str:
    """The session cookie of a signed-in browser."""
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return "dengta=" + str(signer.dumps({"_user_id": secret, "_fresh": True}))


def pages(report: Report, served: Served, plain: Served, signed: str) -> None:
    """The board of 200 cards beside the bare page."""
    board, other = Line(served.port, {"Cookie": signed}), Line(plain.port, {})
    path = "/projects/SMALL/board"
    status, html, first = board.ask(path)
    assert status == 200, status
    _, _, bare_first = other.ask("/")
    both = alternate(
        RUNS,
        {
            "board": (served.process.pid, lambda: board.ask(path)[2]),
            "bare": (plain.process.pid, lambda: other.ask("/")[2]),
        },
    )
    mine, theirs = both["board"], both["bare"]
    report.add("board of 200, first time", "≤ 2 × bare", f"{first / bare_first:.1f} × ({first:.0f} ms)")
    report.add(
        "board of 200, warm, p50",
        "≤ 1.2 × bare",
        f"{mine.p50 / theirs.p50:.2f} × ({mine.p50:.1f} / {theirs.p50:.1f} ms)",
    )
    report.add("board of 200, warm, CPU", "≤ 1.2 × bare", f"{mine.cpu / max(0.01, theirs.cpu):.2f} ×")
    report.add("its p95 / p50", "≤ 1.6", f"{mine.p95 / mine.p50:.2f}")
    report.add("HTML of 200 cards, gzip", "≤ 14 KB", f"{len(gzip.compress(html)) / 1024:.1f} KB")
    built = Path("static/build")
    size = sum(len(gzip.compress((built / name).read_bytes())) for name in ("app.css", "app.js", "board.js"))
    report.add("CSS + JS of a first visit, gzip", "≤ 50 KB", f"{size / 1024:.1f} KB")
    asked = set(re.findall(r'(?:src|href)="(/static/[^"#]*)', html.decode()))
    report.add("requests of a first visit", "≤ 6", str(len(asked) + 1))


def moves(report: Report, served: Served, plain: Served, facts: dict[str, Any]) -> None:
    """A move with all its rules beside one bare row update, and on a large board."""
    line, other = Line(served.port, {"Authorization": f"Bearer {facts['token']}"}), Line(plain.port, {})
    columns = {key: _columns(line, facts["projects"][key]) for key in ("SMALL", "LARGE")}
    turn = {"SMALL": 0, "LARGE": 0}

    def move(key: str) -> float:
        turn[key] += 1
        items = facts[key.lower()]
        body = f'{{"column_id": {columns[key][turn[key] % 2]}}}'
        path = f"/api/v1/items/{items[turn[key] % 100]}/moves"
        status, answer, ms = line.ask(path, "POST", body, **{"Content-Type": "application/json"})
        assert status in {200, 201}, (status, answer[:300])
        return ms

    pairs = {
        "small": (served.process.pid, lambda: move("SMALL")),
        "large": (served.process.pid, lambda: move("LARGE")),
        "bare": (plain.process.pid, lambda: other.ask("/move", "POST")[2]),
    }
    found = alternate(RUNS, pairs)
    report.add(
        "a move with all its rules",
        "≤ 3 × a bare row update",
        f"{found['small'].p50 / found['bare'].p50:.1f} × ({found['small'].p50:.1f} / {found['bare'].p50:.1f} ms)",
    )
    report.add("a move on a board of 5,000", "≤ 1.2 ×", f"{found['large'].p50 / found['small'].p50:.2f} ×")


def _columns(line: Line, project_id: int) -> list[int]:
    status, body, _ = line.ask(f"/api/v1/projects/{project_id}/columns")
    assert status == 200, body
    found = json.loads(body)
    return [each["id"] for each in (found["data"] if isinstance(found, dict) else found)]


def crowd(report: Report, served: Served, cookies: list[str], facts: dict[str, Any]) -> None:
    """20 people at once: reading the board, then 100 moves."""
    lines = [Line(served.port, {"Cookie": signed}) for signed in cookies]
    counts, seconds = at_once(20, 10, lambda person, _turn: lines[person].ask("/projects/SMALL/board")[0])
    report.add("20 people reading at once", "no error", f"{counts}, {200 / seconds:.0f} boards a second")
    callers = [
        Line(served.port, {"Authorization": f"Bearer {facts['token']}", "Content-Type": "application/json"})
        for _ in range(20)
    ]
    columns = _columns(callers[0], facts["projects"]["SMALL"])

    def move(person: int, turn: int) -> int:
        item = facts["small"][person * 5 + turn]
        return callers[person].ask(f"/api/v1/items/{item}/moves", "POST", f'{{"column_id": {columns[1 + turn % 2]}}}')[
            0
        ]

    counts, seconds = at_once(20, 5, move)
    report.add("20 people, 100 moves at once", "none refused, none lost", f"{counts}, {seconds:.2f} s")


if __name__ == "__main__":
    main()
