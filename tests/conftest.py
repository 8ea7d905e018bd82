"""Fixtures: one application a worker, and the small world fresh for each test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from backlog import create_app
from backlog.api.tokens import Rate
from backlog.config import Settings
from backlog.kernel.database import db, session
from backlog.people.actions import open_session
from backlog.web.application import Application
from backlog.web.server import ready
from tests.server.process import kept_templates
from tests.together import Together
from tests.world import Browser, Call, Caller, FreshClient, Sign, World, populate

# The same examples on every machine, however slow it is.
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

POSTGRES = os.environ.get("BACKLOG_TEST_DATABASE") == "postgresql"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database has nothing to say on the second one."""
    if POSTGRES:
        asks = [bool({"database", "empty"} & set(each.fixturenames)) for each in items]  # type: ignore[attr-defined]
        config.hook.pytest_deselected(items=[each for each, does in zip(items, asks, strict=True) if not does])
        items[:] = [each for each, does in zip(items, asks, strict=True) if does]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together | None:
    """Groups stay in one worker."""
    return Together(config, log) if config.getvalue("dist") == "loadgroup" else None


class SqliteTemplate:
    """A filled SQLite file, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self.file, self.kept = folder / "test.db", folder / "template.db"
        self.url = f"sqlite:///{self.file}"

    def keep(self, app: Application) -> None:
        """Take what the database holds as what each test begins with."""
        with app.app_context():
            db.engine.dispose()
        shutil.copyfile(self.file, self.kept)

    def restore(self, app: Application) -> None:
        """Begin anew."""
        with app.app_context():
            db.engine.dispose()
        # To a new file: to write over one that was cut to nothing waits for the disk.
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.kept, self.file)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """Where this worker's data lies: SQLite, or PostgreSQL with BACKLOG_TEST_DATABASE=postgresql."""
    if not POSTGRES:
        yield SqliteTemplate(tmp_path_factory.mktemp("database"))
        return
    from tests.databases import PostgresTemplate

    with PostgresTemplate(tmp_path_factory.mktemp("postgres")) as template:
        yield template


@pytest.fixture(scope="session")
def filled(database: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The application with the world in it, made once."""
    settings = Settings(
        instance=tmp_path_factory.mktemp("instance"),
        database_url=database.url,
        secret_key="test-key-0123456789-abcdefghijklmnop",
        cheap_hashes=True,
        sqlite_synchronous="OFF",  # nothing of a test survives a power cut, nor needs to
        api_rate=0,
        log_level="ERROR",
    )
    app = create_app(settings)
    app.test_client_class = FreshClient
    ready.keep_code(app, kept_templates())
    with app.app_context():
        db.create_all()
    world = populate(app)
    database.keep(app)
    yield world
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def world(filled: World, database: SqliteTemplate) -> Iterator[World]:
    """The world as it was, inside an app context."""
    database.restore(filled.app)
    Rate.seen.clear()
    with filled.app.app_context():
        yield filled
        session.rollback()
        session.remove()


@pytest.fixture
def app(world: World) -> Flask:
    """The application."""
    return world.app


@pytest.fixture
def sign(world: World) -> Sign:
    """`sign("lin")` is lin's browser, signed in."""

    def enter(name: str) -> Browser:
        client = world.app.test_client()
        with world.app.app_context():
            secret = open_session(world.person(name), "test")
            session.commit()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = secret
            cookie["_fresh"] = True
        return Browser(client)

    return enter


@pytest.fixture
def api(world: World) -> Call:
    """`api("lin")` calls the API with lin's token."""
    return lambda name: Caller(world.app.test_client(), world.tokens[name])
