"""Reading bulk edits and what became of each use case in them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.kernel.refusal import Missing
from backlog.people.models import User
from backlog.people.policy import Scope
from backlog.usecases.models import Batch, BatchLine, UseCase


def get_batch(_actor: User, batch_id: int) -> Batch:
    """A bulk edit by id; Missing if there is none."""
    found = session.get(Batch, batch_id)
    if found is None:
        raise Missing
    return found


def scope_of_batch(batch: Batch) -> Scope:
    """A bulk edit is the matter of whoever made it."""
    return Scope(author_id=batch.by_id)


def lines_of_batch(batch: Batch) -> list[tuple[BatchLine, UseCase]]:
    """What became of each use case, with it, in the order of their codes."""
    query = select(BatchLine, UseCase).join(UseCase, UseCase.id == BatchLine.use_case_id)
    rows = session.execute(query.where(BatchLine.batch_id == batch.id).order_by(UseCase.number))
    return [(row[0], row[1]) for row in rows]


def use_cases_of(ids: Sequence[int]) -> list[UseCase]:
    """The use cases of these ids that there are, in the order of their codes."""
    return list(session.scalars(select(UseCase).where(UseCase.id.in_(ids)).order_by(UseCase.number)))


def use_cases_by_numbers(numbers: Sequence[int]) -> list[UseCase]:
    """The use cases of these numbers that there are, in their order."""
    return list(session.scalars(select(UseCase).where(UseCase.number.in_(numbers)).order_by(UseCase.number)))


def visible_batches(_actor: Any, ids: list[int]) -> set[int]:
    """Bulk edits are open to everybody signed in, as use cases are."""
    return set(session.scalars(select(Batch.id).where(Batch.id.in_(ids))))
