"""Commands: exit status 0 only when it worked."""

import os
from pathlib import Path

import pytest

from tests.server.furnish import EMAIL
from tests.server.process import command, environment_of

ADD = ("users", "add", "new@example.com", "--name", "New", "--role", "admin", "--password", "correct horse 12")


@pytest.fixture
def environment(instance: Path) -> dict[str, str]:
    return environment_of(instance)


def test_a_person_and_their_token_are_added(environment: dict[str, str]) -> None:
    assert command(environment, *ADD).returncode == 0
    done = command(environment, "tokens", "add", "new@example.com", "--scope", "read")
    assert done.returncode == 0
    assert done.stdout.startswith("dt_") and len(done.stdout.split()) == 1


def test_the_same_address_twice_is_refused(environment: dict[str, str]) -> None:
    done = command(environment, "users", "add", EMAIL.upper(), *ADD[3:])
    assert done.returncode == 1 and "already" in done.stderr


def test_a_weak_password_is_refused(environment: dict[str, str]) -> None:
    done = command(environment, *ADD[:-1], "password")
    assert done.returncode == 1 and "password" in done.stderr


def test_a_token_for_nobody_is_refused(environment: dict[str, str]) -> None:
    assert command(environment, "tokens", "add", "nobody@example.com").returncode == 1


def test_an_empty_ledger_holds(environment: dict[str, str]) -> None:
    assert command(environment, "ledger", "verify").returncode == 0


def test_files_that_nothing_tells_of_are_swept(environment: dict[str, str]) -> None:
    left = Path(environment["BACKLOG_INSTANCE"]) / "uploads" / "aa" / ("a" * 32)
    left.parent.mkdir(parents=True)
    left.write_bytes(b"left")
    os.utime(left, (1, 1))
    done = command(environment, "attachments", "sweep")
    assert (done.returncode, done.stdout, left.exists()) == (0, "1 files removed that nothing tells of\n", False)
