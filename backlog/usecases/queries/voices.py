"""Who voted for a use case and who watches it, read at once."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import literal, select, union_all

from backlog.discussion.models import Watch
from backlog.kernel.database import session
from backlog.people.models import User
from backlog.usecases.models import UseCase, Vote


@dataclass(frozen=True)
class Watcher:
    """Somebody who hears what becomes of it, and why."""

    id: int
    name: str
    why: str


@dataclass(frozen=True)
class Voices:
    """Ids of those who voted, and who watches, the longest first."""

    voters: frozenset[int]
    watchers: tuple[Watcher, ...]


def voices_on(use_case: UseCase) -> Voices:
    """One query."""
    votes = select(Vote.at.label("at"), literal(0), Vote.user_id, literal("").label("name"), literal("").label("why"))
    watches = select(Watch.since_at, Watch.id, Watch.user_id, User.name, Watch.why).join(User, User.id == Watch.user_id)
    watches = watches.where(Watch.subject_type == "use_case", Watch.subject_id == use_case.id)
    both = union_all(votes.where(Vote.use_case_id == use_case.id), watches.where(Watch.stopped_at.is_(None)))
    rows: list[Any] = sorted(tuple(row) for row in session.execute(both))
    voters = frozenset(user_id for _, watch_id, user_id, *_ in rows if not watch_id)
    return Voices(voters, tuple(Watcher(*told) for _, watch_id, *told in rows if watch_id))
