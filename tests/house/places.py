"""Where things lie, and which files are ours."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON_BIN = Path(sys.executable).parent


def own_files() -> Iterator[Path]:
    """Every file that is committed or would be: nothing that set-up made."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return (ROOT / name for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file())


def text_of(path: Path) -> str:
    """A file's text; empty for what is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""
