"""A file that is unfit is refused before anything is touched."""

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from backlog import create_app
from backlog.config import Settings
from backlog.exchange.archive.book import Unfit
from backlog.exchange.archive.restore import restore
from backlog.web.application import Application, folders
from backlog.web.schema import known_revisions
from tests.server.backups import restored, state_of

Members = dict[str, bytes]
Spoil = Callable[[Members, dict[str, Any]], None]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    """An installation in which no database has lived yet."""
    made = create_app(Settings(instance=tmp_path_factory.mktemp("bare"), cheap_hashes=True, log_level="ERROR"))
    with made.app_context():
        yield made


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
