"""What a kind of import offers: its fields, what it belongs to, and how rows become acts."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from backlog.exchange.kinds.field import Fields
from backlog.exchange.kinds.people import People
from backlog.exchange.kinds.record import Outcome, Record
from backlog.exchange.reading.layout import Layout
from backlog.exchange.reading.tables import Book
from backlog.kpis.models import Kpi
from backlog.lighthouse.models import Project
from backlog.people.models import User


@dataclass
class Batch:
    """One import while it runs: who brings what, where it goes, and the choices for people, states and tags."""

    actor: User
    file_name: str
    people: People
    states: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    override_reason: str = ""
    project: Project | None = None
    kpi: Kpi | None = None
    layout: Layout | None = None
    unknown_states: dict[str, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)  # another tag, or nothing, by the folded word
    unknown_tags: dict[str, str] = field(default_factory=dict)


class Applier(Protocol):
    """The rows of one import, one after the other, each in a savepoint of its own."""

    def apply(self, record: Record) -> Outcome:
        """Do what the row says, or raise the domain's refusal."""

    names: Mapping[str, str]


class Kind(ABC):
    """A kind of import; what most kinds share stands here."""

    name: str
    fields: Fields
    needs: str = ""  # what it must be given: "" | "project" | "kpi"

    def read(self, raw: bytes) -> Book | None:
        """The rows of a file of the kind's own form; None where it is a plain table."""
        return None

    def settled(self, layout: Layout) -> Layout:
        """The columns once more, where their cells tell what a header doesn't."""
        return layout

    def places(self, project_id: int | None) -> list[tuple[str, str]] | None:
        """Where a state may be taken to; None for the statuses of use cases."""
        return None

    def tags(self, project_id: int | None) -> set[str]:
        """The tags in use where its rows go."""
        return set()

    @abstractmethod
    def begin(self, batch: Batch) -> Applier:
        """Read what the rows are compared with."""

    @abstractmethod
    def undo(self, actor: User, done: Any) -> None:
        """Take one row's act back; refuses what changed since."""
