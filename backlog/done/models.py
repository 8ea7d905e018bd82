"""Definitions of Done, versioned per project and item type."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.append_only import append_only
from backlog.kernel.database import Base, Numbered, choice

ITEM_TYPES = ("story", "task", "bug", "experiment", "data", "model")
TICKERS = ("anyone", "someone_else", "business_owner")


class DoneDefinition(Numbered, Base):
    """What must hold before an item of a type is done; never changed, a change is a new version."""

    __tablename__ = "done_definitions"
    __table_args__ = (UniqueConstraint("project_id", "item_type", "number", name="done_definitions_one_of_a_version"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    item_type: Mapped[str] = mapped_column(choice("item_type_known", ITEM_TYPES))
    number: Mapped[int]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class Criterion(Numbered, Base):
    """One line of a Definition of Done."""

    __tablename__ = "criteria"

    definition_id: Mapped[int] = mapped_column(ForeignKey("done_definitions.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(500))
    required: Mapped[bool] = mapped_column(default=True)
    by: Mapped[str] = mapped_column(choice("by_known", TICKERS), default="anyone")
    needs_evidence: Mapped[bool] = mapped_column(default=False)


for _table in (DoneDefinition, Criterion):
    append_only(_table.__table__)  # type: ignore[arg-type]
