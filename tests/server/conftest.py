"""Instances that have lived, for real servers to serve."""

import shutil
from pathlib import Path

import pytest

from tests.server.furnish import Furnished, furnish


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """An instance that nobody changes."""
    return furnish(tmp_path_factory.mktemp("furnished"))


@pytest.fixture
def instance(furnished: Furnished, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(furnished.folder, tmp_path / "instance"))
