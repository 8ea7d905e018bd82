"""Sprints, which items were in them and when, and their meetings."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, Numbered, choice

STATES = ("planned", "active", "closed")
CEREMONIES = ("standup", "review", "retrospective")


class Sprint(Numbered, Base):
    """One or two weeks with one goal; a project has one active sprint (R6), closing freezes the figures."""

    __tablename__ = "sprints"
    __table_args__ = (
        UniqueConstraint("project_id", "number", name="sprints_one_of_a_number"),
        CheckConstraint("weeks IN (1, 2)", "one_or_two_weeks"),
        Index(
            "sprints_one_active",
            "project_id",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    number: Mapped[int]
    goal: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date]
    weeks: Mapped[int]
    state: Mapped[str] = mapped_column(choice("state_known", STATES), default="planned")
    started_at: Mapped[datetime | None]
    started_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    committed_points: Mapped[float | None]
    figures: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def ends_on(self) -> date:
        """The start plus 7 or 14 days."""
        return self.starts_on + timedelta(days=7 * self.weeks)

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.ends_on - timedelta(days=1)


class ScopeRow(Numbered, Base):
    """An item's time in a sprint; one that is open says where the item is now."""

    __tablename__ = "sprint_scope"
    __table_args__ = (
        Index(
            "sprint_scope_one_open",
            "item_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    sprint_id: Mapped[int] = mapped_column(ForeignKey("sprints.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    entered_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    committed: Mapped[bool] = mapped_column(default=False)
    points_at_start: Mapped[float | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class DaysOff(Base):
    """The days on which somebody of the squad is away during a sprint."""

    __tablename__ = "sprint_days_off"
    __table_args__ = (CheckConstraint("days > 0 AND days <= 14", "within_sprint"),)

    sprint_id: Mapped[int] = mapped_column(ForeignKey("sprints.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    days: Mapped[float]


class Ceremony(Numbered, Base):
    """A stand-up, review or retrospective, with its notes."""

    __tablename__ = "ceremonies"

    sprint_id: Mapped[int] = mapped_column(ForeignKey("sprints.id"), index=True)
    kind: Mapped[str] = mapped_column(choice("kind_known", CEREMONIES))
    notes: Mapped[list[Any]]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
