"""The ledger's newest hash, also kept in a file beside the database: a cut tail shows."""

import json
import logging
import os
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event, select

from backlog.kernel.alone import alone_in
from backlog.kernel.database import session
from backlog.ledger.actions.chain import GREW
from backlog.ledger.models import ChainHead
from backlog.ledger.rules import Head

log = logging.getLogger("backlog.ledger")
FILE = "ledger.head"
FRESH = f"{FILE}.new"
NEWEST = "ledger_head"
_folders: WeakKeyDictionary[Engine, Path] = WeakKeyDictionary()


def keep_beside(engine: Engine, instance: Path) -> None:
    """Note the newest link of this database in that folder, after every commit that added one."""
    _folders[engine] = instance


@event.listens_for(session, "before_commit")
def _look(committed: Any) -> None:
    """Read the head that is about to be committed; releasing a savepoint commits nothing."""
    if committed.in_nested_transaction() or not committed.info.pop(GREW, False):
        return
    head = committed.execute(select(ChainHead.position, ChainHead.hash)).first()
    if head is not None:
        committed.info[NEWEST] = Head(head.position, head.hash)


@event.listens_for(session, "after_commit")
def _note(committed: Any) -> None:
    if committed.in_nested_transaction():
        return
    newest, folder = committed.info.pop(NEWEST, None), _folders.get(committed.get_bind())
    if newest is not None and folder is not None:
        try:
            write(folder, newest)
        except (OSError, ValueError) as error:  # it is saved: an older note is no reason to say that it isn't
            log.warning("the newest link was not noted in %s: %s", FILE, type(error).__name__)


def read(instance: Path) -> Head | None:
    """The note, or None where there is none; ValueError where it can't be read."""
    file = instance / FILE
    if not file.exists():
        return None
    try:
        noted = json.loads(file.read_text("utf-8"))
        return Head(int(noted["position"]), str(noted["hash"]))
    except (KeyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError from error


def write(instance: Path, head: Head) -> None:
    """Write the note unless a newer one stands; processes take turns."""
    with alone_in(instance):
        present = read(instance)
        if present is not None and present.position >= head.position:
            return
        fresh = instance / FRESH
        with fresh.open("w") as out:
            json.dump({"position": head.position, "hash": head.hash}, out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(instance / FILE)


def tidy(instance: Path) -> None:
    """Remove what a process that was killed while writing the note left behind."""
    with alone_in(instance):
        (instance / FRESH).unlink(missing_ok=True)
