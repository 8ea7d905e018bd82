"""SECURITY-CASES 69: long files at once before a real server, read, not read, and broken off."""

import http.client
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from backlog import create_app
from backlog.board.models import Item
from backlog.config import Settings
from backlog.exchange.export import Export
from backlog.exchange.out import workbook
from backlog.exchange.streamed import streamed
from backlog.kernel.database import db, session, writing
from backlog.lighthouse import actions as lighthouse
from backlog.people import actions as people
from backlog.web.server.door import StrictChannel
from backlog.web.server.run import let_go_of_stalled
from tests.bench.data import PASSWORD, add_items
from tests.server.process import PATIENCE, Served, serving

MIB = 1024 * 1024
ROWS, LENGTH = 10_000, 2_000  # more than all buffers of a line together
THREADS, KEPT_FREE = 8, 2
LONG_FILE = "/api/v1/exports/items"


@pytest.fixture
def served(instance: Path, token: str) -> Iterator[tuple[Served, str]]:
    """A server with a project of many items, and a token."""
    app = create_app(Settings(instance=instance, cheap_hashes=True, log_level="ERROR"))
    with app.app_context(), writing():
        lin = people.add_user(None, email="lin@example.com", name="Lin", role="product_manager", password=PASSWORD)
        project = lighthouse.add_project(lin, key="MANY", kind="everyday", name="Many")
        session.flush()
        add_items(project.id, lin.id, ROWS)
        session.execute(update(Item).values(description="长" * (LENGTH // 3)))
        session.commit()
        session.remove()
        db.engine.dispose()
    with serving(instance, BACKLOG_THREADS=str(THREADS)) as running:
        running.get("/api/v1/items", {"Authorization": f"Bearer {token}"})
        yield running, token


def memory(served: Served, name: str) -> int:
    """What /proc says of the process, in bytes."""
    lines = Path(f"/proc/{served.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


@contextmanager
def begun(served: Served, token: str) -> Iterator[http.client.HTTPResponse]:
    """A long file of which only the head is read."""
    with closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)) as line:
        line.connect()
        line.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.request("GET", LONG_FILE, headers={"Authorization": f"Bearer {token}"})
        with line.getresponse() as answer:
            yield answer


def test_five_at_once_are_whole_and_take_little_memory(served: tuple[Served, str]) -> None:
    server, token = served
    headers = {"Authorization": f"Bearer {token}"}
    before = memory(server, "VmRSS")
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: server.get(LONG_FILE, headers, PATIENCE), range(5)))
    assert {status for status, _ in answers} == {200}
    assert len({raw for _, raw in answers}) == 1
    assert answers[0][1].count(b"\r\n") == ROWS + 1
    assert memory(server, "VmHWM") - before <= 50 * MIB


def test_files_that_nobody_reads_leave_threads_for_others_and_end_with_their_lines(served: tuple[Served, str]) -> None:
    server, token = served
    headers = {"Authorization": f"Bearer {token}"}
    before = memory(server, "VmRSS")
    with ExitStack() as lines:
        for _ in range(THREADS - KEPT_FREE):
            answer = lines.enter_context(begun(server, token))
            assert answer.status == 200
        with begun(server, token) as refused:
            assert (refused.status, refused.headers["Retry-After"]) == (429, "5")
        assert server.get("/api/v1/items", headers)[0] == 200
    end = time.monotonic() + PATIENCE
    while (status := server.get(LONG_FILE, headers)[0]) == 429 and time.monotonic() < end:
        time.sleep(0.05)
    assert status == 200
    assert memory(server, "VmHWM") - before <= 50 * MIB


def test_who_has_gone_is_noticed_before_there_is_anything_to_send(app: Flask) -> None:
    ends = []

    def working() -> Iterator[bytes]:
        try:
            while True:
                yield b""
        finally:
            ends.append("ended")

    near, far = socket.socketpair()
    channel = StrictChannel.__new__(StrictChannel)
    channel.connected, channel.socket = True, near
    with (
        near,
        app.test_request_context(environ_overrides={"waitress.client_disconnected": channel.check_client_disconnected}),
    ):
        assert channel.check_client_disconnected() is False
        far.close()
        assert list(streamed(Export(working(), "text/csv", "x.csv")).response) == []
    assert ends == ["ended"]
    assert channel.check_client_disconnected() is True


@dataclass
class Reader:
    """As much of a connection as is looked at."""

    total_outbufs_len: int
    last_activity: float
    closed: bool = False

    is_stalled = StrictChannel.is_stalled

    def handle_close(self) -> None:
        """What the server does to it."""
        self.closed = True


def test_a_reader_who_takes_nothing_for_long_is_let_go() -> None:
    stalled, slow, idle = Reader(9, 10.0), Reader(9, 70.0), Reader(0, 10.0)
    let_go_of_stalled(SimpleNamespace(active_channels={1: stalled, 2: slow, 3: idle}), 60.0)
    assert [each.closed for each in (stalled, slow, idle)] == [True, False, False]


def test_a_workbook_that_nobody_waits_for_ends_with_its_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sleeps.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setattr(workbook, "WRITER", tmp_path / "sleeps.py")
    children: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def begin(*words: Any, **named: Any) -> subprocess.Popen[bytes]:
        children.append(real(*words, **named))
        return children[-1]

    monkeypatch.setattr(subprocess, "Popen", begin)
    pieces = workbook.workbook("items", ["a"], [[1]])
    assert next(pieces) == b""
    assert children[0].poll() is None
    pieces.close()
    assert children[0].returncode == -signal.SIGKILL
    assert next(workbook.workbook("items", ["a"], [[1]])) == b""  # and its turn is free


def test_a_long_workbook_waits_for_its_turn_and_a_short_one_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LONG", 1)
    with workbook._long:
        waiting = workbook.workbook("items", ["a"], [[1], [2]])
        assert [next(waiting), next(waiting)] == [b"", b""]
        assert b"".join(workbook.workbook("items", ["a"], [[1]])).startswith(b"PK")
    assert b"".join(waiting).startswith(b"PK")
