"""The import contracts hold, and each law's violation is found when planted."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.places import PYTHON_BIN, ROOT

PLANTED = [
    ("journal/queries.py", "backlog.people.models", "journal stands below people"),
    ("people/rules.py", "sqlalchemy", ""),
    ("people/rules.py", "backlog.kernel.clock", ""),
    ("people/rules.py", "random", ""),
    ("people/actions/accounts.py", "flask", ""),
    ("people/queries.py", "backlog.web.shell", "no domain file uses an edge"),
    ("people/queries.py", "backlog.api.door", "no domain file uses an edge"),
    ("people/models.py", "backlog.learning.pages", "a door is imported by its own"),
    ("board/pages.py", "backlog.learning.pages", "a door is imported by its own"),
    ("web/formats.py", "backlog.app", "only the roof imports the roof"),
    ("config.py", "backlog.kernel.clock", "the ground bears the house"),
]


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(house / ".ci"), "COLUMNS": "400"}
    command = [PYTHON_BIN / "lint-imports", "--no-cache"]
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    ignore = shutil.ignore_patterns("__pycache__", "translations")
    shutil.copytree(ROOT / "backlog", tmp_path / "backlog", ignore=ignore)
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ("board", "learning"):
        make(tmp_path / "backlog" / room / "pages.py")
    return tmp_path


def make(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.touch()
    (path.parent / "__init__.py").touch()
    return path


def test_the_contracts_hold(house: Path) -> None:
    done = lint(house)
    assert done.returncode == 0, done.stdout + done.stderr


def plant(house: Path, file: str, line: str) -> str:
    path = make(house / "backlog" / file)
    path.write_text(path.read_text("utf-8") + f"\n{line}\n", "utf-8")
    done = lint(house)
    assert done.returncode != 0
    return done.stdout + done.stderr


@pytest.mark.parametrize(("file", "imported", "why"), PLANTED)
def test_a_planted_violation_is_found(house: Path, file: str, imported: str, why: str) -> None:
    said = plant(house, file, f"import {imported}")
    importer = "backlog." + file.removesuffix(".py").replace("/", ".")
    found = [line for line in said.splitlines() if f"{importer} -> {imported} (" in line]
    assert found
    assert why in found[0]


def test_an_import_for_types_alone_counts(house: Path) -> None:
    said = plant(house, "people/rules.py", "import typing\nif typing.TYPE_CHECKING:\n    import backlog.board.pages")
    assert "backlog.people.rules -> backlog.board.pages (" in said


def test_a_room_that_nobody_named_is_found(house: Path) -> None:
    assert "backlog.attic.rules stands in no room" in plant(house, "attic/rules.py", "")
