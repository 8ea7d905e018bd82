"""The database: one transaction a request, UTC moments, whole fen, choices with a CHECK."""

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from types import ModuleType
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    MetaData,
    String,
    event,
    inspect,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import JSON, TypeDecorator

from backlog.kernel import money
from backlog.kernel.turns import Turns

try:
    import pysqlite3.dbapi2 as newest_sqlite
except ImportError:  # no wheel for this machine
    newest_sqlite = None

SAFE_SQLITE = (3, 51, 3)  # up to 3.51.2 a WAL file with several writers could be corrupted
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


Id = BigInteger().with_variant(Integer(), "sqlite")
OrderKey = String(200).with_variant(String(200, collation="C"), "postgresql")


class Base(DeclarativeBase):
    """What all tables share: names of constraints, and which Python type means which column."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: Moment, Decimal: Yuan, dict[str, Any]: JSON, list[Any]: JSON},
    )


class Numbered:
    """An integer key."""

    id: Mapped[int] = mapped_column(Id, primary_key=True)


def choice(name: str, values: tuple[str, ...]) -> Enum:
    """A text column that takes only these values, held by a CHECK of that name."""
    return Enum(*values, name=name, native_enum=False, create_constraint=True, validate_strings=True, length=40)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False}, disable_autonaming=True)
session = db.session

Row = TypeVar("Row", bound="Base")


def hold(row: Row) -> Row:
    """The row's columns as they are now, locked until commit: what was read before the lock is forgotten.

    FOR NO KEY UPDATE: two may not hold one row, yet a row that only points to it (a move to its column) may be written.
    """
    columns = inspect(type(row)).column_attrs.keys()
    session.refresh(row, [name for name in columns if name in row.__dict__], with_for_update={"key_share": True})
    return row


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


def sqlite_module() -> ModuleType:
    """The SQLite to use: the newest there is; warns where that one can corrupt a WAL file."""
    module: ModuleType = newest_sqlite if newest_sqlite is not None else sqlite3
    if module.sqlite_version_info < SAFE_SQLITE:
        warnings.warn(
            f"SQLite {module.sqlite_version} is older than 3.51.3; install pysqlite3", RuntimeWarning, stacklevel=2
        )
    return module


def engine_options(url: str, busy_seconds: int) -> dict[str, Any]:
    """What `create_engine` needs beside the address."""
    if not url.startswith("sqlite"):
        return {
            "pool_pre_ping": True,
            "pool_size": 10,
            "max_overflow": 10,
            "pool_timeout": 4,
            "connect_args": _postgres_patience(busy_seconds),
        }
    return {"module": sqlite_module(), "connect_args": {"timeout": busy_seconds, "check_same_thread": False}}


def _postgres_patience(busy_seconds: int) -> dict[str, Any]:
    options = f"-c lock_timeout={busy_seconds * 1000} -c statement_timeout=30000 -c timezone=UTC"
    return {"connect_timeout": 3, "options": options}


def prepare_engine(engine: Engine, synchronous: str, busy_seconds: int) -> None:
    """On SQLite: WAL, foreign keys, patience, and transactions that begin as the request needs them."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={busy_seconds * 1000}",
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            "trusted_schema=OFF",
            "cache_size=-8000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    turns = Turns(engine, busy_seconds)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if _writes.get():
            turns.begin(connection)
        else:
            connection.exec_driver_sql("BEGIN")
