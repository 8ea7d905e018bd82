"""Walking the chain of hashes."""

from collections.abc import Iterator, Sequence
from heapq import merge
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased

from backlog.kernel.database import session
from backlog.ledger.models import ChainHead, Entry, Verification
from backlog.ledger.rules import GENESIS, BrokenLink, Head, first_broken

BEFORE_ALL = -(2**31)
PORTION = 1000
UNREADABLE = (ValueError, TypeError, LookupError, ArithmeticError, OperationalError)  # a value its column can't hold


def verify_chain(witness: Head | None = None) -> tuple[int, str | None]:
    """How many links there are, and in words which is the first that does not hold (None: all hold).

    `witness` is the newest link as noted in the file beside the database. What others add meanwhile is left out.
    """
    head = session.get(ChainHead, 1, populate_existing=True)
    noted = Head(head.position, head.hash) if head and isinstance(head.position, int) else Head(0, GENESIS)
    rows = merge(_rows(Entry, noted.position), _rows(Verification, noted.position), key=_place)
    found = [each for each in (_beyond_head(), first_broken(rows, noted, witness)) if each is not None]
    broken = min(found, key=lambda each: each.position, default=None)
    return noted.position, None if broken is None else f"link {broken.position} ({broken.why})"


def _place(row: dict[str, Any]) -> int:
    return int(row["position"])


def _rows(model: type[Entry] | type[Verification], end: int) -> Iterator[dict[str, Any]]:
    """A table's links by position up to `end`, in portions so that a long ledger needs little memory."""
    columns = [column for column in model.__table__.columns if column.key != "id"]
    target = aliased(Entry)
    of: Any = Verification.entry_id if model is Verification else func.coalesce(Entry.reverses_id, Entry.corrects_id)
    query = select(*columns, func.coalesce(target.hash, "").label("of")).outerjoin_from(model, target, target.id == of)
    last = BEFORE_ALL
    while True:
        portion = query.where(model.position > last, model.position <= end).order_by(model.position).limit(PORTION)
        found = _read(model, portion)
        for row in found:
            yield {"table": model.__tablename__, **row}
        if len(found) < PORTION:
            return
        last = found[-1]["position"]


def _read(model: type[Entry] | type[Verification], portion: Select[Any]) -> Sequence[dict[str, Any]]:
    """The links of a portion; where one of them can't be read, each by itself."""
    try:
        return [dict(row) for row in session.execute(portion).mappings()]
    except UNREADABLE as error:
        _is_of_the_row(error)
        places = session.scalars(portion.with_only_columns(model.position, maintain_column_froms=True)).all()
    return [_read_alone(portion.where(model.position == place), place) for place in places]


def _read_alone(query: Select[Any], place: int) -> dict[str, Any]:
    try:
        return dict(session.execute(query).mappings().one())
    except UNREADABLE as error:
        _is_of_the_row(error)
        return {"position": place, "unreadable": True}


def _is_of_the_row(error: Exception) -> None:
    """Raise again what says nothing of the row: a database that is busy or away."""
    if isinstance(error, OperationalError) and "decode" not in str(error):
        raise error


def _beyond_head() -> BrokenLink | None:
    """A link after the head; asked in one statement, so that a link being added is not mistaken for one."""
    head = select(func.coalesce(func.max(ChainHead.position), 0)).scalar_subquery()
    entries = select(func.coalesce(func.max(Entry.position), 0)).scalar_subquery()
    verified = select(func.coalesce(func.max(Verification.position), 0)).scalar_subquery()
    noted, *newest = (
        each if isinstance(each, int) else 0 for each in session.execute(select(head, entries, verified)).one()
    )
    return BrokenLink(noted + 1, "beyond_head") if max(newest) > noted else None
