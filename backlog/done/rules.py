"""What is open before an item is done (R8), who may tick it, and how far it is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Criterion(Protocol):
    """One line of a Definition of Done."""

    @property
    def id(self) -> int: ...

    @property
    def required(self) -> bool: ...


class Tick(Protocol):
    """What somebody said of a criterion: `ticked`, `not_applicable` (set aside with a reason) or `cleared` again."""

    @property
    def criterion_id(self) -> int: ...

    @property
    def state(self) -> str: ...


class Acceptance(Protocol):
    """One acceptance criterion of an item."""

    @property
    def met(self) -> bool: ...


C = TypeVar("C", bound=Criterion)
A = TypeVar("A", bound=Acceptance)


def standing(ticks: Iterable[Tick]) -> dict[int, str]:
    """By criterion the state that stands, of ticks oldest first: the newest of a criterion counts, cleared ones are out."""
    newest = {tick.criterion_id: tick.state for tick in ticks}
    return {criterion: state for criterion, state in newest.items() if state != "cleared"}


def unmet(criteria: Iterable[C], ticks: Iterable[Tick]) -> list[C]:
    """The required criteria that are neither ticked nor set aside, in their order; ticks oldest first."""
    settled = standing(ticks)
    return [criterion for criterion in criteria if criterion.required and criterion.id not in settled]


def unmet_acceptance(lines: Iterable[A]) -> list[A]:
    """The acceptance criteria that are not met; all are required."""
    return [line for line in lines if not line.met]


def may_tick(by: str, actor_id: int, assignee_ids: Collection[int], business_owner_id: int | None) -> bool:
    """Whether this person may tick a criterion whose `by` says who may.

    `someone_else` is anybody but those who do the work: the item's assignees.

    >>> may_tick("someone_else", actor_id=3, assignee_ids=[3, 4], business_owner_id=None)
    False
    """
    if by == "anyone":
        return True
    if by == "someone_else":
        return actor_id not in assignee_ids
    if by == "business_owner":
        return actor_id == business_owner_id
    raise ValueError(f"unknown ticker {by}")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many required and advisory criteria there are and are settled, and how many were set aside."""

    required: int
    required_settled: int
    advisory: int
    advisory_settled: int
    set_aside: int

    @property
    def is_full(self) -> bool:
        """Whether every required criterion is settled."""
        return self.required_settled == self.required


def progress(criteria: Iterable[Criterion], ticks: Iterable[Tick]) -> Progress:
    """The counts that an item's ring draws; ticks of other criteria count for nothing."""
    settled = standing(ticks)
    lines = list(criteria)
    required = [line.id in settled for line in lines if line.required]
    advisory = [line.id in settled for line in lines if not line.required]
    set_aside = sum(settled.get(line.id) == "not_applicable" for line in lines)
    return Progress(len(required), sum(required), len(advisory), sum(advisory), set_aside)
