"""Reading pins: in force until somebody takes them off, or their last day is over."""

from sqlalchemy import ColumnElement, and_, or_, select

from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.usecases.models import Pin, UseCase


def in_force() -> ColumnElement[bool]:
    """Whether a pin holds today."""
    return and_(Pin.removed_at.is_(None), or_(Pin.until_on.is_(None), Pin.until_on >= clock.today()))


def last_pin_of(use_case: UseCase) -> Pin | None:
    """The pin that nobody took off: in force, or lapsed by itself."""
    return session.scalar(select(Pin).where(Pin.use_case_id == use_case.id, Pin.removed_at.is_(None)))


def pin_of(use_case: UseCase) -> Pin | None:
    """The pin in force."""
    return session.scalar(select(Pin).where(Pin.use_case_id == use_case.id, in_force()))


def pins_in_force() -> dict[int, Pin]:
    """Pins in force by use case."""
    return {pin.use_case_id: pin for pin in session.scalars(select(Pin).where(in_force()))}


def pinned_ranks() -> dict[int, int]:
    """The ranks of pins in force by use case."""
    return {row[0]: row[1] for row in session.execute(select(Pin.use_case_id, Pin.rank).where(in_force()))}
