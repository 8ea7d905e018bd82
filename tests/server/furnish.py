"""An instance with a migrated database, one admin and their token, made once in this process and copied for each test."""

from dataclasses import dataclass
from pathlib import Path

import flask_migrate

from backlog import create_app
from backlog.config import Settings
from backlog.kernel.database import db, session, writing
from backlog.people import actions
from backlog.web import lived

EMAIL, PASSWORD = "you@example.com", "correct horse 12"


@dataclass(frozen=True)
class Furnished:
    """A folder to copy, and the token that its database knows."""

    folder: Path
    token: str


def furnish(folder: Path, database_url: str = "") -> Furnished:
    """What the commands that the README names would make."""
    app = create_app(Settings(instance=folder, database_url=database_url, cheap_hashes=True, log_level="ERROR"))
    with app.app_context():
        flask_migrate.upgrade()
        lived.mark(app.settings)
        with writing():
            person = actions.add_user(None, email=EMAIL, name="You", role="admin", password=PASSWORD)
            token = actions.make_token(person, "test", "write")
            session.commit()
        session.remove()
        db.engine.dispose()
    return Furnished(folder, token)
