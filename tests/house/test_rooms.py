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
FOR_TYPES = "import typing\nif typing.TYPE_CHECKING:\n    import backlog.board.pages"


def lint(house: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(house / ".ci"), "COLUMNS": "400"}
    command = [PYTHON_BIN / "lint-imports", "--no-cache"]
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy in which some things lie where they should not; the contracts are asked once, and name each."""
    copy = tmp_path_factory.mktemp("house")
    ignore = shutil.ignore_patterns("__pycache__", "translations")
    shutil.copytree(ROOT / "backlog", copy / "backlog", ignore=ignore)
    shutil.copytree(ROOT / ".ci", copy / ".ci", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", copy)
    for room in ("board", "learning"):
        make(copy / "backlog" / room / "pages.py")
    return copy


def make(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.touch()
    (path.parent / "__init__.py").touch()
    return path


@pytest.fixture(scope="module")
def clean(house: Path) -> subprocess.CompletedProcess[str]:
    """What is said before anything is planted."""
    return lint(house)


@pytest.fixture(scope="module")
def said(house: Path, clean: subprocess.CompletedProcess[str]) -> str:
    """What is said once everything is planted."""
    plants = [(file, f"import {imported}") for file, imported, _ in PLANTED]
    for file, line in (*plants, ("people/rules.py", FOR_TYPES), ("attic/rules.py", "")):
        path = make(house / "backlog" / file)
        path.write_text(path.read_text("utf-8") + f"\n{line}\n", "utf-8")
    done = lint(house)
    assert done.returncode != 0
    return done.stdout + done.stderr


def test_the_contracts_hold(clean: subprocess.CompletedProcess[str]) -> None:
    assert clean.returncode == 0, clean.stdout + clean.stderr


@pytest.mark.parametrize(("file", "imported", "why"), PLANTED)
def test_a_planted_violation_is_found(said: str, file: str, imported: str, why: str) -> None:
    importer = "backlog." + file.removesuffix(".py").replace("/", ".")
    found = [line for line in said.splitlines() if f"{importer} -> {imported} (" in line]
    assert found
    assert why in found[0]


def test_an_import_for_types_alone_counts(said: str) -> None:
    assert "backlog.people.rules -> backlog.board.pages (" in said


def test_a_room_that_nobody_named_is_found(said: str) -> None:
    assert "backlog.attic.rules stands in no room" in said
