"""Writers take turns: twenty at once all get theirs, and none holds it for ever."""

import threading

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from backlog.kernel.database import session, writing
from tests.world import World


def test_twenty_writers_at_once_all_write(world: World) -> None:
    failed: list[Exception] = []

    def write() -> None:
        try:
            with world.app.app_context(), writing():
                session.execute(text("UPDATE organisation SET capacity_weeks = capacity_weeks + 1"))
                session.commit()
        except OperationalError as error:
            failed.append(error)

    threads = [threading.Thread(target=write) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert session.scalar(text("SELECT capacity_weeks FROM organisation")) == 60


def test_a_writer_that_fails_gives_its_turn_back(world: World) -> None:
    for _ in range(3):
        with world.app.app_context(), writing():
            session.execute(text("UPDATE organisation SET capacity_weeks = 1"))
            session.rollback()
    with world.app.app_context(), writing():
        session.execute(text("UPDATE organisation SET capacity_weeks = 7"))
        session.commit()
    assert session.scalar(text("SELECT capacity_weeks FROM organisation")) == 7
