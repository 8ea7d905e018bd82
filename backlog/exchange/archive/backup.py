"""One moment of an installation into one file, while people go on writing."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, column, select, table, text

from backlog.exchange.archive.book import TABLES, UPLOADS, Book, Manifest, Unfit, pieces, writing
from backlog.exchange.archive.rows import REVISION, lines_of, tables_of
from backlog.kernel.clock import now
from backlog.kernel.shelf import UNFINISHED


def back_up(engine: Engine, uploads: Path, target: Path) -> Manifest:
    """Write the rows as they are at one moment, then the attachments they name; a damaged database replaces no backup."""
    with writing(target) as book, _one_moment(engine).connect() as connection:
        _check_sound(connection)
        revision = str(connection.execute(select(column("version_num")).select_from(table(REVISION))).scalar_one())
        tables = tables_of(connection)
        rows = {each.name: book.add(f"{TABLES}{each.name}.jsonl", lines_of(connection, each)) for each in tables}
        head = connection.execute(text("SELECT position, hash FROM chain_head")).mappings().first()
        for file in _files(uploads):
            _add_file(book, uploads, file)
        manifest = Manifest(revision, now().isoformat(), rows, book.members, dict(head) if head else None)
        book.close(manifest)
    return manifest


def _one_moment(engine: Engine) -> Engine:
    """All reads of one connection see one state: SQLite's do, PostgreSQL's once told."""
    return engine if engine.dialect.name == "sqlite" else engine.execution_options(isolation_level="REPEATABLE READ")


def _check_sound(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
        if found != "ok":
            raise Unfit("the database is damaged: nothing was written, and an earlier backup stays as it is")


def _files(uploads: Path) -> Iterator[Path]:
    """The attachments, which come whole under their names and are never changed."""
    found = (each for each in sorted(uploads.rglob("*")) if each.is_file() and not each.is_symlink())
    return (each for each in found if each.suffix != UNFINISHED)


def _add_file(book: Book, uploads: Path, file: Path) -> None:
    with suppress(FileNotFoundError), file.open("rb") as source:  # gone with the act that brought it
        book.add(UPLOADS + file.relative_to(uploads).as_posix(), pieces(source))
