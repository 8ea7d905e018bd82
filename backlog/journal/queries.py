"""Reading the journal."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from backlog.journal.models import Fact
from backlog.kernel.database import session

Visible = Callable[[Any, list[int]], set[int]]
_registry: dict[str, Visible] = {}


def sees_subjects(subject_type: str, visible: Visible) -> None:
    """Register who may see the subjects of a type: `visible(actor, ids)` answers the ids the actor may see."""
    _registry[subject_type] = visible


def visible_subjects(actor: Any, subjects: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the subjects the actor may see; a type nobody registered is seen by nobody."""
    seen: set[tuple[str, int]] = set()
    for subject_type in {each[0] for each in subjects} & _registry.keys():
        ids = sorted(each[1] for each in subjects if each[0] == subject_type)
        seen |= {(subject_type, number) for number in _registry[subject_type](actor, ids)}
    return seen


def of_subject(subject_type: str, subject_id: int, most: int = 100) -> list[Fact]:
    """The newest facts about one thing, newest first; the caller has checked that it may be seen."""
    query = select(Fact).where(Fact.subject_type == subject_type, Fact.subject_id == subject_id)
    return list(session.scalars(query.order_by(Fact.id.desc()).limit(most)))


def since(
    actor: Any, since_id: int, most: int, subject: tuple[str | None, int | None] = (None, None)
) -> tuple[list[Fact], int | None]:
    """Facts after an id that the actor may see, oldest first, and the last id looked at (None at the end)."""
    query = select(Fact).where(Fact.id > since_id).order_by(Fact.id).limit(most)
    if subject[0] is not None:
        query = query.where(Fact.subject_type == subject[0])
    if subject[1] is not None:
        query = query.where(Fact.subject_id == subject[1])
    facts = list(session.scalars(query))
    seen = visible_subjects(actor, {(fact.subject_type, fact.subject_id) for fact in facts})
    shown = [fact for fact in facts if (fact.subject_type, fact.subject_id) in seen]
    return shown, facts[-1].id if len(facts) == most else None
