"""The journal's one table."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.append_only import append_only
from backlog.kernel.database import Base, Id, Numbered, choice

DOORS = ("page", "api", "import", "command")


class Fact(Numbered, Base):
    """Who did what to which thing, when, and through which door."""

    __tablename__ = "facts"
    __table_args__ = (
        Index("facts_subject_index", "subject_type", "subject_id", "id"),
        Index("facts_code_index", "code", "id"),
    )

    code: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None] = mapped_column(Id)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(Id)
    values: Mapped[dict[str, Any]]
    door: Mapped[str] = mapped_column(choice("door_known", DOORS))
    at: Mapped[datetime]


append_only(Fact.__table__)  # type: ignore[arg-type]
