"""Walking the chain of hashes."""

from collections.abc import Iterator
from heapq import merge
from typing import Any

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.ledger.models import ChainHead, Entry, Verification
from backlog.ledger.rules import GENESIS, Head, first_broken

SKIPPED = {"id", "hash", "previous_hash"}


def verify_chain(witness: Head | None = None) -> tuple[int, str | None]:
    """How many links there are, and in words which is the first that does not hold (None: all hold).

    `witness` is the newest link as noted in the file beside the database.
    """
    head = session.get(ChainHead, 1, populate_existing=True)
    noted = Head(head.position, head.hash) if head else Head(0, GENESIS)
    rows = merge(_rows(Entry), _rows(Verification), key=_place)
    broken = first_broken(rows, noted, witness)
    return noted.position, None if broken is None else f"link {broken.position} ({broken.why})"


def _place(row: dict[str, Any]) -> int:
    return int(row["position"])


def _rows(model: type[Entry] | type[Verification]) -> Iterator[dict[str, Any]]:
    """A table's links by position, read in portions so that a long ledger needs little memory."""
    columns = [column for column in model.__table__.columns if column.key != "id"]
    last = 0
    while True:
        query = select(*columns).where(model.position > last).order_by(model.position).limit(1000)
        found = session.execute(query).mappings().all()
        for row in found:
            yield {"table": model.__tablename__, **row}
        if len(found) < 1000:
            return
        last = found[-1]["position"]
