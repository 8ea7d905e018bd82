"""Where a backup is laid out before it takes the present database's place: a file beside it, or a schema."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DatabaseError

from backlog.config import Settings
from backlog.exchange.archive.book import Unfit
from backlog.kernel.alone import alone_in
from backlog.kernel.database import engine_options, prepare_engine
from backlog.kernel.sqlite import sqlite_module

BESIDE = ("-wal", "-shm", "-journal")


class FreshFile:
    """A SQLite file in a folder of its own inside the instance."""

    def __init__(self, settings: Settings, present: Path) -> None:
        self._settings, self._present = settings, present

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """A line into the fresh place; what is left of it at the end is removed."""
        folder = Path(tempfile.mkdtemp(prefix=".restoring-", dir=self._present.parent))
        self._fresh = folder / self._present.name
        self._fresh.touch(mode=0o600)
        made = _made(self._settings, f"sqlite:///{self._fresh}")
        try:
            yield made
        finally:
            made.dispose()
            shutil.rmtree(folder, ignore_errors=True)

    def take_over(self, engine: Engine, aside: str) -> None:
        """Let the fresh file lie where the present one does, which is kept in a folder of that name."""
        with engine.connect() as connection:
            connection.connection.dbapi_connection.execute("PRAGMA journal_mode=DELETE")  # type: ignore[union-attr]
        engine.dispose()
        with alone_in(self._settings.instance):
            if self._present.exists():
                self._keep(self._present.parent / aside)
            self._fresh.replace(self._present)
            _to_disk(self._present.parent)

    def _keep(self, folder: Path) -> None:
        """Keep the present file under another name: not while a server uses it."""
        self._close()
        folder.mkdir(mode=0o700)
        os.link(self._present, folder / self._present.name)
        for suffix in BESIDE:
            with suppress(FileNotFoundError):
                beside = self._present.with_name(self._present.name + suffix)
                beside.rename(folder / beside.name)

    def _close(self) -> None:
        try:
            line = sqlite_module().connect(self._present, timeout=0, isolation_level=None)
        except sqlite_module().Error:
            return
        try:
            line.execute("PRAGMA locking_mode=EXCLUSIVE")
            line.execute("PRAGMA journal_mode=DELETE")
        except sqlite_module().OperationalError as error:
            if "locked" in str(error):
                raise Unfit("the database is in use: stop the server, then restore") from None
        except sqlite_module().DatabaseError:
            pass  # a damaged file is kept as it is
        finally:
            line.close()


class FreshSchema:
    """A schema of PostgreSQL beside the present one, which keeps its tables under another name."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._name = f"restoring_{secrets.token_hex(6)}"
        self._outer = _made(settings, settings.database_url)

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """A line into the fresh place; what is left of it at the end is removed."""
        self._run(f'CREATE SCHEMA "{self._name}"')
        made = _made(self._settings, self._settings.database_url, f" -csearch_path={self._name}")
        try:
            yield made
        finally:
            made.dispose()
            self._run(f'DROP SCHEMA IF EXISTS "{self._name}" CASCADE')
            self._outer.dispose()

    def take_over(self, engine: Engine, aside: str) -> None:
        """Exchange the schemas' names in one transaction: not while a server uses them."""
        engine.dispose()
        with self._outer.connect() as connection:
            others = connection.execute(
                text(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
                )
            ).scalar_one()
            if others:
                raise Unfit(f"the database is in use by {others} other connections: stop the servers, then restore")
            present = connection.execute(text("SELECT current_schema()")).scalar_one()
            connection.execute(text(f'ALTER SCHEMA "{present}" RENAME TO "{aside.replace("-", "_")}"'))
            connection.execute(text(f'ALTER SCHEMA "{self._name}" RENAME TO "{present}"'))
            connection.commit()

    def _run(self, statement: str) -> None:
        with self._outer.connect() as connection:
            connection.execute(text(statement))
            connection.commit()


def fresh_place(settings: Settings) -> FreshFile | FreshSchema:
    """The place that fits the database in use."""
    if settings.database_url.startswith("sqlite"):
        if settings.database_file is None:
            raise Unfit("a database in memory can't be restored")
        return FreshFile(settings, settings.database_file)
    return FreshSchema(settings)


def is_lived_in(settings: Settings, engine: Engine) -> bool:
    """Whether people have accounts in the present database; a damaged one has none that could be read."""
    file = settings.database_file
    if file is not None and not file.exists():
        return False
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT 1 FROM users LIMIT 1")).first() is not None
    except DatabaseError:
        return False


def _made(settings: Settings, url: str, more: str = "") -> Engine:
    options: dict[str, Any] = engine_options(url, settings.busy_seconds, 1)
    if more:
        options["connect_args"]["options"] += more
    made = create_engine(url, **options)
    prepare_engine(made, settings.sqlite_synchronous, settings.busy_seconds)
    return made


def _to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
