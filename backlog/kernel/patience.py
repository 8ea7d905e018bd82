"""How long a request waits for PostgreSQL to say something: a silent server keeps nobody waiting for ever."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Engine, event

LONGEST_SILENCE = 3.0
CONNECT_SECONDS = 2
REST_SECONDS = 0.5  # after a silence: who waited meanwhile is not made to wait again


_patient: ContextVar[bool] = ContextVar("patient", default=False)


@contextmanager
def within_patience() -> Iterator[None]:
    """Inside the block wait for PostgreSQL no longer than people would; commands wait as long as it takes."""
    token = _patient.set(True)
    try:
        yield
    finally:
        _patient.reset(token)


def lend_to(engine: Engine, busy_seconds: int) -> None:
    """Have this engine's connections (psycopg's) keep to the patience, which is longer than that for a lock."""
    longest = max(LONGEST_SILENCE, busy_seconds + 1)
    driver: Any = engine.dialect.dbapi
    silent_at = float("-inf")

    class PatientConnection(driver.Connection):  # type: ignore[misc]
        """A line that is given up when the server stays silent."""

        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            """Wait for an exchange with the server to end."""
            if not _patient.get():
                return super().wait(gen, interval, timeout)
            began = time.monotonic()
            try:
                return super().wait(gen, interval, longest)
            except driver.OperationalError:
                nonlocal silent_at
                if time.monotonic() >= began + longest:
                    silent_at = time.monotonic()
                    self.pgconn.finish()
                raise

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: Any, named: Any) -> Any:
        nonlocal silent_at
        if _patient.get() and time.monotonic() < silent_at + REST_SECONDS:
            raise driver.OperationalError("the server was silent a moment ago")
        try:
            return PatientConnection.connect(*arguments, **named)
        except driver.errors.ConnectionTimeout:
            silent_at = time.monotonic()
            raise
