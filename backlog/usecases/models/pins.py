"""Ranks set by hand."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, Numbered


class Pin(Numbered, Base):
    """A rank set by a product manager, with a reason; the computed rank stays visible beside it."""

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
    pinned_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
