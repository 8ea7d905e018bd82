"""XLSX through a child process: what it makes of a million rows never counts in the server."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Semaphore
from typing import IO, Any

WRITER = Path(__file__).with_name("_writer.py")
PIECE = 64 * 1024
BREATH_ROWS, BREATH_SECONDS = 500, 0.2
LONG = 20_000  # rows; longer workbooks are written one after the other, shorter ones two at a time
_long, _short = Semaphore(1), Semaphore(2)


def workbook(name: str, headers: Sequence[str], rows: Iterable[list[Any]]) -> Iterator[bytes]:
    """Its pieces once it is made, and until then an empty one now and then: whoever no longer waits stops there.

    RuntimeError where it can't be written.
    """
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as made:
        count = 0
        told.write(_as_line(name) + _as_line(headers))
        for count, row in enumerate(rows, 1):
            told.write(_as_line(row))
            if count % BREATH_ROWS == 0:
                yield b""
        told.seek(0)
        turn = _long if count > LONG else _short
        while not turn.acquire(timeout=BREATH_SECONDS):
            yield b""
        try:
            yield from _write(told, made)
        finally:
            turn.release()
        made.seek(0)
        while piece := made.read(PIECE):
            yield piece


def _as_line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _write(told: IO[bytes], made: IO[bytes]) -> Iterator[bytes]:
    settings = {key: value for key, value in os.environ.items() if not key.startswith("BACKLOG_")}
    child = subprocess.Popen(  # noqa: S603 (our own script, by our own interpreter)
        [sys.executable, "-I", str(WRITER)], stdin=told, stdout=made, stderr=subprocess.DEVNULL, env=settings
    )
    try:
        while _goes_on(child):
            yield b""
    finally:
        child.kill()
        child.wait()
    if child.returncode:
        raise RuntimeError("the workbook could not be written")


def _goes_on(child: subprocess.Popen[bytes]) -> bool:
    try:
        child.wait(BREATH_SECONDS)
    except subprocess.TimeoutExpired:
        return True
    return False
