"""The ledger's newest hash, also kept in a file beside the database: a cut tail shows."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any

from sqlalchemy import event

from backlog.kernel.database import session
from backlog.ledger.actions.chain import NEWEST
from backlog.ledger.rules import Head

FILE = "ledger.head"


def keep_beside(instance: Path) -> None:
    """Note the newest link after every commit that added one."""

    @event.listens_for(session, "after_commit")
    def note(committed: Any) -> None:
        newest = committed.info.pop(NEWEST, None)
        if newest is not None:
            write(instance, Head(*newest))

    @event.listens_for(session, "after_rollback")
    def forget(rolled_back: Any) -> None:
        rolled_back.info.pop(NEWEST, None)


def read(instance: Path) -> Head | None:
    """The note, or None where there is none."""
    file = instance / FILE
    if not file.exists():
        return None
    noted = json.loads(file.read_text())
    return Head(int(noted["position"]), str(noted["hash"]))


def write(instance: Path, head: Head) -> None:
    """Write the note unless a newer one stands; processes take turns."""
    with (instance / f"{FILE}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        present = read(instance)
        if present is not None and present.position >= head.position:
            return
        fresh = instance / f"{FILE}.new"
        with fresh.open("w") as out:
            json.dump({"position": head.position, "hash": head.hash}, out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(instance / FILE)
