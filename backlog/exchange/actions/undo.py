"""Take a whole import back; what can't be taken back is told row by row before anything is done."""

from contextlib import suppress

from backlog.exchange import queries
from backlog.exchange.actions.bring_in import SUBJECT, counts_of
from backlog.exchange.kinds.record import Problem, Record, problems_of
from backlog.exchange.models import Import
from backlog.exchange.understand import kind_of
from backlog.journal.actions import record as note
from backlog.journal.actions import through
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Forbidden, Invalid, Missing, Refusal
from backlog.people.models import User
from backlog.people.policy import require

MOST_TOLD = 200


class _Stuck(Exception):
    """Something can't be taken back, and then nothing is."""


def undo(actor: User, one: Import, rest: bool = False) -> Import:
    """Take an import back, its last row first: as a whole, or with `rest` all but what can't be taken back."""
    require(actor, "import.undo", queries.scope_of(one))
    hold(one)
    if one.state == "undone":
        raise Refusal("import.already_undone")
    if one.dry_run or one.state != "done":
        raise Refusal("import.not_run")
    stuck: list[Problem] = []
    with suppress(_Stuck), through("import"), session.begin_nested():
        stuck = _take_back(actor, one)
        if stuck and not rest:
            raise _Stuck
    if stuck and not rest:
        told = [{"row": each.row, "code": each.code, "facts": each.kept["facts"]} for each in stuck[:MOST_TOLD]]
        raise Refusal("import.not_undoable", count=len(stuck), rows=told)
    one.state, one.undone_by_id, one.undone_at = "undone", actor.id, clock.now()
    one.problems = [{**each.kept, "severity": "warn"} for each in stuck[:MOST_TOLD]] + one.problems
    session.flush()
    note(actor, "import.undone", (SUBJECT, one.id), **counts_of(one))
    return one


def _take_back(actor: User, one: Import) -> list[Problem]:
    """Undo row by row; answers what could not be undone, by row."""
    kind, stuck = kind_of(one.kind), list[Problem]()
    for done in queries.rows_of(one):
        try:
            with session.begin_nested():
                kind.undo(actor, done)
        except (Invalid, Refusal, Forbidden, Missing) as error:
            stuck += problems_of(Record(done.row, {}, {}), error, {})
    return sorted(stuck, key=lambda each: each.row)
