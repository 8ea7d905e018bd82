"""`backlog backup` and `backlog restore`: one moment, elsewhere the same, from either database into either."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.databases import postgresql
from tests.server.backups import backed_up, manifest_of, restored
from tests.server.furnish import EMAIL, Furnished
from tests.server.process import command, environment_of, serving
from tests.server.writers import ask, fifty_writers


def test_elsewhere_it_is_the_same_and_the_chain_holds(book: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(book.stat().st_mode) == 0o600
    done = restored(tmp_path, book)
    assert (done.returncode, done.stderr) == (0, "")
    assert "the ledger's chain holds" in done.stdout
    assert (tmp_path / "uploads" / "ab" / "abc").read_bytes()[:4] == b"\x89PNG"
    again = backed_up(tmp_path, tmp_path / "again.zip")
    before = manifest_of(book)
    assert (again["members"], again["rows"]) == (before["members"], before["rows"])
    assert sum(before["rows"].values()) > 100
    assert command(environment_of(tmp_path), "ledger", "verify").returncode == 0
    token = command(environment_of(tmp_path), "tokens", "add", "lin@dengta.example").stdout.strip()
    with serving(tmp_path) as served:
        assert served.get("/readyz")[0] == 200
        assert ask(served, token, "GET", "/api/v1/search?q=%E8%B4%A8%E6%A3%80").body["data"]


def test_it_moves_from_one_database_to_the_other_and_back(book: Path, tmp_path: Path) -> None:
    with postgresql() as server:
        server.admin.execute("CREATE ROLE moved LOGIN")
        server.admin.execute("CREATE DATABASE moved OWNER moved")
        url = server.url("moved").replace("postgres@", "moved@")
        there, back = tmp_path / "there", tmp_path / "back"
        there.mkdir()
        back.mkdir()
        done = restored(there, book, BACKLOG_DATABASE_URL=url)
        assert (done.returncode, done.stderr) == (0, "")
        refused = restored(there, book, BACKLOG_DATABASE_URL=url)
        assert refused.returncode == 1 and "--replace" in refused.stderr
        with serving(there, BACKLOG_DATABASE_URL=url) as served:
            assert served.get("/readyz")[0] == 200
            used = restored(there, book, "--replace", BACKLOG_DATABASE_URL=url)
            assert used.returncode == 1 and "in use" in used.stderr
        assert restored(there, book, "--replace", BACKLOG_DATABASE_URL=url).returncode == 0
        added = (
            "users",
            "add",
            "new@example.com",
            "--name",
            "New",
            "--role",
            "member",
            "--password",
            "correct horse 12",
        )
        assert command(environment_of(there, BACKLOG_DATABASE_URL=url), *added).returncode == 0
        moved = backed_up(there, tmp_path / "moved.zip", BACKLOG_DATABASE_URL=url)
    before = manifest_of(book)
    assert {name: count for name, count in moved["rows"].items() if count != before["rows"][name]}.keys() <= {
        "users",
        "facts",
    }
    assert moved["rows"]["users"] == before["rows"]["users"] + 1
    assert restored(back, tmp_path / "moved.zip").returncode == 0
    assert backed_up(back, tmp_path / "back.zip")["members"] == moved["members"]


def test_it_is_one_moment_while_people_write(instance: Path, furnished: Furnished, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with serving(instance, BACKLOG_API_RATE="0") as served, fifty_writers(served, furnished.token, "backup", 30):
        backed_up(instance, tmp_path / "live.zip")
    done = restored(elsewhere, tmp_path / "live.zip")
    assert (done.returncode, done.stderr) == (0, "")


def test_killed_half_way_leaves_the_last_one(instance: Path, tmp_path: Path) -> None:
    (instance / "uploads").mkdir()
    with (instance / "uploads" / "large").open("wb") as out:
        for _ in range(60):
            out.write(os.urandom(1024 * 1024))
    target = tmp_path / "nightly.zip"
    target.write_bytes(b"the last good one")
    line = [sys.executable, "-m", "backlog", "backup", str(target)]
    process = subprocess.Popen(line, env=environment_of(instance))
    while not list(tmp_path.glob(".nightly.zip.*.part")) and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert target.read_bytes() == b"the last good one"


def test_a_full_disk_and_a_damaged_database_replace_no_backup(instance: Path, tmp_path: Path) -> None:
    target = tmp_path / "nightly.zip"
    target.write_bytes(b"the last good one")
    full = command(environment_of(instance), "backup", str(target), largest_file=4_096)
    assert full.returncode == 1
    database = instance / "backlog.db"
    with database.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(bytes(4096 * 8))
    damaged = command(environment_of(instance), "backup", str(target))
    assert damaged.returncode == 1
    assert len(damaged.stderr.splitlines()) == 1
    assert target.read_bytes() == b"the last good one"
    assert list(tmp_path.glob(".*.part")) == []


def test_a_damaged_database_is_restored_and_kept_aside(instance: Path, book: Path) -> None:
    (instance / "backlog.db").write_bytes(b"no database at all")
    done = restored(instance, book)
    assert (done.returncode, done.stderr) == (0, "")
    (aside,) = instance.glob("replaced-*")
    assert (aside / "backlog.db").read_bytes() == b"no database at all"
    with serving(instance) as served:
        assert served.get("/readyz")[0] == 200


def test_where_people_have_accounts_it_is_asked_for(instance: Path, book: Path) -> None:
    refused = restored(instance, book)
    assert refused.returncode == 1 and "--replace" in refused.stderr
    assert restored(instance, book, "--replace").returncode == 0
    (aside,) = instance.glob("replaced-*")
    with closing(sqlite3.connect(aside / "backlog.db")) as kept:
        assert kept.execute("SELECT email FROM users").fetchall() == [(EMAIL,)]
    with closing(sqlite3.connect(instance / "backlog.db")) as present:
        assert ("lin@dengta.example",) in present.execute("SELECT email FROM users").fetchall()


def test_not_under_a_server(instance: Path, book: Path) -> None:
    with serving(instance) as served:
        assert served.get("/readyz")[0] == 200
        refused = restored(instance, book, "--replace")
        assert refused.returncode == 1 and "stop the server" in refused.stderr
        assert served.get("/readyz")[0] == 200
    assert list(instance.glob("replaced-*")) == []
