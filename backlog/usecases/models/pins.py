"""Ranks set by hand."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, Numbered


class Pin(Numbered, Base):
    """A rank set by a product manager, with a reason, until a day; the computed rank stays visible beside it.

    From the day after `until_on` on it has lapsed by itself, and its row stays as it is; earlier ones have no end.
    """

    __tablename__ = "pins"
    __table_args__ = (
        CheckConstraint("rank >= 1", "rank_from_one"),
        Index(
            "pins_one_in_force",
            "use_case_id",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    use_case_id: Mapped[int] = mapped_column(ForeignKey("use_cases.id"))
    rank: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    until_on: Mapped[date | None]
    pinned_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    def holds_on(self, day: date) -> bool:
        """Whether it was not taken off, and its last day is not over."""
        return self.removed_at is None and (self.until_on is None or day <= self.until_on)
