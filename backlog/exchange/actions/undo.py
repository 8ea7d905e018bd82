"""Take a whole import back."""

from backlog.exchange import queries
from backlog.exchange.actions.bring_in import SUBJECT, counts_of
from backlog.exchange.models import Import
from backlog.exchange.understand import kind_of
from backlog.journal.actions import record as note
from backlog.journal.actions import through
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Refusal
from backlog.people.models import User
from backlog.people.policy import require


def undo(actor: User, one: Import) -> Import:
    """Take a whole import back, its last row first; refused as a whole where something changed since."""
    require(actor, "import.undo", queries.scope_of(one))
    hold(one)
    if one.state == "undone":
        raise Refusal("import.already_undone")
    if one.dry_run or one.state != "done":
        raise Refusal("import.not_run")
    kind = kind_of(one.kind)
    with through("import"):
        for done in queries.rows_of(one):
            kind.undo(actor, done)
    one.state, one.undone_by_id, one.undone_at = "undone", actor.id, clock.now()
    session.flush()
    note(actor, "import.undone", (SUBJECT, one.id), **counts_of(one))
    return one
