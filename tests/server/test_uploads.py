"""SECURITY-CASES 52 before a real server: refused early, flat in memory, and nothing left of what was broken off."""

import http.client
import json
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.server.process import Served, command, serving

MIB = 1024 * 1024
FIELDS = {"subject_type": "use_case", "subject_id": "1"}


@pytest.fixture
def served(instance: Path, token: str) -> Iterator[tuple[Served, str]]:
    """A server with one use case, and a token."""
    with serving(instance) as running:
        assert post(running, token, "use-cases", b'{"title": "UC"}', "application/json")[0] == 201
        yield running, token


def post(served: Served, token: str, path: str, body: bytes, kind: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=120)
    line.request("POST", f"/api/v1/{path}", body, {"Authorization": f"Bearer {token}", "Content-Type": kind})
    answer = line.getresponse()
    found = answer.status, answer.read()
    line.close()
    return found


def form(content: bytes) -> tuple[bytes, str]:
    fields = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in FIELDS.items()
    )
    file = '--b\r\nContent-Disposition: form-data; name="file"; filename="x.bin"\r\n\r\n'
    return f"{fields}{file}".encode() + content + b"\r\n--b--\r\n", "multipart/form-data; boundary=b"


def files(served: Served) -> list[Path]:
    return [each for each in (served.instance / "uploads").rglob("*") if each.is_file()]


def head(served: Served, token: str, length: int, path: str = "attachments") -> socket.socket:
    """A line on which so much is announced."""
    line = socket.create_connection(("127.0.0.1", served.port), timeout=60)
    said = f"POST /api/v1/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
    line.sendall(f"{said}Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {length}\r\n\r\n".encode())
    return line


def test_what_is_too_large_for_its_address_is_refused_before_it_comes(served: tuple[Served, str]) -> None:
    for path, length in (("attachments", 11 * MIB), ("comments", 3 * MIB)):
        with head(*served, length, path) as line:
            assert b" 413 " in line.recv(200)


def test_20_at_once_take_no_more_than_50_mb_and_none_is_there_by_half(served: tuple[Served, str]) -> None:
    server, token = served
    post(server, token, "attachments", *form(b"\x00warm"))
    before = peak(server)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda n: post(server, token, "attachments", *form(bytes([n]) * (9 * MIB))), range(20)))
    assert peak(server) - before <= 50 * MIB
    done = [json.loads(raw)["sha256"] for status, raw in answers if status == 201]
    assert {status for status, _ in answers} <= {201, 503}  # who waited for the lock too long is told to send it again
    assert len(done) == len(set(done)) > 0
    assert sorted(each.stat().st_size for each in files(server)) == [5, *[9 * MIB] * len(done)]


def peak(served: Served) -> int:
    """The most memory the process has held, in bytes."""
    status = Path(f"/proc/{served.process.pid}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) * 1024


def test_a_line_that_breaks_in_the_middle_leaves_nothing(served: tuple[Served, str]) -> None:
    server, token = served
    body, _ = form(b"x" * (8 * MIB))
    for _ in range(5):
        line = head(server, token, len(body))
        line.sendall(body[: 4 * MIB])
        line.close()
    assert post(server, token, "attachments", *form(b"whole"))[0] == 201
    assert len(files(server)) == 1


def test_a_killed_server_leaves_what_was_confirmed_and_the_rest_is_swept(served: tuple[Served, str]) -> None:
    server, token = served
    status, raw = post(server, token, "attachments", *form(b"whole"))
    server.process.kill()
    server.process.wait()
    assert (status, len(files(server))) == (201, 1)
    assert command(server.environment, "attachments", "sweep").stdout == "0 files removed that nothing tells of\n"
    assert json.loads(raw)["size_bytes"] == files(server)[0].stat().st_size
