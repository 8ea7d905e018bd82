"""How estimates become a rank."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, Numbered, choice
from backlog.usecases.models.words import SCORING_KINDS


class ScoringModel(Numbered, Base):
    """How estimates become a rank; one is active, and that one is never archived."""

    __tablename__ = "scoring_models"
    __table_args__ = (
        UniqueConstraint("name"),
        Index(
            "scoring_models_one_active",
            "active",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
    )

    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(choice("kind_known", SCORING_KINDS))
    criteria: Mapped[list[Any]]
    active: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
