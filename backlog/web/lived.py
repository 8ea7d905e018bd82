"""Where a database once lived, none is silently begun anew; and a schema of another program is not served."""

from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from backlog.config import Settings
from backlog.kernel.database import session
from backlog.web.application import folders
from backlog.web.schema import known_revisions, newest_revision, present_revision

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


def check_schema() -> None:
    """Refuse to serve a database that is not migrated, or that a newer program has migrated."""
    try:
        present = present_revision()
    except SQLAlchemyError:
        session.rollback()
        present = None
    folder = folders().migrations
    if present == newest_revision(folder):
        return
    if present is None or present in known_revisions(folder):
        raise NotServable("the database is not migrated: run 'backlog db upgrade'")
    raise NotServable("the database was migrated by a newer program: install that version")


def _check_header(file: Path) -> None:
    with file.open("rb") as handle:
        if handle.read(16) != b"SQLite format 3\x00":
            raise NotServable(f"{file.name} is no SQLite database; 'backlog restore' brings back a backup")
