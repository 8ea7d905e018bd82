"""Reviews, what stakeholders said, and what they decided."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.append_only import append_only
from backlog.kernel.database import Base, Numbered, choice

DECISIONS = ("continue", "adjust", "stop", "scale")
SENTIMENTS = ("positive", "neutral", "negative")


class Review(Numbered, Base):
    """The demo of a sprint or of a project."""

    __tablename__ = "reviews"
    __table_args__ = (CheckConstraint("(sprint_id IS NULL) <> (project_id IS NULL)", "of_one_thing"),)

    sprint_id: Mapped[int | None] = mapped_column(ForeignKey("sprints.id"), index=True)
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    held_at: Mapped[datetime]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Feedback(Numbered, Base):
    """What somebody said at a review."""

    __tablename__ = "feedback"

    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    sentiment: Mapped[str] = mapped_column(choice("sentiment_known", SENTIMENTS), default="neutral")
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class Decision(Numbered, Base):
    """What was decided, by whom, why, and who wrote it down."""

    __tablename__ = "decisions"

    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), index=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    decision: Mapped[str] = mapped_column(choice("decision_known", DECISIONS))
    reason: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


for _table in (Feedback, Decision):
    append_only(_table.__table__)  # type: ignore[arg-type]
