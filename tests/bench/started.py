"""The bare page as a process."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server.process import Served, free_port


@contextmanager
def bare_server(database: Path) -> Iterator[Served]:
    """Serve the bare page over its database."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "BARE_DATABASE": str(database)}
    script = str(Path(__file__).with_name("bare.py"))
    process = subprocess.Popen([sys.executable, script], env=environment, stderr=subprocess.DEVNULL)
    served = Served(process, port, database.parent, database, environment)
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            if served.get("/", timeout=1)[0] == 200:
                break
        except OSError:
            continue
    try:
        yield served
    finally:
        process.terminate()
        process.wait()
