"""How people look at the backlog: views saved under a name, and the columns each person wants."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, Numbered


class SavedView(Numbered, Base):
    """Filters, order, groups and columns under a name; private until its owner shares it."""

    __tablename__ = "saved_views"
    __table_args__ = (
        CheckConstraint("name <> ''", "name_said"),
        Index(
            "saved_views_one_name",
            "owner_id",
            "name",
            unique=True,
            sqlite_where=text("archived_at IS NULL"),
            postgresql_where=text("archived_at IS NULL"),
        ),
    )

    name: Mapped[str] = mapped_column(String(80))
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    shows: Mapped[dict[str, Any]]
    columns: Mapped[list[Any]]
    shared_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ColumnChoice(Base):
    """The columns one person wants to see, in that person's order."""

    __tablename__ = "column_choices"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    columns: Mapped[list[Any]]
