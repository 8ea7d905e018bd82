"""A disk that is full, read-only or failing under a running server, and a lock held for long: said, refused, got over."""

import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backlog.ledger import witness
from tests.server.furnish import Furnished
from tests.server.process import Served, command, environment_of, serving
from tests.server.writers import Answer, at_once, read, write

Write = Callable[[], Answer]


@pytest.fixture(scope="module")
def served(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that permissions bind also where root runs it."""
    instance = shutil.copytree(furnished.folder, tmp_path_factory.mktemp("disk") / "instance")
    with serving(instance, bound=True) as running:
        yield running


@pytest.fixture
def attempt(served: Served, furnished: Furnished, request: pytest.FixtureRequest) -> Iterator[Write]:
    """Writes of this test; whatever it did to the disk, writing goes on afterwards without a restart."""
    yield lambda: write(served, furnished.token, request.node.name)
    assert write(served, furnished.token, f"after {request.node.name}").status == 201
    assert served.get("/readyz") == (200, b"ready\n")


@contextmanager
def no_room(served: Served, size: int = 0) -> Iterator[None]:
    """No file of the server may grow beyond so many bytes."""
    before = resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """Nobody may write to it; what SQLite made beside a file meanwhile, with its mode, is given back with it."""
    mode = path.stat().st_mode
    path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        yield
    finally:
        for each in (path, *path.parent.glob(f"{path.name}-*")):
            each.chmod(mode)


def test_a_full_disk_refuses_the_act_with_the_reason_and_reading_goes_on(
    served: Served, furnished: Furnished, attempt: Write
) -> None:
    before = attempt()
    with no_room(served):
        refused = attempt()
        assert read(served, furnished.token).body["data"][-1]["id"] == before.body["id"]
    assert (refused.status, refused.retry_after, refused.body["code"]) == (503, "30", "full")
    assert "disk is full" in refused.body["detail"]


def test_a_note_that_cannot_be_written_leaves_what_is_saved_saved(served: Served, attempt: Write) -> None:
    in_the_way = served.instance / witness.FRESH
    in_the_way.mkdir()
    assert attempt().status == 201
    in_the_way.rmdir()


def test_a_read_only_file_or_folder_is_read_and_not_written(
    served: Served, furnished: Furnished, attempt: Write
) -> None:
    for path in (served.instance / "backlog.db", served.instance):
        with read_only(path):
            refused = attempt()
            assert (refused.status, refused.retry_after) == (503, "30")
            assert "may not write" in refused.body["detail"]
            assert read(served, furnished.token).status == served.get("/sign-in")[0] == 200
            ready = served.get("/readyz")
            assert ready[0] == 503 and b"can't be written to" in ready[1]
            assert served.get("/healthz")[0] == 200


def test_a_start_on_what_is_read_only_says_so_in_one_line(instance: Path) -> None:
    for path in (instance / "backlog.db", instance):
        with read_only(path):
            done = command(environment_of(instance), "serve", bound=True)
        assert done.returncode in {1, 2} and f"{path.name} can't be written to" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1


def test_a_lock_held_for_long_makes_writers_busy_and_leaves_readers_their_threads(
    served: Served, furnished: Furnished, attempt: Write
) -> None:
    holder = sqlite3.connect(served.instance / "backlog.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        answers = at_once(80, attempt)
        assert {each.status for each in answers} == {503}
        assert {(each.retry_after, each.body["code"]) for each in answers} == {("1", "busy")}
        assert "Something long is being written" in answers[0].body["detail"]
        assert max(each.seconds for each in answers) < 15, "two seconds, not twenty for the last in turns of eight"
        assert read(served, furnished.token).status == 200
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def test_a_migration_without_room_is_refused_in_one_line_and_completed_by_the_same_command(tmp_path: Path) -> None:
    environment = environment_of(tmp_path)
    done = command(environment, "db", "upgrade", largest_file=100_000)
    assert done.returncode == 1 and "disk is full" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert command(environment, "db", "upgrade").returncode == 0
    assert (tmp_path / "backlog.db").stat().st_size > 100_000
