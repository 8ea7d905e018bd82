"""Runs the imports that stand in line, one after the other, in a process beside the server.

Each is one transaction: killed at any moment, nothing of it is written. Whose process died is known by the lock that
died with it, and told; it is not begun again unasked.
"""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from backlog.config import Settings, as_environment
from backlog.exchange import actions, queries
from backlog.exchange.kinds.record import Problem, Record, problems_of
from backlog.exchange.models import Import
from backlog.exchange.pulse import Beat, Pulse, alone
from backlog.journal.actions import through
from backlog.kernel import clock
from backlog.kernel.database import commit, hold, session, writing
from backlog.kernel.faults import BUSY, fault_of
from backlog.kernel.refusal import Forbidden, Invalid, Missing, Refusal, or_none
from backlog.people.queries import get_user

log = logging.getLogger(__name__)
GRACE = timedelta(seconds=30)  # until the process that was started must have taken an import up
TRIES, PAUSE_SECONDS = 600, 0.5  # others write as well: the lock is asked for again
INTERRUPTED = Problem(0, "", "import.interrupted")
FAILED = Problem(0, "", "import.failed")
Done = TypeVar("Done")


def start(settings: Settings) -> None:
    """Have a process of its own run what stands in line; it outlives this one."""
    child = subprocess.Popen(
        [sys.executable, "-m", "backlog", "run-imports"],
        env={**os.environ, **as_environment(settings)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=child.wait, daemon=True).start()


def run_waiting() -> int:
    """Run what stands in line until nothing does; answers how many. Where another process does so, leave it to that."""
    for _ in range(4):  # another may be about to end, having looked a moment before the newest came
        with alone() as beat:
            if beat is not None:
                return _run_all(beat)
        session.rollback()
        time.sleep(PAUSE_SECONDS)
    return 0


def is_lost(one: Import, now: Pulse | None) -> bool:
    """Whether an import that seems to run is run by nobody."""
    if one.state != "running" or (now is not None and now.import_id == one.id):
        return False
    if one.begun_at is not None:
        return True
    return now is None and clock.now() - one.made_at > GRACE


def _run_all(beat: Beat) -> int:
    count = 0
    while (import_id := _patiently(_begin_next)) is not None:
        beat(import_id, 0)
        try:
            _run(import_id, beat)
        except (Invalid, Refusal, Forbidden, Missing) as error:
            _patiently(partial(_give_up, import_id, [*problems_of(Record(0, {}, {}), error, {})]))
        except Exception:
            log.exception("import %s failed", import_id)
            _patiently(partial(_give_up, import_id, [FAILED]))
        beat(0, 0)
        count += 1
    return count


def _begin_next() -> int | None:
    """Take up who waits longest; what was begun before was left by a process that died."""
    for one in queries.in_line():
        if one.begun_at is None:
            one.begun_at = clock.now()
            return one.id
        actions.give_up(one, [INTERRUPTED])
    return None


def _run(import_id: int, beat: Beat) -> None:
    one = queries.import_in_line(import_id)
    wanted, maker = _wanted(one, queries.content_of(one)), queries.maker_of(one)
    session.rollback()
    ahead = actions.get_ready(maker, wanted, actions.read_file(wanted)).read()  # nobody waits meanwhile
    _patiently(partial(_take_up, import_id, wanted, ahead, beat))


def _take_up(import_id: int, wanted: actions.Wanted, ahead: actions.Ahead, beat: Beat) -> None:
    one = hold(queries.import_in_line(import_id))
    maker = get_user(one.made_by_id)
    if not maker.active:
        raise Forbidden("import.run")
    actions.take_up(maker, one, wanted, ahead, partial(beat, import_id))


def _give_up(import_id: int, problems: list[Problem]) -> None:
    """What is over although its answer was lost (its commit came through) stays what it is."""
    one = or_none(partial(queries.import_in_line, import_id))
    if one is not None:
        actions.give_up(hold(one), problems)


def _wanted(one: Import, raw: bytes) -> actions.Wanted:
    mapping = {f"#{each['at'] + 1}": each["field"] for each in one.columns}
    return actions.Wanted(
        one.kind, raw, one.file_name, one.project_id, one.kpi_id,
        sheet=one.sheet if one.encoding == "xlsx" else "",
        mapping=mapping,
        choices=one.choices,
        good_rows=one.good_rows,
        reason=one.reason,
        override_reason=one.override_reason,
    )  # fmt: skip


def _patiently(act: Callable[[], Done]) -> Done:
    """Do it in one transaction, again where another held the lock."""
    for left in reversed(range(TRIES)):
        try:
            with writing(), through("import"):
                done = act()
                commit()
                return done
        except SQLAlchemyError as error:
            if fault_of(error) != BUSY or not left:
                raise
            time.sleep(PAUSE_SECONDS)
        finally:
            session.rollback()
    raise AssertionError  # the last try returned or raised
