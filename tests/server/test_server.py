"""The server as it is started for real: strict at the door, unharmed by slow senders, stopping gracefully."""

import json
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.furnish import Furnished
from tests.server.process import PATIENCE, Served, command, environment_of, serving


@pytest.fixture(scope="module")
def served(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    instance = Path(shutil.copytree(furnished.folder, tmp_path_factory.mktemp("served") / "instance"))
    with serving(instance) as running:
        yield running


def say(served: Served, raw: bytes, timeout: float = PATIENCE) -> bytes:
    """Send bytes as they are and read until the server closes or has answered."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=timeout) as line:
        line.sendall(raw)
        heard = b""
        try:
            while b"\r\n\r\n" not in heard or b"close" in heard.lower():
                part = line.recv(65536)
                if not part:
                    break
                heard += part
        except TimeoutError:
            pass
        return heard


@pytest.mark.parametrize(
    "raw",
    [
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\nHost: localhost\n\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A : 1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + b"1" * 5_000 + b"\r\n\r\n",
        b"POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    ],
    ids=[
        "two lengths",
        "bare newlines",
        "space before the colon",
        "two hosts",
        "length twice",
        "5,000 digits",
        "chunks in HTTP/1.0",
        "version 9.9",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused_and_the_line_closed(served: Served, raw: bytes) -> None:
    heard = say(served, raw)
    assert heard.startswith(b"HTTP/1.") and b" 400 " in heard.split(b"\r\n")[0]
    assert b"content-security-policy" in heard.lower()


def test_trace_is_not_answered(served: Served) -> None:
    heard = say(served, b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert b" 405 " in heard.split(b"\r\n")[0]
    assert b"connection: close" in heard.lower()


def test_a_header_of_100_kb_is_too_large(served: Served) -> None:
    raw = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 100_000 + b"\r\n\r\n"
    assert b" 431 " in say(served, raw).split(b"\r\n")[0]


def test_10_gb_announced_are_refused_before_they_come(served: Served) -> None:
    raw = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000000\r\n\r\n" + b"a" * 1000
    assert b" 413 " in say(served, raw).split(b"\r\n")[0]


@pytest.mark.parametrize(("asked", "title"), [("zh-CN,en;q=0.5", "内容过大"), ("en", "Too large")])
def test_what_the_server_itself_refuses_is_told_in_the_senders_language(served: Served, asked: str, title: str) -> None:
    head = f"POST /api/v1/use-cases HTTP/1.1\r\nHost: localhost\r\nAccept-Language: {asked}\r\nContent-Length: 99999999\r\n"
    problem = json.loads(say(served, f"{head}\r\n".encode()).split(b"\r\n\r\n", 1)[1])
    assert (problem["status"], problem["title"]) == (413, title) and problem["detail"] != title
    assert title in say(served, f"{head}Accept: text/html\r\n\r\n".encode()).decode().split("\r\n\r\n", 1)[1]


def test_200_slow_senders_keep_nobody_waiting(served: Served) -> None:
    slow = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(200)]
    try:
        for line in slow:
            line.sendall(b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\na")
        stop = threading.Event()
        dripping = threading.Thread(target=_drip, args=(slow, stop))
        dripping.start()
        waits = []
        for _ in range(20):
            began = time.perf_counter()
            assert served.get("/sign-in", {"Host": "localhost"})[0] == 200
            waits.append(time.perf_counter() - began)
        stop.set()
        dripping.join()
        assert sorted(waits)[10] < 1.0, "a generous bound; the figure stands in docs/performance.md"
    finally:
        for line in slow:
            line.close()


def _drip(lines: list[socket.socket], stop: threading.Event) -> None:
    while not stop.wait(0.1):
        for line in lines:
            line.send(b"a")


def test_a_stop_lets_a_running_request_end(instance: Path) -> None:
    with serving(instance) as running:
        with socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE) as line:
            line.sendall(b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n")
            running.process.send_signal(signal.SIGTERM)
            assert line.recv(65536).startswith(b"HTTP/1.1 200")
        assert running.process.wait(PATIENCE) == 0


def test_an_unmigrated_database_is_not_served(tmp_path: Path) -> None:
    done = command(environment_of(tmp_path), "serve")
    assert done.returncode == 1
    assert "backlog db upgrade" in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_a_vanished_database_is_never_silently_begun_anew(instance: Path) -> None:
    (instance / "backlog.db").unlink()
    for words in (("db", "upgrade"), ("serve",)):
        done = command(environment_of(instance), *words)
        assert done.returncode == 1 and "vanished" in done.stderr


def test_a_foreign_file_is_no_database(instance: Path) -> None:
    (instance / "backlog.db").write_bytes(b"x" * 4096)
    done = command(environment_of(instance), "serve")
    assert done.returncode == 1 and "no SQLite database" in done.stderr


def test_a_new_installation_is_readable_by_its_owner_alone_and_upgraded_again_the_same(tmp_path: Path) -> None:
    environment = environment_of(tmp_path)
    assert [command(environment, "db", "upgrade").returncode for _ in range(2)] == [0, 0]
    for name in ("secret.key", "backlog.db"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "no"), ("BACKLOG_SECRET_KEY", "short"), ("BACKLOG_DATABASE_URL", "mysql://x")]
)
def test_a_wrong_setting_stops_the_start_with_one_line(tmp_path: Path, name: str, value: str) -> None:
    done = command(environment_of(tmp_path, **{name: value}), "serve")
    assert done.returncode == 2
    assert name in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_two_processes_share_one_file(served: Served) -> None:
    with serving(served.instance) as other:
        assert served.get("/readyz")[0] == other.get("/readyz")[0] == 200
