"""The database: one transaction a request, UTC moments, whole fen, choices with a CHECK."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Executable,
    Integer,
    MetaData,
    String,
    inspect,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import JSON, TypeDecorator

from backlog.kernel import keys, money, patience, sqlite
from backlog.kernel.faults import CommitUnsure, loses_a_commit
from backlog.kernel.together import work

FILES_PUT = "files_put"  # what stands on the shelf and waits for its commit
NAMING = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_unique",
    "ix": "%(table_name)s_%(column_0_N_name)s_index",
    "ck": "%(table_name)s_%(constraint_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; only aware datetimes go in and come out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Yuan(TypeDecorator[Decimal]):
    """`Decimal` yuan in Python, whole fen in the column."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else money.to_fen(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else money.from_fen(int(value))


class Hundredths(TypeDecorator[Decimal]):
    """A `Decimal` with two decimals (a share in per cent), kept as whole hundredths."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else money.to_fen(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else money.from_fen(int(value))


class Days(TypeDecorator[list[date]]):
    """Days in order, kept as a list of their writings."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: list[date] | None, dialect: Dialect) -> list[str] | None:
        return None if value is None else [each.isoformat() for each in value]

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> list[date] | None:
        return None if value is None else [date.fromisoformat(each) for each in value]


Id = BigInteger().with_variant(Integer(), "sqlite")
OrderKey = String(200).with_variant(String(200, collation="C"), "postgresql")


class Base(DeclarativeBase):
    """What all tables share: names of constraints, and which Python type means which column."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: Moment, Decimal: Yuan, dict[str, Any]: JSON, list[Any]: JSON, list[date]: Days},
    )


class Numbered:
    """An integer key."""

    id: Mapped[int] = mapped_column(Id, primary_key=True)


def choice(name: str, values: tuple[str, ...]) -> Enum:
    """A text column that takes only these values, held by a CHECK of that name."""
    return Enum(*values, name=name, native_enum=False, create_constraint=True, validate_strings=True, length=40)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False}, disable_autonaming=True)
session = db.session
keys.follow(session)

Row = TypeVar("Row", bound="Base")


def read(query: Executable, **values: Any) -> list[Any]:
    """The rows of a query of columns: past the ORM, which would look at each value again."""
    return list(session.connection().execute(query, values).all())


def hold(row: Row) -> Row:
    """The row's columns as they are now, locked until commit: what was read before the lock is forgotten.

    FOR NO KEY UPDATE: two may not hold one row, yet a row that only points to it (a move to its column) may be written.
    """
    at_hand = work()
    if inspect(row).pending or (at_hand is not None and id(row) in at_hand.held):
        return row  # made in this transaction, or held since a row before
    columns = inspect(type(row)).column_attrs.keys()
    session.refresh(row, [name for name in columns if name in row.__dict__], with_for_update={"key_share": True})
    if at_hand is not None:
        at_hand.hold(row)
    return row


def write() -> None:
    """Send what was made to the database; inside `together()` it waits for more, its keys and defaults given."""
    if work() is None:
        session.flush()


def is_fresh(row: Base) -> bool:
    """Whether a row was made in this transaction and waits to be written: nothing in the database hangs on it."""
    return bool(inspect(row).pending)


def take_turn(name: str) -> None:
    """Wait until no other transaction is in its turn under this name; SQLite's write lock has seen to it already."""
    if session.get_bind().dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def was_crossed(error: DBAPIError) -> bool:
    """Whether PostgreSQL ended a transaction only because another's stood against it: done again it may succeed."""
    return getattr(error.orig, "sqlstate", None) in {"40001", "40P01"}


_writes: ContextVar[bool] = ContextVar("writes", default=False)


@contextmanager
def writing(writes: bool = True) -> Iterator[None]:
    """Open transactions inside the block with the write lock (`BEGIN IMMEDIATE` on SQLite)."""
    token = _writes.set(writes)
    try:
        yield
    finally:
        _writes.reset(token)


def give_pages_back() -> None:
    """Free what SQLite keeps of the file for this connection: who walks through a whole table reads a page only once."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA shrink_memory")


def engine_options(url: str, busy_seconds: int, threads: int) -> dict[str, Any]:
    """What `create_engine` needs beside the address; a connection for each thread, so that none waits for another's."""
    if not url.startswith("sqlite"):
        return {
            "pool_pre_ping": True,
            "pool_size": 10,
            "max_overflow": max(10, threads - 10),
            "pool_timeout": 4,
            "connect_args": {
                "connect_timeout": patience.CONNECT_SECONDS,
                "options": patience.settings(busy_seconds, for_people=False),
            },
        }
    return {"module": sqlite.sqlite_module(), "connect_args": {"timeout": busy_seconds, "check_same_thread": False}}


def prepare_engine(engine: Engine, synchronous: str, busy_seconds: int) -> None:
    """Give a new engine what its database needs: see `kernel.sqlite` and `kernel.patience`."""
    if engine.dialect.name == "sqlite":
        sqlite.prepare(engine, synchronous, busy_seconds, _writes.get)
    else:
        patience.lend_to(engine, busy_seconds, _writes.get)


def commit() -> None:
    """Commit; `CommitUnsure` where the answer was lost, so that it is called neither saved nor unsaved."""
    session.flush()
    try:
        session.commit()
    except DBAPIError as error:
        if loses_a_commit(error):
            session.info.pop(FILES_PUT, None)  # perhaps they are told of
            raise CommitUnsure from error
        raise
