"""`backlog backup FILE` and `backlog restore FILE`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from backlog.exchange.archive.backup import back_up
from backlog.exchange.archive.book import UPLOADS, Manifest, Unfit
from backlog.exchange.archive.places import is_lived_in
from backlog.exchange.archive.restore import restore
from backlog.kernel.database import commit, db, session, writing
from backlog.kernel.faults import fault_of
from backlog.ledger import queries as ledger
from backlog.ledger import witness
from backlog.ledger.rules import Head
from backlog.portfolio import actions as portfolio
from backlog.web import lived
from backlog.web.application import folders
from backlog.web.problems import problem_of
from backlog.web.schema import known_revisions

PATH = click.Path(dir_okay=False, path_type=Path)


@contextmanager
def _in_one_line() -> Iterator[None]:
    """What keeps a file from being written or read ends the command with one line and status 1."""
    try:
        yield
    except (Unfit, lived.NotServable) as reason:
        _fail(str(reason))
    except OSError as error:
        _fail(f"{error.strerror or error}: nothing was changed")
    except SQLAlchemyError as error:
        if fault_of(error) is None:
            raise
        with force_locale("en"):
            _fail(problem_of(error).detail)


@click.command("backup")
@click.argument("file", type=PATH)
@with_appcontext
def backup_command(file: Path) -> None:
    """Write everything, as it is at one moment, into one file; people may go on writing."""
    settings = _settings()
    with _in_one_line():
        lived.check_file(settings)
        if settings.database_file is not None and not settings.database_file.exists():
            raise Unfit("there is no database yet: run 'backlog db upgrade'")
        manifest = back_up(db.engine, settings.uploads, file)
    click.echo(f"{file.name}: {_told(manifest)}")


@click.command("restore")
@click.argument("file", type=PATH)
@click.option(
    "--replace", is_flag=True, help="Also where people have accounts: what is there is kept under another name."
)
@with_appcontext
def restore_command(file: Path, replace: bool) -> None:
    """Put a backup in the place of the database; what was there is kept under another name."""
    settings = _settings()
    with _in_one_line():
        if not replace and is_lived_in(settings, db.engine):
            raise Unfit("people have accounts here: with --replace what is there is kept under another name")
        session.remove()
        db.engine.dispose()
        places = folders()
        manifest, aside = restore(settings, file, known_revisions(places.migrations), places.migrations)
        _note_head(manifest, aside)
        lived.mark(settings)
        with writing():
            portfolio.rebuild()
            commit()
        click.echo(f"restored from {manifest.made_at}: {_told(manifest)}")
        count, broken = ledger.verify_chain(witness.read(settings.instance))
        session.rollback()
    if broken is not None:
        _fail(f"everything is back, but the ledger's chain is broken at {broken}")
    click.echo(f"the ledger's chain holds: {count} links")


def _note_head(manifest: Manifest, aside: str) -> None:
    """The note of the newest link is the backup's; the earlier one is kept with what it belonged to."""
    instance = _settings().instance
    note = instance / witness.FILE
    if note.exists():
        folder = instance / aside
        folder.mkdir(mode=0o700, exist_ok=True)
        note.rename(folder / note.name)
    if manifest.head is not None:
        witness.write(instance, Head(int(manifest.head["position"]), str(manifest.head["hash"])))


def _told(manifest: Manifest) -> str:
    files = sum(name.startswith(UPLOADS) for name in manifest.members)
    return f"{sum(manifest.rows.values())} rows of {len(manifest.rows)} tables, {files} attachments"


def _settings() -> Any:
    return current_app.settings  # type: ignore[attr-defined]


def _fail(text: str) -> None:
    click.echo(f"backlog: {text}", err=True)
    sys.exit(1)
