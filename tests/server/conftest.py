"""Instances that have lived, for real servers to serve."""

import shutil
from pathlib import Path

import pytest

from tests.server.backups import backed_up
from tests.server.furnish import Furnished, furnish
from tests.server.process import command, environment_of


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """An instance that nobody changes."""
    return furnish(tmp_path_factory.mktemp("furnished"))


@pytest.fixture
def instance(furnished: Furnished, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(furnished.folder, tmp_path / "instance"))


@pytest.fixture
def token(furnished: Furnished) -> str:
    """What opens its API."""
    return furnished.token


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the sample portfolio, with an attachment."""
    folder = tmp_path_factory.mktemp("sample")
    for words in (("db", "upgrade"), ("sample", "load")):
        assert command(environment_of(folder), *words).returncode == 0
    uploads = folder / "uploads" / "ab"
    uploads.mkdir(parents=True)
    (uploads / "abc").write_bytes(b"\x89PNG\r\n" + bytes(range(256)))
    file = tmp_path_factory.mktemp("backups") / "夜间 备份.zip"
    backed_up(folder, file)
    return file
