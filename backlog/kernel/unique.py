"""What two may ask for at once and only one can have: the database decides, the other is told at its field."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, wrong


@contextmanager
def or_taken(field: str, code: str) -> Iterator[None]:
    """Store what the block adds; where somebody stored the same meanwhile, it is Invalid at that field."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError:
        raise Invalid({field: [wrong(code)]}) from None
