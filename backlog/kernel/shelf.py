"""Files that people send: each under a name of its own outside the web root, there once its row is, and gone with it.

A file is written beside its place, before the transaction that tells of it where it can be, so that nobody waits for a
disk behind its lock; it is moved there when it is whole and on the disk. When that transaction is undone, so is the
file. What a killed process left behind is found by `unknown_files`.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event

from backlog.kernel.database import FILES_PUT, session

PIECE = 64 * 1024
UNFINISHED = ".part"
_shelves: WeakKeyDictionary[Engine, "Shelf"] = WeakKeyDictionary()


@dataclass(frozen=True)
class Limits:
    """How much may stand on a shelf: bytes of one file and of all, files of one thing, and which kinds."""

    most_bytes: int
    most_bytes_in_all: int
    most_each: int
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Stored:
    """A file that stands on the shelf: its name there, its length, and what it holds."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Waiting:
    """A file that is whole and on the disk beside its place, and not there yet."""

    path: Path
    stored: Stored


_waiting: WeakKeyDictionary[IO[bytes], Waiting] = WeakKeyDictionary()


@dataclass(frozen=True)
class Shelf:
    """The folder of one installation's files."""

    folder: Path
    limits: Limits

    def make_ready(self, source: IO[bytes]) -> None:
        """Write a file beside its place already now, outside any transaction; `let_go` ends what was never put."""
        name = secrets.token_hex(16)
        path = self.place_of(name).with_suffix(UNFINISHED)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        source.seek(0)
        try:
            size, digest = _copy(source, path)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        source.seek(0)
        _waiting[source] = Waiting(path, Stored(name, size, digest))

    def put(self, source: IO[bytes]) -> Stored:
        """Stand a file in its place, written now unless it is ready; gone again unless this transaction is committed."""
        if source not in _waiting:
            self.make_ready(source)
        ready = _waiting.pop(source)
        place = self.place_of(ready.stored.name)
        session.info.setdefault(FILES_PUT, []).extend((ready.path, place))
        ready.path.replace(place)
        _settle(place.parent)
        return ready.stored

    def place_of(self, name: str) -> Path:
        """Where a file stands; its name is one of ours."""
        return self.folder / name[:2] / name

    def unknown_files(self, known: Collection[str], older_than_seconds: float) -> Iterator[Path]:
        """Files that no row tells of, but for those that may still be on their way."""
        newest = time.time() - older_than_seconds
        for path in sorted(self.folder.glob("??/*")):
            if path.is_file() and path.name not in known and path.stat().st_mtime <= newest:
                yield path


def stand_beside(engine: Engine, shelf: Shelf) -> None:
    """Keep the files of this database on that shelf."""
    _shelves[engine] = shelf


def shelf() -> Shelf:
    """The shelf of the present database."""
    return _shelves[session.get_bind()]  # type: ignore[index]


def let_go(source: IO[bytes]) -> None:
    """Remove what was made ready of it and never put."""
    if ready := _waiting.pop(source, None):
        ready.path.unlink(missing_ok=True)


def _copy(source: IO[bytes], target: Path) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        while piece := source.read(PIECE):
            out.write(piece)
            digest.update(piece)
            size += len(piece)
        out.flush()
        os.fsync(out.fileno())
    return size, digest.hexdigest()


def _settle(folder: Path) -> None:
    """Have the disk know of a file's new name."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@event.listens_for(session, "after_commit")
def _kept(committed: Any) -> None:
    if not committed.in_nested_transaction():
        committed.info.pop(FILES_PUT, None)


@event.listens_for(session, "after_soft_rollback")
def _undone(undone: Any, _transaction: Any) -> None:
    for path in undone.info.pop(FILES_PUT, ()):
        with suppress(OSError):
            path.unlink()
