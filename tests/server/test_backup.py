"""`backlog backup` and `backlog restore`: one moment, elsewhere the same, and nothing touched by a file that is unfit."""

import hashlib
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from backlog import create_app
from backlog.config import Settings
from backlog.exchange.archive.book import Unfit
from backlog.exchange.archive.restore import restore
from backlog.web.application import Application, folders
from backlog.web.schema import known_revisions
from tests.databases import postgresql
from tests.server.furnish import EMAIL, Furnished
from tests.server.process import command, environment_of, serving
from tests.server.writers import fifty_writers

Members = dict[str, bytes]
Spoil = Callable[[Members, dict[str, Any]], None]


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


@pytest.fixture(scope="module")
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


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """An installation in which no database has lived yet."""
    made = create_app(Settings(instance=tmp_path_factory.mktemp("bare"), cheap_hashes=True, log_level="ERROR"))
    with made.app_context():
        yield made


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
    with serving(tmp_path) as served:
        assert served.get("/readyz")[0] == 200


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


def rewritten(book: Path, target: Path, spoil: Spoil) -> Path:
    """The same backup with something in it changed, its manifest true to what `spoil` leaves of it."""
    with zipfile.ZipFile(book) as opened:
        members = {name: opened.read(name) for name in opened.namelist() if name != "manifest.json"}
        manifest = json.loads(opened.read("manifest.json"))
    spoil(members, manifest)
    for name, content in members.items():
        manifest["members"][name] = [len(content), hashlib.sha256(content).hexdigest()]
    manifest["members"] = {name: found for name, found in manifest["members"].items() if name in members}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16 if content == b"/etc/passwd" else 0
            out.writestr(info, content)
        out.writestr("manifest.json", json.dumps(manifest))
    return target


def _newer(_members: Members, manifest: dict[str, Any]) -> None:
    manifest["revision"] = "9999"


def _foreign(_members: Members, manifest: dict[str, Any]) -> None:
    manifest["product"] = "other"


def _of_the_future(_members: Members, manifest: dict[str, Any]) -> None:
    manifest["format"] = 2


def _climbs(members: Members, _manifest: dict[str, Any]) -> None:
    members["uploads/../../escaped"] = b"x"


def _absolute(members: Members, _manifest: dict[str, Any]) -> None:
    members["/uploads/escaped"] = b"x"


def _link(members: Members, _manifest: dict[str, Any]) -> None:
    members["uploads/link"] = b"/etc/passwd"


def _fewer_rows(members: Members, _manifest: dict[str, Any]) -> None:
    members["tables/facts.jsonl"] = b"\n".join(members["tables/facts.jsonl"].splitlines()[:-1]) + b"\n"


def _no_such_table(members: Members, manifest: dict[str, Any]) -> None:
    members["tables/surprise.jsonl"] = b""
    manifest["rows"]["surprise"] = 0


def _other_columns(members: Members, _manifest: dict[str, Any]) -> None:
    members["tables/users.jsonl"] = members["tables/users.jsonl"].replace(b'"email":', b'"mail":')


def _no_json(members: Members, _manifest: dict[str, Any]) -> None:
    members["tables/users.jsonl"] = b"{" * 100_000


def _dangling(members: Members, manifest: dict[str, Any]) -> None:
    members["tables/users.jsonl"], manifest["rows"]["users"] = b"", 0


def _forbidden_value(members: Members, _manifest: dict[str, Any]) -> None:
    members["tables/users.jsonl"] = members["tables/users.jsonl"].replace(b'"role":"admin"', b'"role":"emperor"')


@pytest.mark.parametrize(
    "spoil",
    [
        _newer,
        _foreign,
        _of_the_future,
        _climbs,
        _absolute,
        _link,
        _fewer_rows,
        _no_such_table,
        _other_columns,
        _no_json,
        _dangling,
        _forbidden_value,
    ],
)
def test_an_unfit_archive_touches_nothing(book: Path, tmp_path: Path, app: Application, spoil: Spoil) -> None:
    before, places = state_of(app.settings.instance), folders()
    spoilt = rewritten(book, tmp_path / "spoilt.zip", spoil)
    with pytest.raises(Unfit) as refused:
        restore(app.settings, spoilt, known_revisions(places.migrations), places.migrations)
    assert len(str(refused.value).splitlines()) == 1
    assert state_of(app.settings.instance) == before
    assert [each.name for each in app.settings.instance.parent.rglob("escaped")] == []


@pytest.mark.parametrize("kind", ["empty", "cut", "text", "database", "flipped", "missing"])
def test_a_file_that_is_no_backup_touches_nothing(instance: Path, book: Path, tmp_path: Path, kind: str) -> None:
    whole = book.read_bytes()
    middle = len(whole) // 2
    contents = {
        "empty": b"",
        "cut": whole[:middle],
        "text": "这是一封信".encode(),
        "database": (instance / "backlog.db").read_bytes(),
        "flipped": whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :],
    }
    source = tmp_path / "source.zip"
    if kind in contents:
        source.write_bytes(contents[kind])
    before = state_of(instance)
    done = restored(instance, source, "--replace")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1 and "Traceback" not in done.stderr
    assert state_of(instance) == before
