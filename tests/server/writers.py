"""People who write to a real server, and remember what it confirmed."""

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.server.process import Served

ENTRIES = "/api/v1/ledger-entries"


@dataclass(frozen=True)
class Answer:
    """What the server said, and how long that took."""

    status: int
    retry_after: str | None
    body: Any
    seconds: float


def ask(served: Served, token: str, method: str, path: str, body: Any = None, **headers: str) -> Answer:
    """One request to the API, in English."""
    line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept-Language": "en", **headers}
    began = time.monotonic()
    try:
        line.request(method, path, None if body is None else json.dumps(body), sent)
        answer = line.getresponse()
        read = answer.read()
        found = json.loads(read) if read else None
        return Answer(answer.status, answer.getheader("Retry-After"), found, time.monotonic() - began)
    finally:
        line.close()


def write(served: Served, token: str, key: str, **headers: str) -> Answer:
    """Record a link of the ledger under a name of one's own."""
    entry = {"dimension": "strategic", "metric": key, "value": 1, "from": "2026-11-01", "evidence": "x" * 5000}
    return ask(served, token, "POST", ENTRIES, entry, **headers)


def read(served: Served, token: str) -> Answer:
    """The first page of the ledger."""
    return ask(served, token, "GET", ENTRIES)


@dataclass
class Writers:
    """What was confirmed, and how the others ended."""

    confirmed: list[str] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)
    others: Counter[str] = field(default_factory=Counter)


@contextmanager
def fifty_writers(served: Served, token: str, name: str, wanted: int) -> Iterator[Writers]:
    """Fifty people write without a pause; the block begins once so many writes are confirmed."""
    told, stop = Writers(), threading.Event()

    def work(number: int) -> None:
        turn = 0
        while not stop.is_set():
            key, turn = f"{name}-{number}-{turn}", turn + 1
            try:
                status = write(served, token, key).status
            except (OSError, http.client.HTTPException):
                told.others["line lost"] += 1
                stop.wait(0.05)
                continue
            if status == 201:
                told.confirmed.append(key)
            else:
                told.others[str(status)] += 1
            if len(told.confirmed) >= wanted:
                told.enough.set()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    try:
        assert told.enough.wait(60), told.others
        yield told
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def at_once(count: int, act: Any) -> list[Answer]:
    """So many do the same at the same moment."""
    answers: list[Answer] = []
    threads = [threading.Thread(target=lambda: answers.append(act())) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
