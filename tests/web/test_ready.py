"""What is done before the first visitor comes keeps nobody from serving."""

import pytest
from sqlalchemy.exc import OperationalError

from backlog.web.server import ready
from tests.world import World


def test_a_rehearsal_that_the_database_is_too_slow_for_is_given_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def too_slow():
        tried.append("once")
        raise OperationalError("SELECT 1", None, TimeoutError())

    monkeypatch.setattr(world.app, "rehearsals", [too_slow])
    monkeypatch.setattr(ready, "keep_code", lambda *_: None)
    ready.get_ready(world.app)
    assert tried == ["once"]
