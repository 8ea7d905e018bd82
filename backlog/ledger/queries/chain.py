"""Walking the chain of hashes."""

from collections.abc import Iterator
from heapq import merge
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from backlog.kernel.database import session
from backlog.ledger.models import ChainHead, Entry, Verification
from backlog.ledger.rules import GENESIS, BrokenLink, Head, first_broken

BEFORE_ALL = -(2**31)
PORTION = 1000


def verify_chain(witness: Head | None = None) -> tuple[int, str | None]:
    """How many links there are, and in words which is the first that does not hold (None: all hold).

    `witness` is the newest link as noted in the file beside the database. What others add meanwhile is left out.
    """
    head = session.get(ChainHead, 1, populate_existing=True)
    noted = Head(head.position, head.hash) if head else Head(0, GENESIS)
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
    of = Verification.entry_id if model is Verification else Entry.reverses_id
    query = select(*columns, func.coalesce(target.hash, "").label("of")).outerjoin_from(model, target, target.id == of)
    last = BEFORE_ALL
    while True:
        portion = query.where(model.position > last, model.position <= end).order_by(model.position).limit(PORTION)
        found = session.execute(portion).mappings().all()
        for row in found:
            yield {"table": model.__tablename__, **row}
        if len(found) < PORTION:
            return
        last = found[-1]["position"]


def _beyond_head() -> BrokenLink | None:
    """A link after the head; asked in one statement, so that a link being added is not mistaken for one."""
    head = select(func.coalesce(func.max(ChainHead.position), 0)).scalar_subquery()
    entries = select(func.coalesce(func.max(Entry.position), 0)).scalar_subquery()
    verified = select(func.coalesce(func.max(Verification.position), 0)).scalar_subquery()
    noted, *newest = session.execute(select(head, entries, verified)).one()
    return BrokenLink(noted + 1, "beyond_head") if max(newest) > noted else None
