"""Backing an instance up and bringing it back, by the commands."""

import hashlib
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from tests.server.process import command, environment_of


def manifest_of(file: Path) -> dict[str, Any]:
    with zipfile.ZipFile(file) as opened:
        found: dict[str, Any] = json.loads(opened.read("manifest.json"))
    return found


def backed_up(instance: Path, file: Path, **more: str) -> dict[str, Any]:
    done = command(environment_of(instance, **more), "backup", str(file))
    assert done.returncode == 0, done.stderr
    return manifest_of(file)


def restored(instance: Path, file: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return command(environment_of(instance, **more), "restore", str(file), *words)


def state_of(instance: Path) -> dict[str, str]:
    """The content of everything that lies in an instance, apart from a log that reading folds away."""
    files = [each for each in instance.rglob("*") if each.is_file() and not each.name.endswith(("-wal", "-shm"))]
    return {str(each.relative_to(instance)): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}
