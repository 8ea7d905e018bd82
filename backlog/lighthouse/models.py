"""Projects begun from use cases, who confirmed what, and what the gate let through."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, Numbered, choice

PROJECT_KINDS = ("lighthouse", "everyday")
PROJECT_STATUSES = ("draft", "running", "delivered", "scaled", "stopped")


class Project(Numbered, Base):
    """One scoped delivery of use cases, at most three months; everyday work has a board and no gate."""

    __tablename__ = "projects"
    __table_args__ = (
        CheckConstraint("sprint_weeks IN (1, 2)", "sprint_one_or_two_weeks"),
        CheckConstraint("budget >= 0", "budget_not_negative"),
        CheckConstraint("due_on >= starts_on", "due_after_start"),
        CheckConstraint("key NOT IN ('UC', 'KPI') AND key = upper(key)", "key_well_formed"),
    )

    key: Mapped[str] = mapped_column(String(8), unique=True)
    kind: Mapped[str] = mapped_column(choice("kind_known", PROJECT_KINDS), default="lighthouse")
    name: Mapped[str] = mapped_column(String(120))
    squad_id: Mapped[int | None] = mapped_column(ForeignKey("squads.id"), index=True)
    business_owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    starts_on: Mapped[date | None]
    due_on: Mapped[date | None]
    sprint_weeks: Mapped[int] = mapped_column(default=2)
    budget: Mapped[Decimal | None]
    confidential: Mapped[bool] = mapped_column(default=False)
    tracked_until: Mapped[date | None]
    status: Mapped[str] = mapped_column(choice("status_known", PROJECT_STATUSES), default="draft")
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ProjectUseCase(Base):
    """A use case a project delivers."""

    __tablename__ = "project_use_cases"

    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), primary_key=True)
    use_case_id: Mapped[int] = mapped_column(ForeignKey("use_cases.id"), primary_key=True, index=True)


class ImpactConfirmation(Numbered, Base):
    """The business owner's word that the pain is real (or that it is not), and the due date they saw.

    Withdrawn, it stays readable.
    """

    __tablename__ = "impact_confirmations"
    __table_args__ = (
        Index(
            "impact_confirmations_one_standing",
            "project_id",
            "on_behalf",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    is_refusal: Mapped[bool] = mapped_column(default=False)
    on_behalf: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    statement: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[dict[str, Any] | None]
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ProjectStep(Numbered, Base):
    """A project's change of status: who, when, why, and at the start what exactly had been agreed.

    What is agreed again after the start is a further row of the same status.
    """

    __tablename__ = "project_steps"

    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    status: Mapped[str] = mapped_column(choice("status_known", PROJECT_STATUSES))
    reason: Mapped[str] = mapped_column(Text, default="")
    agreed: Mapped[dict[str, Any] | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
