"""The digest of all that a ranking is made of: an input that changes, in whichever process, asks anew.

Nothing is ever stale, because nothing is kept by time or by a mark that somebody must remember to set: before each use
what is stored is read, past the ORM, and what was made of the very same is taken again. What was written while a
ranking was made (PostgreSQL shows that to the next query) is seen by reading once more: such a ranking is not kept.
"""

from hashlib import sha256

from sqlalchemy import text

from backlog.kernel.database import read
from backlog.usecases.models import Estimate
from backlog.usecases.queries.pins import pinned_ranks

GIVEN = ", ".join(each.name for each in Estimate.__table__.columns if each.name != "note")
INPUTS = (
    text("SELECT id, status, archived_at, merged_into_id, created_at FROM use_cases ORDER BY id"),
    text(f"SELECT {GIVEN} FROM estimates ORDER BY id"),  # noqa: S608 (names of our own columns)
    text("SELECT use_case_id, count(*) FROM votes GROUP BY use_case_id ORDER BY use_case_id"),
)


def digest_of_inputs() -> bytes:
    """The digest of all that ranks are made of but the model and the settings; four queries."""
    found = sha256()
    for query in INPUTS:
        found.update(repr(read(query)).encode())
    found.update(repr(sorted(pinned_ranks().items())).encode())
    return found.digest()
