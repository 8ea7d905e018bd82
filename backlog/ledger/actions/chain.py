"""Adding links to the chain: one at a time, under the lock of its head."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backlog.kernel.database import session, write
from backlog.kernel.together import once
from backlog.ledger.models import ChainHead, Entry, Verification
from backlog.ledger.rules import GENESIS, link_hash

GREW = "ledger_grew"  # in the session: a link was added since the last commit


def add_link(row: Entry | Verification) -> None:
    """Give a row its place and hash, and store it; the head's row stays locked until commit."""
    head = once("head of the ledger", _locked_head)
    row.position = head.position + 1
    row.previous_hash = head.hash
    row.hash = link_hash(head.hash, content_of(row))
    head.position, head.hash = row.position, row.hash
    session.add(row)
    write()
    session.info[GREW] = True


def _locked_head() -> ChainHead:
    """The head, made with the first link; of two who make it at once one takes the other's."""
    query = select(ChainHead).where(ChainHead.id == 1).with_for_update().execution_options(populate_existing=True)
    head: ChainHead | None = session.scalar(query)
    if head is not None:
        return head
    try:
        with session.begin_nested():
            session.add(ChainHead(id=1, position=0, hash=GENESIS))
            session.flush()
    except IntegrityError:
        pass
    return session.scalars(query).one()


def content_of(row: Entry | Verification) -> dict[str, Any]:
    """What a link's hash stands for: its table, every column but the id and the hashes, and the hash of what it is of.

    A verification is of an entry, a reversal or correction of another, by hash, so that exchanged ids show.
    """
    names = [column.key for column in type(row).__table__.columns if column.key not in {"id", "hash", "previous_hash"}]
    of = row.entry_id if isinstance(row, Verification) else row.reverses_id or row.corrects_id
    target = None if of is None else session.get(Entry, of)
    return {
        "table": row.__tablename__,
        "of": "" if target is None else target.hash,
        **{name: getattr(row, name) for name in names},
    }
