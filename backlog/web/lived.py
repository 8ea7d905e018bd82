"""Where a database once lived, none is silently begun anew; and a schema of another program is not served."""

import os
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from backlog.config import Settings
from backlog.kernel.database import session
from backlog.kernel.faults import fault_of
from backlog.web.application import folders
from backlog.web.schema import known_revisions, newest_revision, present_revision
from backlog.web.soundness import AT_START_SECONDS, Soundness

MARK = "lived"


class NotServable(Exception):
    """Why the start is refused, in one line."""


def mark(settings: Settings) -> None:
    """Remember that a database lives here."""
    (settings.instance / MARK).write_text("A database lives here.\n")


def check_file(settings: Settings) -> None:
    """Refuse where the database's file vanished, was emptied or is no database."""
    file = settings.database_file
    if file is None:
        return
    lived = (settings.instance / MARK).exists()
    if not file.exists() or file.stat().st_size == 0:
        if lived:
            raise NotServable(
                f"the database {file.name} has vanished from where it lived; 'backlog restore' brings back a backup"
            )
        return
    _check_header(file)
    if (why := why_not_writable(file)) is not None:
        raise NotServable(why)


def check_sound(soundness: Soundness) -> None:
    """Refuse a damaged file; a large one is looked through to its end while serving, for /readyz."""
    soundness.look(AT_START_SECONDS)
    if soundness.damaged and soundness.file is not None:
        raise NotServable(f"{soundness.file.name} is damaged; 'backlog restore' brings back a backup")


def why_not_writable(file: Path) -> str | None:
    """What keeps SQLite from writing; None if nothing does."""
    beside = [file.with_name(f"{file.name}{suffix}") for suffix in ("-wal", "-shm")]
    for each in (file.parent, file, *(each for each in beside if each.exists())):
        if not os.access(each, os.W_OK):
            return f"{each.name} can't be written to"
    return None


def check_schema() -> None:
    """Refuse to serve a database that is not migrated, or that a newer program has migrated."""
    try:
        present = present_revision()
    except SQLAlchemyError as error:
        session.rollback()
        if fault_of(error) is not None and "no such table" not in str(error):
            raise NotServable("the database can't be reached; see BACKLOG_DATABASE_URL") from None
        present = None
    folder = folders().migrations
    if present == newest_revision(folder):
        return
    if present is None or present in known_revisions(folder):
        raise NotServable("the database is not migrated: run 'backlog db upgrade'")
    raise NotServable("the database was migrated by a newer program: install that version")


def _check_header(file: Path) -> None:
    try:
        with file.open("rb") as handle:
            begins = handle.read(16)
    except OSError as error:
        raise NotServable(f"{file.name} can't be read: {error.strerror}") from None
    if begins != b"SQLite format 3\x00":
        raise NotServable(f"{file.name} is no SQLite database; 'backlog restore' brings back a backup")
