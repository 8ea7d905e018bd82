"""Keys and defaults for rows that wait to be written together: what a flush would give them, given when they are made."""

from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import count
from typing import Any

from sqlalchemy import Table, event, func, inspect, select, text
from sqlalchemy.orm.unitofwork import _SaveUpdateAll

from backlog.kernel.together import work

AT_ONCE = 64
Default = Callable[[], Any]


def follow(session: Any) -> None:
    """From now on give keys to what is added inside `together()`; asking twice changes nothing."""
    acts = (("transient_to_pending", _complete), ("before_flush", _put_in_order), ("after_soft_rollback", _forget))
    for moment, act in acts:
        if not event.contains(session, moment, act):
            event.listen(session, moment, act)


def _complete(session: Any, row: Any) -> None:
    at_hand = work()
    if at_hand is None:
        return
    of: Any = type(row)
    for name, default in _defaults(of):
        if name not in row.__dict__:
            setattr(row, name, default())
    table = row.__table__
    if "id" in table.primary_key and row.id is None:
        keys = at_hand.keys.get(table.name)
        if keys is None:
            keys = at_hand.keys[table.name] = _keys(session, table)
        row.id = next(keys)


def _put_in_order(active: Any, flush: Any, _instances: Any) -> None:
    """Write what others point to before those: without relationships a flush doesn't know."""
    if work() is None:
        return
    mappers = {each.__table__: inspect(type(each)) for each in active.new}
    for table, mapper in mappers.items():
        for key in table.foreign_keys:
            if key.column.table is not table and (before := mappers.get(key.column.table)) is not None:
                writes: Any = _SaveUpdateAll
                flush.dependencies.add((writes(flush, before), writes(flush, mapper)))


def _forget(_session: Any, _transaction: Any) -> None:
    if (at_hand := work()) is not None:
        at_hand.forget()


@cache
def _defaults(of: Any) -> list[tuple[str, Default]]:
    found: list[tuple[str, Default]] = []
    mapper: Any = inspect(of)
    for column in mapper.local_table.columns:
        name, default = mapper.get_property_by_column(column).key, column.default
        if default is None:
            continue
        if default.is_scalar:
            found.append((name, partial(_same, default.arg)))
        elif default.is_callable:
            found.append((name, partial(default.arg, None)))
    return found


def _same(value: Any) -> Any:
    return value


def _keys(session: Any, table: Table) -> Iterator[int]:
    """Further keys of a table: on SQLite after its last, since nobody else writes now; else from its sequence."""
    line = session.connection()
    if line.dialect.name == "sqlite":
        return count((line.execute(select(func.max(table.c.id))).scalar() or 0) + 1)
    return _from_sequence(line, table.name)


def _from_sequence(line: Any, table: str) -> Iterator[int]:
    query = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :many)")
    while True:
        yield from sorted(row[0] for row in line.execute(query, {"name": table, "many": AT_ONCE}))
