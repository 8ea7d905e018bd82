"""An instance with a migrated database, one admin and their token, made once in this process and copied for each test."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import flask_migrate

from backlog import create_app
from backlog.config import Settings
from backlog.kernel.database import db, session, writing
from backlog.people import actions
from backlog.web import lived

Person = tuple[str, str, str]  # address, name, role

EMAIL, PASSWORD = "you@example.com", "correct horse 12"
YOU: Person = (EMAIL, "You", "admin")


@dataclass(frozen=True)
class Furnished:
    """A folder to copy, and the token that its database knows."""

    folder: Path
    token: str


def furnish(
    folder: Path, database_url: str = "", people: Iterable[Person] = (YOU,), password: str = PASSWORD
) -> Furnished:
    """What the commands that the README names would make; the token is the first person's."""
    app = create_app(Settings(instance=folder, database_url=database_url, cheap_hashes=True, log_level="ERROR"))
    with app.app_context():
        flask_migrate.upgrade()
        lived.mark(app.settings)
        with writing():
            made = [
                actions.add_user(None, email=email, name=name, role=role, password=password)
                for email, name, role in people
            ]
            token = actions.make_token(made[0], "test", "write")
            session.commit()
        session.remove()
        db.engine.dispose()
    return Furnished(folder, token)
