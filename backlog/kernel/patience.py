"""How long a request waits for PostgreSQL: neither a silent or slow server nor a lock held for long keeps people waiting.

A lock is waited for `BACKLOG_BUSY_SECONDS`, a statement half a second longer, an answer another half. Commands wait as
long as it takes.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, event

LONGEST_SILENCE = 3.0
IN_ALL_SECONDS = 1.0  # beyond the longest silence, for all exchanges of a request together
CONNECT_SECONDS = 2
REST_SECONDS = 0.5  # after that: who stood in line meanwhile is not made to wait again
ENOUGH = 2  # requests that gave up at about the same time: one alone may have asked too much
SHORT_PATIENCE = 0.3  # for a lock, after others waited for one in vain; those of other things are had sooner
IN_VAIN = frozenset({"55P03", "57014"})
COMMAND_MILLISECONDS = 30_000


class Waited:
    """How long one request has waited so far."""

    seconds = 0.0

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count the time inside the block."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds += time.monotonic() - began


class Breath:
    """When requests gave up on one engine's server, and whether those that come now need not try."""

    def __init__(self) -> None:
        self._moments: deque[float] = deque([float("-inf")] * ENOUGH, maxlen=ENOUGH)

    def gave_up(self) -> None:
        """A request has."""
        self._moments.append(time.monotonic())

    def is_short(self, several: bool) -> bool:
        """Whether one has just given up, or several."""
        return time.monotonic() < self._moments[0 if several else -1] + REST_SECONDS


_waited: ContextVar[Waited | None] = ContextVar("waited", default=None)


@contextmanager
def within_patience() -> Iterator[None]:
    """Inside the block wait for PostgreSQL no longer than people would; commands wait as long as it takes."""
    token = _waited.set(Waited())
    try:
        yield
    finally:
        _waited.reset(token)


def settings(busy_seconds: int, *, for_people: bool) -> str:
    """What a new connection asks of the server."""
    longest = int(_longest(busy_seconds) * 1000) - 500 if for_people else COMMAND_MILLISECONDS
    lock = busy_seconds * 1000
    return f"-c lock_timeout={lock} -c statement_timeout={longest} -c timezone=UTC"


def _longest(busy_seconds: int) -> float:
    return max(LONGEST_SILENCE, busy_seconds + 1)


def lend_to(engine: Engine, busy_seconds: int, writes: Callable[[], bool]) -> None:
    """Have this engine's connections (psycopg's) keep to the patience."""
    _give_up_what_is_silent(engine, busy_seconds)
    _hardly_wait_in_vain(engine, writes)


def _give_up_what_is_silent(engine: Engine, busy_seconds: int) -> None:
    longest = _longest(busy_seconds)
    in_all = longest + IN_ALL_SECONDS
    driver: Any = engine.dialect.dbapi
    breath = Breath()
    line = _patient_connection(driver, longest, in_all, breath)
    for_people = {"options": settings(busy_seconds, for_people=True)}

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: Any, named: Any) -> Any:
        waited = _waited.get()
        if waited is None:
            return line.connect(*arguments, **named)
        if waited.seconds > in_all - CONNECT_SECONDS or breath.is_short(several=False):
            raise driver.OperationalError("the server took too long a moment ago")
        try:
            with waited.counting():
                return line.connect(*arguments, **{**named, **for_people})
        except driver.errors.ConnectionTimeout:
            breath.gave_up()
            raise


def _patient_connection(driver: Any, longest: float, in_all: float, breath: Breath) -> Any:
    class PatientConnection(driver.Connection):  # type: ignore[misc]
        """A line that is given up when the server stays silent, or takes too long in all."""

        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            """Wait for an exchange with the server to end."""
            waited = _waited.get()
            if waited is None:
                return super().wait(gen, interval, timeout)
            if not waited.seconds and breath.is_short(several=True):
                raise driver.OperationalError("the server took too long a moment ago")
            began, left = time.monotonic(), max(0.0, min(longest, in_all - waited.seconds))
            try:
                with waited.counting():
                    return super().wait(gen, interval, left)
            except driver.OperationalError:
                if time.monotonic() >= began + left:
                    breath.gave_up()
                    self.pgconn.finish()
                raise

    return PatientConnection


def _hardly_wait_in_vain(engine: Engine, writes: Callable[[], bool]) -> None:
    """Where somebody waited for a lock in vain, the next writers hardly wait until one has written.

    Else every thread would wait for what one holds for long, and none would be left to read.
    """
    in_vain = False

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if in_vain and writes():
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(SHORT_PATIENCE * 1000)}")

    @event.listens_for(engine, "handle_error")
    def heed(context: ExceptionContext) -> None:
        nonlocal in_vain
        in_vain = in_vain or getattr(context.original_exception, "sqlstate", None) in IN_VAIN

    @event.listens_for(engine, "commit")
    def written(_connection: Connection) -> None:
        nonlocal in_vain
        in_vain = in_vain and not writes()
