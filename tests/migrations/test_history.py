"""Migrations: up and down on this database, the same schema as the models, and none imports the app."""

import os
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from backlog import create_app
from backlog.config import Settings
from backlog.kernel.database import Base, db
from backlog.web.application import Application

FOLDER = Path(__file__).resolve().parents[2] / "migrations" / "versions"
POSTGRES = os.environ.get("BACKLOG_TEST_DATABASE") == "postgresql"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Application]:
    """An application over an empty database."""
    if not POSTGRES:
        yield create_app(Settings(instance=tmp_path, cheap_hashes=True, log_level="ERROR"))
        return
    from tests.databases import postgresql

    with postgresql() as server:
        url = server.copy("history")
        app = create_app(Settings(instance=tmp_path, database_url=url, cheap_hashes=True, log_level="ERROR"))
        yield app
        with app.app_context():
            db.engine.dispose()


def names(kind: str) -> set[str]:
    """What the database holds beside tables."""
    if POSTGRES:
        return {row[0] for row in db.session.execute(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"))}
    query = text("SELECT name FROM sqlite_master WHERE type = :kind")
    return {row[0] for row in db.session.execute(query, {"kind": kind})}


def checks() -> set[str]:
    found = set()
    inspector = inspect(db.engine)
    for table in Base.metadata.tables:
        found |= {f"{table}.{each['name']}" for each in inspector.get_check_constraints(table)}
    return found


def is_a_models(_thing: object, name: str | None, *_others: object) -> bool:
    """Not the index of characters, which each database has in its own way."""
    return not str(name).startswith(("search_pairs", "search_entries_pairs_index"))


def test_the_migrations_make_what_the_models_say(empty: Application) -> None:
    with empty.app_context():
        flask_migrate.upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": is_a_models})
            assert compare_metadata(context, Base.metadata) == []
        made, guarded = checks(), names("trigger")
        db.session.rollback()
        flask_migrate.downgrade(revision="base")
        db.drop_all()
        db.create_all()
        assert made == checks()
        assert guarded == names("trigger")
        db.session.rollback()


def test_they_go_down_and_up_again(empty: Application) -> None:
    with empty.app_context():
        flask_migrate.upgrade()
        flask_migrate.downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        flask_migrate.upgrade()
        assert "ledger_entries" in inspect(db.engine).get_table_names()


def test_an_upgraded_database_has_its_one_row_of_settings(empty: Application) -> None:
    with empty.app_context():
        flask_migrate.upgrade()
        assert db.session.scalar(text("SELECT count(*) FROM organisation")) == 1
        assert db.session.scalar(text("SELECT count(*) FROM chain_head")) == 1
        db.session.rollback()


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_no_migration_imports_the_app(path: Path) -> None:
    assert "backlog" not in path.read_text("utf-8").replace('"""', "")
