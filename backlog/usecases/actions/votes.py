"""One's own vote."""

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.use_cases import refuse_gone
from backlog.usecases.models import UseCase, Vote


def vote(actor: User, use_case: UseCase) -> None:
    """Vote for a use case; twice is once."""
    require(actor, "use_case.vote", queries.scope_of(use_case))
    refuse_gone(hold(use_case))
    if _standing(actor, use_case) is None:
        session.add(Vote(use_case_id=use_case.id, user_id=actor.id, at=clock.now()))
        session.flush()
        record(actor, "use_case.voted", ("use_case", use_case.id), use_case=use_case.code)


def unvote(actor: User, use_case: UseCase) -> None:
    """Take one's vote back; without one nothing happens."""
    require(actor, "use_case.vote", queries.scope_of(use_case))
    refuse_gone(hold(use_case))
    if (found := _standing(actor, use_case)) is not None:
        session.delete(found)
        session.flush()
        record(actor, "use_case.unvoted", ("use_case", use_case.id), use_case=use_case.code)


def _standing(actor: User, use_case: UseCase) -> Vote | None:
    return session.get(Vote, (use_case.id, actor.id), populate_existing=True)
