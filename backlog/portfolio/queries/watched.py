"""What others changed of what a person watches: one thing is one line, however often it changed."""

from dataclasses import dataclass, field
from typing import Any

from backlog.discussion import queries as discussion
from backlog.discussion.models import Watch
from backlog.journal.models import Fact
from backlog.kernel.database import session
from backlog.people.models import User
from backlog.usecases.models import UseCase

MOST_READ, MOST_SHOWN = 500, 20


@dataclass(frozen=True)
class Change:
    """One fact, and who made it; '' for what happened by itself."""

    fact: Fact
    name: str


@dataclass(frozen=True)
class Changed:
    """A thing one watches and what others did about it since one looked, the newest first."""

    watch: Watch
    code: str
    title: str
    changes: list[Change] = field(default_factory=list)

    @property
    def up_to(self) -> int:
        """The newest fact told."""
        return self.changes[0].fact.id


def watched_changes(actor: User) -> list[Changed]:
    """The things that changed last come first; one query, whatever is watched. Every account may see every use case."""
    query: Any = discussion.changes_told(actor).join(UseCase, UseCase.id == Watch.subject_id)
    query = query.where(Watch.subject_type == "use_case").outerjoin(User, User.id == Fact.actor_id)
    query = query.add_columns(UseCase.number, UseCase.title, User.name).limit(MOST_READ)
    found: dict[int, Changed] = {}
    for fact, watch, number, title, name in session.execute(query):
        thing = found.setdefault(watch.id, Changed(watch, f"UC-{number}", title))
        thing.changes.append(Change(fact, name or ""))
    return list(found.values())[:MOST_SHOWN]
