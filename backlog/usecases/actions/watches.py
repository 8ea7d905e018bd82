"""Hear what becomes of a use case, or no more."""

from backlog.discussion import actions as discussion
from backlog.discussion.models import Watch
from backlog.kernel.database import hold
from backlog.people.models import User
from backlog.people.policy import require
from backlog.usecases import queries
from backlog.usecases.actions.use_cases import refuse_gone
from backlog.usecases.models import UseCase


def watch(actor: User, use_case: UseCase) -> Watch:
    """Watch a use case that is in force; twice is once."""
    require(actor, "thing.watch", queries.scope_of(use_case))
    refuse_gone(hold(use_case))
    return discussion.watch(actor, "use_case", use_case.id)


def unwatch(actor: User, use_case: UseCase) -> None:
    """Stop watching a use case that is in force; on Today any is stopped."""
    require(actor, "thing.watch", queries.scope_of(use_case))
    refuse_gone(hold(use_case))
    discussion.unwatch(actor, "use_case", use_case.id)
