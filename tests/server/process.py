"""A real server in a process of its own, on a free port, over a fresh instance."""

import http.client
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60.0
TEMPLATES = Path(__file__).resolve().parents[2] / ".cache" / "templates"
PLAIN, BOUND = ("-m", "backlog"), (str(Path(__file__).with_name("bound.py")),)


@dataclass
class Served:
    """A running `backlog serve`."""

    process: subprocess.Popen[bytes]
    port: int
    instance: Path
    log: Path
    environment: dict[str, str]
    seconds: float = 0.0

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, headers: dict[str, str] | None = None, timeout: float = PATIENCE) -> tuple[int, bytes]:
        """Status and body of a page."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            line.request("GET", path, headers=headers or {})
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """Status and body of what a form or program is answered."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request("POST", path, body, headers)
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_of(instance: Path, **more: str) -> dict[str, str]:
    """The settings of an instance, and nothing of ours around it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BACKLOG_") and name != "PORT"}
    return {
        **kept,
        "BACKLOG_INSTANCE": str(instance),
        "BACKLOG_CHEAP_HASHES": "1",
        "BACKLOG_LOG_LEVEL": "ERROR",
        "BACKLOG_SQLITE_SYNCHRONOUS": "NORMAL",  # no test cuts the power
        **more,
    }


def command(
    environment: dict[str, str], *words: str, bound: bool = False, largest_file: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a `backlog` command to its end; bound by permissions, or where no file may grow beyond so many bytes."""

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, resource.RLIM_INFINITY))

    line = [sys.executable, *(BOUND if bound else PLAIN), *words]
    return subprocess.run(
        line, env=environment, capture_output=True, text=True, check=False, timeout=180, preexec_fn=limit
    )


def kept_templates() -> Path:
    """Where templates lie compiled for all tests: Jinja keys them by name, source and Python."""
    TEMPLATES.parent.mkdir(exist_ok=True)
    TEMPLATES.mkdir(mode=0o700, exist_ok=True)
    return TEMPLATES


@contextmanager
def serving(instance: Path, *, bound: bool = False, **more: str) -> Iterator[Served]:
    """Serve an instance whose database is migrated."""
    port = free_port()
    environment = environment_of(instance, PORT=str(port), **more)
    log = instance.with_name(f"{instance.name}-{port}.log")
    with log.open("wb") as out:
        line = [sys.executable, *(BOUND if bound else PLAIN), "serve"]
        process = subprocess.Popen(line, env=environment, stdout=out, stderr=out)
    served = Served(process, port, instance, log, environment)
    began = time.monotonic()
    try:
        _wait(served)
        served.seconds = time.monotonic() - began
        yield served
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(served: Served) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if served.process.poll() is not None:
            raise RuntimeError(f"the server ended: {served.log.read_text()[-2000:]}")
        try:
            if served.get("/healthz", timeout=1)[0] == 200:
                return
        except OSError:
            with suppress(subprocess.TimeoutExpired):
                served.process.wait(0.05)
    raise RuntimeError("the server did not answer")
