"""Use cases with their tags and votes."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, Numbered, choice
from backlog.usecases.models.words import AI_MODES, CATEGORIES, SOURCINGS, STATUSES


class UseCase(Numbered, Base):
    """A business pain point and the AI idea that answers it."""

    __tablename__ = "use_cases"
    __table_args__ = (
        CheckConstraint("alignment BETWEEN 0 AND 5", "alignment_zero_to_five"),
        CheckConstraint("merged_into_id <> id", "merged_into_another"),
        CheckConstraint("chosen_rank >= 1", "chosen_rank_from_one"),
        Index("use_cases_status_index", "status", "id"),
    )

    number: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column(String(200))
    pain: Mapped[str] = mapped_column(Text, default="")
    solution: Mapped[str] = mapped_column(Text, default="")
    department: Mapped[str] = mapped_column(String(80), default="")
    category: Mapped[str | None] = mapped_column(choice("category_known", CATEGORIES))
    business_owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    sourcing: Mapped[str] = mapped_column(choice("sourcing_known", SOURCINGS), default="undecided")
    sourcing_reason: Mapped[str] = mapped_column(Text, default="")
    north_star_id: Mapped[int | None] = mapped_column(ForeignKey("north_stars.id"), index=True)
    alignment: Mapped[int | None]
    system: Mapped[str] = mapped_column(String(120), default="")
    ai_mode: Mapped[str | None] = mapped_column(choice("ai_mode_known", AI_MODES))
    supplier: Mapped[str] = mapped_column(String(120), default="")
    data_readiness: Mapped[str] = mapped_column(Text, default="")
    risks: Mapped[str] = mapped_column(Text, default="")
    parked_until: Mapped[date | None]
    external_key: Mapped[str] = mapped_column(String(80), default="")
    status: Mapped[str] = mapped_column(choice("status_known", STATUSES), default="idea")
    status_reason: Mapped[str] = mapped_column(Text, default="")
    status_since: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("use_cases.id"), index=True)
    proposer_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    chosen_rank: Mapped[int | None]
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    def is_back(self, today: date) -> bool:
        """Whether it was parked until a day that has come: it asks for a word again, and nobody had to do anything."""
        return self.status == "parked" and self.parked_until is not None and self.parked_until <= today

    @property
    def code(self) -> str:
        """UC-7."""
        return f"UC-{self.number}"


class UseCaseTag(Base):
    """A word a use case is found by."""

    __tablename__ = "use_case_tags"

    use_case_id: Mapped[int] = mapped_column(ForeignKey("use_cases.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)


class Vote(Base):
    """One person's voice for a use case."""

    __tablename__ = "votes"

    use_case_id: Mapped[int] = mapped_column(ForeignKey("use_cases.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    at: Mapped[datetime]
