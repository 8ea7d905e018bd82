"""An empty installation, and one with the sample in it (loaded once for the tests that only read)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from backlog.kernel.database import db, session, writing
from backlog.people.models import Organisation
from backlog.sample import actions
from tests.world import World

TODAY = date(2026, 11, 23)


def make_empty(filled: World, database: Any) -> None:
    """Leave nothing in the database but the organisation's row; whoever comes next restores it."""
    database.restore(filled.app)
    with filled.app.app_context(), writing():
        db.drop_all()
        db.create_all()
        session.add(Organisation(id=1))
        session.commit()
        session.remove()


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Both languages, one after the other."""
    return str(request.param)


@pytest.fixture(scope="module")
def loaded(filled: World, database: Any, language: str) -> World:
    """The sample, loaded as of TODAY."""
    make_empty(filled, database)
    with filled.app.app_context(), writing():
        assert actions.load(language, TODAY)
        session.commit()
        session.remove()
    return filled


@pytest.fixture
def sample(loaded: World) -> Iterator[World]:
    """Inside an app context of the sample; whatever is written is rolled back."""
    with loaded.app.app_context(), writing(False):
        yield loaded
        session.rollback()
        session.remove()
