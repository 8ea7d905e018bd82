"""A long import outlives its server, and is all or nothing when its own process is killed."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.server.process import PATIENCE, Served, serving

ROWS = 3_000
FILE = "title,department\n" + "".join(f"质检{at},质检部\n" for at in range(ROWS))


def bring(served: Served, token: str) -> int:
    parts = {"kind": "use-cases"}
    body = "".join(f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in parts.items())
    body += f'--b\r\nContent-Disposition: form-data; name="file"; filename="l.csv"\r\n\r\n{FILE}\r\n--b--\r\n'
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "multipart/form-data; boundary=b"}
    status, raw = served.post("/api/v1/imports", body.encode(), headers)
    assert status == 202, raw
    return int(json.loads(raw)["id"])


def told(served: Served, token: str, path: str) -> Any:
    status, raw = served.get(f"/api/v1/{path}", {"Authorization": f"Bearer {token}"}, timeout=PATIENCE)
    assert status == 200, raw
    return json.loads(raw)


def until(served: Served, holds: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := holds():
            return found
        with suppress(subprocess.TimeoutExpired):
            served.process.wait(0.1)
    raise AssertionError("it never came to be")


def runners(instance: Path) -> Iterator[int]:
    """The processes that run imports of this instance."""
    for each in Path("/proc").iterdir():
        try:
            words, names = (each / "cmdline").read_bytes(), (each / "environ").read_bytes()
        except OSError:
            continue
        if b"run-imports" in words and f"BACKLOG_INSTANCE={instance}".encode() in names:
            yield int(each.name)


def test_it_goes_on_without_its_server(instance: Path, token: str) -> None:
    with serving(instance, BACKLOG_API_RATE="0") as served:
        import_id = bring(served, token)
        until(served, lambda: list(runners(instance)))
        served.process.kill()
    with serving(instance, BACKLOG_API_RATE="0") as served:
        until(served, lambda: told(served, token, f"imports/{import_id}")["state"] == "done")
        assert told(served, token, f"imports/{import_id}")["created"] == ROWS


def test_killed_it_left_nothing_and_says_so(instance: Path, token: str) -> None:
    with serving(instance, BACKLOG_API_RATE="0") as served:
        import_id = bring(served, token)
        until(served, lambda: told(served, token, f"imports/{import_id}")["rows_done"])
        for each in runners(instance):
            os.kill(each, signal.SIGKILL)
        found = until(
            served, lambda: [one for one in [told(served, token, f"imports/{import_id}")] if one["state"] != "running"]
        )
        assert (found[0]["state"], found[0]["problems"][0]["code"]) == ("refused", "import.interrupted")
        assert told(served, token, "use-cases")["data"] == []
        again = bring(served, token)
        until(served, lambda: told(served, token, f"imports/{again}")["state"] == "done")
        assert told(served, token, f"imports/{again}")["created"] == ROWS
