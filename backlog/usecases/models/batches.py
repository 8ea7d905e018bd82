"""Use cases changed together: what was asked for, what became of each, and whether it was undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, Numbered, choice

OUTCOMES = ("changed", "unchanged", "refused")


class Batch(Numbered, Base):
    """One bulk edit; `changes` is what was asked for."""

    __tablename__ = "use_case_batches"

    changes: Mapped[dict[str, Any]]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class BatchLine(Base):
    """What became of one use case: `before` is what an undo puts back, unless its version is another one by then."""

    __tablename__ = "use_case_batch_lines"

    batch_id: Mapped[int] = mapped_column(ForeignKey("use_case_batches.id"), primary_key=True)
    use_case_id: Mapped[int] = mapped_column(ForeignKey("use_cases.id"), primary_key=True, index=True)
    outcome: Mapped[str] = mapped_column(choice("outcome_known", OUTCOMES))
    before: Mapped[dict[str, Any]]
    version_after: Mapped[int | None]
    code: Mapped[str] = mapped_column(String(60), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undone_at: Mapped[datetime | None]
    undo_code: Mapped[str] = mapped_column(String(60), default="")
    undo_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
