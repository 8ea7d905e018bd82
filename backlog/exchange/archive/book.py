"""The file of a backup: a ZIP of lines and attachments with a manifest of sizes and hashes, written last."""

import hashlib
import json
import os
import stat
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

PRODUCT, FORMAT = "dengta", 1
MANIFEST, TABLES, UPLOADS = "manifest.json", "tables/", "uploads/"
LARGEST_MANIFEST = 64 * 1024 * 1024
LONGEST_LINE = 64 * 1024 * 1024
CHUNK = 1024 * 1024


class Unfit(Exception):
    """Why a file is not restored, in one line; nothing was touched."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: rows by table, and of each member its size in bytes and its SHA-256."""

    revision: str
    made_at: str
    rows: dict[str, int]
    members: dict[str, tuple[int, str]]
    head: dict[str, Any] | None = None
    product: str = PRODUCT
    format: int = FORMAT


@dataclass
class Book:
    """A backup being written."""

    file: zipfile.ZipFile
    members: dict[str, tuple[int, str]] = field(default_factory=dict)

    def add(self, name: str, pieces: Iterable[bytes]) -> int:
        """Write a member and answer how many pieces it had."""
        size, sha, count = 0, hashlib.sha256(), 0
        with self.file.open(zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6]), "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)
                sha.update(piece)
                size, count = size + len(piece), count + 1
        self.members[name] = (size, sha.hexdigest())
        return count

    def close(self, manifest: Manifest) -> None:
        """Write the manifest: a file without one is no backup."""
        self.file.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False))


@contextmanager
def writing(target: Path) -> Iterator[Book]:
    """A backup under a name of its own until it is whole and on the disk; only then it bears the target's."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w+b") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=6) as file:
                yield Book(file)
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup that is whole: every member is there, none is another, nothing leads elsewhere; or Unfit."""
    try:
        file = zipfile.ZipFile(source)
    except (OSError, zipfile.BadZipFile) as error:
        why = (
            error.strerror if isinstance(error, OSError) and error.strerror else "it is no backup of Dengta, or cut off"
        )
        raise Unfit(f"{source.name}: {why}") from None
    with file:
        try:
            manifest = _manifest(file)
            _check_names(file, manifest)
            for name, (size, sha) in manifest.members.items():
                _check_member(file, name, size, sha)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
            KeyError,
        ) as error:
            raise Unfit(f"{source.name} is damaged: {error}") from None
        yield file, manifest


def lines(file: zipfile.ZipFile, name: str) -> Generator[bytes, None, None]:
    """The lines of a table."""
    with file.open(name) as member:
        while line := member.readline(LONGEST_LINE):
            yield line


def pieces(source: IO[bytes]) -> Iterator[bytes]:
    """A file in pieces."""
    while piece := source.read(CHUNK):
        yield piece


def _manifest(file: zipfile.ZipFile) -> Manifest:
    found = [each for each in file.infolist() if each.filename == MANIFEST]
    if len(found) != 1 or found[0].file_size > LARGEST_MANIFEST:
        raise Unfit("this is no backup of Dengta, or it was cut off")
    try:
        read = json.loads(file.read(MANIFEST))
        if read["product"] != PRODUCT or read["format"] != FORMAT:
            raise Unfit("this was written by another program, or by a newer version: install that one")
        members = {str(name): (int(size), str(sha)) for name, (size, sha) in read["members"].items()}
        rows = {str(name): int(count) for name, count in read["rows"].items()}
        head = read["head"] if isinstance(read["head"], dict) else None
        return Manifest(str(read["revision"]), str(read["made_at"]), rows, members, head)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Unfit("this is no backup of Dengta: its manifest can't be read") from None


def _check_names(file: zipfile.ZipFile, manifest: Manifest) -> None:
    infos = [each for each in file.infolist() if each.filename != MANIFEST]
    names = [each.filename for each in infos]
    if len(set(names)) != len(names) or set(names) != set(manifest.members):
        raise Unfit("its members are not those it lists")
    if {f"{TABLES}{name}.jsonl" for name in manifest.rows} != {name for name in names if not name.startswith(UPLOADS)}:
        raise Unfit("its members are not those it lists")
    for each in infos:
        mode = each.external_attr >> 16
        path = PurePosixPath(each.filename)
        leads_out = path.is_absolute() or ".." in path.parts or "\\" in each.filename or "\0" in each.filename
        if leads_out or path.as_posix() != each.filename or (mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG)):
            raise Unfit(f"its member {each.filename[:80]!r} leads elsewhere")


def _check_member(file: zipfile.ZipFile, name: str, size: int, sha: str) -> None:
    found, seen = hashlib.sha256(), 0
    with file.open(name) as member:
        for piece in pieces(member):
            seen += len(piece)
            if seen > size:
                break
            found.update(piece)
    if seen != size or found.hexdigest() != sha:
        raise Unfit(f"its member {name[:80]!r} is not what was written")
