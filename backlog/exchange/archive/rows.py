"""Rows as lines of JSON, by the columns the database itself names: no model, so that an old file meets its own schema."""

import json
import warnings
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Connection, Date, DateTime, LargeBinary, MetaData, Numeric, Table, select
from sqlalchemy.exc import SAWarning

AT_ONCE = 1_000
REVISION = "alembic_version"
DERIVED = "search_"  # tables of such names are made again from the others


def tables_of(connection: Connection) -> list[Table]:
    """The tables that are kept, those others point to first."""
    found = MetaData()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        found.reflect(connection, only=lambda name, _: name != REVISION and not name.startswith(DERIVED))
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type.none_as_null = True
    return found.sorted_tables


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Each row as a line, in the order of its key."""
    rows = connection.execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*table.primary_key.columns))
    for row in rows.mappings():
        plain = {name: _written(value) for name, value in row.items()}
        yield json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def pour(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    """Write lines as rows and answer how many; ValueError where one is no row of the table."""
    readers = {column.name: _reader(column.type) for column in table.columns}
    batch: list[dict[str, Any]] = []
    count = 0
    for line in lines:
        row = json.loads(line)
        if not isinstance(row, dict) or row.keys() != readers.keys():
            raise ValueError(f"row {count + 1} of {table.name} has other columns")
        batch.append({name: None if value is None else readers[name](value) for name, value in row.items()})
        count += 1
        if len(batch) == AT_ONCE:
            connection.execute(table.insert(), batch)
            batch = []
    if batch:
        connection.execute(table.insert(), batch)
    return count


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return b64encode(value).decode() if isinstance(value, bytes | memoryview) else value


def _reader(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, DateTime):
        zone = UTC if kind.timezone else None
        return lambda text: datetime.fromisoformat(text).replace(tzinfo=zone)
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, LargeBinary):
        return b64decode
    return Decimal if isinstance(kind, Numeric) and kind.asdecimal else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
