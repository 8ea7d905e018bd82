"""A backup back into an installation: judged whole first, laid out beside what is there, and only then in its place."""

import hashlib
import os
import zipfile
from contextlib import closing
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, Engine, Table, func, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from backlog.config import Settings
from backlog.exchange.archive.book import TABLES, UPLOADS, Manifest, Unfit, lines, opened, pieces
from backlog.exchange.archive.places import fresh_place
from backlog.exchange.archive.rows import pour, tables_of
from backlog.kernel.clock import now

UNFIT = (ValueError, TypeError, KeyError, AttributeError, RecursionError, IntegrityError, StatementError)


def restore(settings: Settings, source: Path, known: frozenset[str], migrations: Path) -> tuple[Manifest, str]:
    """Put a backup in the place of the present database; answers what it held, and the name under which that is kept.

    `Unfit`, with nothing touched, where the file is cut, foreign, of a newer version, or not what was written.
    """
    aside = f"replaced-{now():%Y%m%d-%H%M%S}"
    with opened(source) as (file, manifest):
        if manifest.revision not in known:
            raise Unfit("this was written by a newer version: install that one")
        place = fresh_place(settings)
        with place.engine() as engine:
            _migrate(engine, migrations, manifest.revision)
            _lay_out(engine, file, manifest)
            _migrate(engine, migrations, "head")
            _bring_files(file, manifest, settings.uploads)
            place.take_over(engine, aside)
    return manifest, aside


def _migrate(engine: Engine, folder: Path, revision: str) -> None:
    """Bring the fresh place's schema to a revision."""
    alembic = import_module("alembic.config").Config()
    alembic.set_main_option("script_location", str(folder).replace("%", "%%"))
    alembic.attributes["engine"] = engine
    import_module("alembic.command").upgrade(alembic, revision)


def _lay_out(engine: Engine, file: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write every row, in one transaction; references are judged at its end."""
    with engine.connect() as connection:
        _let_wait(connection)
        tables = tables_of(connection)
        if {table.name for table in tables} != set(manifest.rows):
            raise Unfit("its tables are not those of the version it names")
        for table in reversed(tables):
            connection.execute(table.delete())
        try:
            for table in tables:
                with closing(lines(file, f"{TABLES}{table.name}.jsonl")) as found:
                    count = pour(connection, table, found)
                if count != manifest.rows[table.name]:
                    raise Unfit(f"{table.name} has {count} rows instead of {manifest.rows[table.name]}")
            _judge(connection)
        except UNFIT as error:
            raise Unfit(f"its rows can't be read: {str(error).splitlines()[0][:200]}") from None
        _count_on(connection, tables)
        connection.commit()


def _let_wait(connection: Connection) -> None:
    """Let references wait for what they point to until the end."""
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        return
    for table, name in _references(connection):
        connection.execute(text(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" DEFERRABLE INITIALLY DEFERRED'))


def _judge(connection: Connection) -> None:
    """Refuse a reference that points to nothing."""
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).first()
        if broken is not None:
            raise Unfit(f"a row of {broken[0]} points to a row that is not there")
        return
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for table, name in _references(connection):
        connection.execute(text(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{name}" NOT DEFERRABLE'))


def _references(connection: Connection) -> list[tuple[str, str]]:
    found = inspect(connection).get_multi_foreign_keys()
    return [(table, str(each["name"])) for (_, table), keys in found.items() for each in keys]


def _count_on(connection: Connection, tables: list[Table]) -> None:
    """Let PostgreSQL's sequences go on after the largest key."""
    if connection.dialect.name == "sqlite":
        return
    for table in tables:
        for column in table.primary_key.columns:
            sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, column.name))).scalar()
            largest = connection.execute(select(func.max(column))).scalar() if sequence else None
            if largest is not None:
                connection.execute(select(func.setval(sequence, largest)))


def _bring_files(file: zipfile.ZipFile, manifest: Manifest, uploads: Path) -> None:
    """Write the attachments that are not there yet; each comes whole or not at all."""
    for name in (each for each in manifest.members if each.startswith(UPLOADS)):
        target = uploads / name.removeprefix(UPLOADS)
        if target.exists() and _sha_of(target) == manifest.members[name][1]:
            continue
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = target.with_name(f".{target.name}.part")
        part.touch(mode=0o600)
        with file.open(name) as source, part.open("wb") as out:
            out.writelines(pieces(source))
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)


def _sha_of(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
