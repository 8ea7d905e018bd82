"""What the small registers (North Stars, data assets) do alike: put a thing out of use, and bring it back."""

from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import expect_version
from backlog.people.models import User
from backlog.people.policy import require


def put_away(actor: User, verb: str, thing: Any, version: int | None, fact: str, **told: Any) -> None:
    """Archive a thing; once more changes nothing. The fact is of `<subject>.archived`."""
    require(actor, verb)
    expect_version(thing, version)
    if thing.archived_at is None:
        thing.archived_at = clock.now()
        _note(actor, thing, fact, told)


def bring_back(actor: User, verb: str, thing: Any, fact: str, **told: Any) -> None:
    """Restore a thing, whole; what is in use stays as it is."""
    require(actor, verb)
    if thing.archived_at is not None:
        thing.archived_at = None
        _note(actor, thing, fact, told)


def _note(actor: User, thing: Any, fact: str, told: dict[str, Any]) -> None:
    session.flush()
    record(actor, fact, (fact.partition(".")[0], thing.id), **told)
