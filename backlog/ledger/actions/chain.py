"""Adding links to the chain: one at a time, under the lock of its head."""

from typing import Any

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.ledger.models import ChainHead, Entry, Verification
from backlog.ledger.rules import GENESIS, link_hash

NEWEST = "ledger_head"


def add_link(row: Entry | Verification) -> None:
    """Give a row its place and hash, and store it; the head's row stays locked until commit."""
    head = session.scalar(
        select(ChainHead).where(ChainHead.id == 1).with_for_update().execution_options(populate_existing=True)
    )
    if head is None:
        head = ChainHead(id=1, position=0, hash=GENESIS)
        session.add(head)
    row.position = head.position + 1
    row.previous_hash = head.hash
    row.hash = link_hash(head.hash, content_of(row))
    head.position, head.hash = row.position, row.hash
    session.add(row)
    session.flush()
    session.info[NEWEST] = (row.position, row.hash)


def content_of(row: Entry | Verification) -> dict[str, Any]:
    """What a link's hash stands for: every column but the id and the hashes, and which table it is from."""
    names = [column.key for column in type(row).__table__.columns if column.key not in {"id", "hash", "previous_hash"}]
    return {"table": row.__tablename__, **{name: getattr(row, name) for name in names}}
