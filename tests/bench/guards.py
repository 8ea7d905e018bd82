"""What guards the door: slow senders harm nobody, a refusal tells nothing by its time, a token has its rate."""

import socket
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from tests.bench.measure import Line, Times, rss_mb
from tests.bench.report import Report
from tests.bench.visits import Visitor
from tests.server.process import Served, command, environment_of, serving

SLOW, ASKS = 200, 100
SIGN_INS = 18  # of each kind, for two accounts in turn: more tries would have to wait


def slow_senders(report: Report, served: Served, signed: str) -> None:
    """200 clients that send a byte a second, and the p95 of somebody else's board beside them."""
    line = Line(served.port, {"Cookie": signed})
    alone = _p95(line)
    ended = threading.Event()
    clients = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(SLOW)]
    thread = threading.Thread(target=_drip, args=(clients, ended))
    thread.start()
    beside = _p95(line)
    ended.set()
    thread.join()
    for client in clients:
        client.close()
    report.add("p95 of a board beside 200 slow senders", "≤ 2 × alone", f"{beside / alone:.2f} × ({beside:.1f} ms)")


def _p95(line: Line) -> float:
    return Times([line.ask("/projects/SMALL/board")[2] for _ in range(ASKS)], 0.0).p95


def _drip(clients: list[socket.socket], ended: threading.Event) -> None:
    request = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n" + b"x" * 1000
    for place in range(len(request)):
        for client in clients:
            try:
                client.send(request[place : place + 1])
            except OSError:
                continue
        if ended.wait(1.0):
            return


def sign_ins(report: Report, instance: Path) -> None:
    """Medians of a refused sign-in: unknown, wrong password, deactivated; with the hashes of an installation."""
    kinds = ("unknown", "known", "gone")
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    with serving(instance, BACKLOG_CHEAP_HASHES="0") as served:
        visitor = Visitor(served.port)
        token = visitor.token("/sign-in")
        for turn in range(SIGN_INS):
            for kind in kinds:
                form = {"csrf_token": token, "email": f"{kind}{turn % 2}@example.com", "password": "not this one"}
                began = time.perf_counter()
                status = visitor.ask("/sign-in", form)[0]
                times[kind].append((time.perf_counter() - began) * 1000)
                assert status == 401, (kind, turn, status)
    medians = {kind: statistics.median(each) for kind, each in times.items()}
    spread = max(medians.values()) / min(medians.values()) - 1
    said = ", ".join(f"{kind} {ms:.0f}" for kind, ms in medians.items())
    report.add("refused sign-ins apart (medians)", "≤ 10 %", f"{spread:.0%} ({said} ms)")


def rate(report: Report, instance: Path, facts: dict[str, Any]) -> None:
    """A token that asks more often than it may."""
    with serving(instance, BACKLOG_API_RATE="50") as served:
        line = Line(served.port, {"Authorization": f"Bearer {facts['token']}"})
        statuses = [line.ask("/api/v1/me")[0] for _ in range(80)]
    report.add(
        "80 asks of a token that may 50 a minute",
        "50 answered",
        f"{statuses.count(200)} answered, {statuses.count(429)} × 429",
    )


def sample_memory(report: Report) -> None:
    """The process that serves the sample, after every page of it in both languages."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        environment = environment_of(instance)
        for words in (("db", "upgrade"), ("sample", "load")):
            done = command(environment, *words)
            assert done.returncode == 0, done.stderr
        with serving(instance):
            pass
        with serving(instance) as served:
            begun = rss_mb(served.process.pid)
            visitor = Visitor(served.port)
            assert visitor.sign_in("admin@dengta.example", "lighthouse") == 303
            pages = 0
            for locale in ("zh", "en"):
                visitor.speak(locale)
                pages += len(visitor.every_page())
            said = f"{rss_mb(served.process.pid):.0f} MB after {pages} pages ({begun:.0f} MB at the start)"
            report.add("server process after every page of the sample", "≤ 110 MB", said)
