"""Use-case storms: who sits in, what they propose, whose dots lie where, blind marks, and the result that stays."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.append_only import append_only
from backlog.kernel.database import Base, Numbered, choice
from backlog.usecases.rules.storms import STAGES


class Storm(Numbered, Base):
    """A cross-department session that collects ideas fast; the product manager who leads it is its facilitator."""

    __tablename__ = "storms"
    __table_args__ = (
        CheckConstraint("votes_per_person BETWEEN 1 AND 20", "votes_one_to_twenty"),
        CheckConstraint("duration_minutes BETWEEN 5 AND 480", "minutes_within_a_day"),
        Index("storms_stage_index", "stage", "id"),
    )

    title: Mapped[str] = mapped_column(String(200))
    goal: Mapped[str] = mapped_column(Text, default="")
    departments: Mapped[list[Any]]
    votes_per_person: Mapped[int]
    votes_hidden: Mapped[bool]
    starts_at: Mapped[datetime]
    duration_minutes: Mapped[int]
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    stage: Mapped[str] = mapped_column(choice("stage_known", STAGES), default="prepared")
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """STORM-2."""
        return f"STORM-{self.id}"


class StormStep(Numbered, Base):
    """Who took a storm to a stage, and when."""

    __tablename__ = "storm_steps"

    storm_id: Mapped[int] = mapped_column(ForeignKey("storms.id"), index=True)
    stage: Mapped[str] = mapped_column(choice("stage_known", STAGES))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class StormLink(Numbered, Base):
    """A way in for colleagues without an account; of its token the database holds a hash, and what it is made from."""

    __tablename__ = "storm_links"

    storm_id: Mapped[int] = mapped_column(ForeignKey("storms.id"), index=True)
    door: Mapped[str] = mapped_column(String(40), unique=True)
    seed: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class StormParticipant(Numbered, Base):
    """Somebody who sits in: an account, or a guest who came by a link and gave a name."""

    __tablename__ = "storm_participants"
    __table_args__ = (
        UniqueConstraint("storm_id", "user_id"),
        CheckConstraint("(user_id IS NULL) <> (link_id IS NULL)", "account_or_guest"),
    )

    storm_id: Mapped[int] = mapped_column(ForeignKey("storms.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    link_id: Mapped[int | None] = mapped_column(ForeignKey("storm_links.id"), index=True)
    guest_name: Mapped[str] = mapped_column(String(40), default="")
    invited_at: Mapped[datetime | None]
    joined_at: Mapped[datetime | None]


class StormIdea(Numbered, Base):
    """One idea: where it is merged into another it keeps its author and its dots, and can be taken out again."""

    __tablename__ = "storm_ideas"
    __table_args__ = (
        UniqueConstraint("participant_id", "mark"),
        CheckConstraint("merged_into_id <> id", "merged_into_another"),
        Index("storm_ideas_storm_index", "storm_id", "id"),
    )

    storm_id: Mapped[int] = mapped_column(ForeignKey("storms.id"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("storm_participants.id"))
    title: Mapped[str] = mapped_column(String(200))
    pain: Mapped[str] = mapped_column(Text, default="")
    theme: Mapped[str] = mapped_column(String(80), default="")
    mark: Mapped[str | None] = mapped_column(String(64))
    alike_id: Mapped[int | None] = mapped_column(ForeignKey("storm_ideas.id"))
    alike_case_id: Mapped[int | None] = mapped_column(ForeignKey("use_cases.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("storm_ideas.id"), index=True)
    use_case_id: Mapped[int | None] = mapped_column(ForeignKey("use_cases.id"), index=True)
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]  # withdrawn by who wrote it, or by who leads
    version: Mapped[int] = mapped_column(default=1)  # of title and pain; the storm's row is locked meanwhile


class StormDot(Numbered, Base):
    """One of a person's dots, on an idea."""

    __tablename__ = "storm_dots"
    __table_args__ = (Index("storm_dots_participant_index", "participant_id", "idea_id"),)

    storm_id: Mapped[int] = mapped_column(ForeignKey("storms.id"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("storm_ideas.id"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("storm_participants.id"))
    at: Mapped[datetime]


class StormRound(Numbered, Base):
    """A blind round: everybody marks for themselves, all marks are shown together."""

    __tablename__ = "storm_rounds"
    __table_args__ = (UniqueConstraint("storm_id", "number"),)

    storm_id: Mapped[int] = mapped_column(ForeignKey("storms.id"))
    number: Mapped[int]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime]
    revealed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    revealed_at: Mapped[datetime | None]


class StormRoundIdea(Base):
    """An idea that a round asks about."""

    __tablename__ = "storm_round_ideas"

    round_id: Mapped[int] = mapped_column(ForeignKey("storm_rounds.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("storm_ideas.id"), primary_key=True)


class StormMark(Base):
    """One person's marks for an idea in a round; nobody else sees them before all are shown."""

    __tablename__ = "storm_marks"
    __table_args__ = (
        CheckConstraint("impact BETWEEN 1 AND 5", "impact_one_to_five"),
        CheckConstraint("feasibility BETWEEN 1 AND 5", "feasibility_one_to_five"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("storm_rounds.id"), primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("storm_ideas.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("storm_participants.id"), primary_key=True, index=True)
    impact: Mapped[int]
    feasibility: Mapped[int]
    at: Mapped[datetime]


class StormResult(Numbered, Base):
    """What a storm came to, as it stood when it was closed; it stays so whatever becomes of its use cases."""

    __tablename__ = "storm_results"

    storm_id: Mapped[int] = mapped_column(ForeignKey("storms.id"), unique=True)
    content: Mapped[dict[str, Any]]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]


for _table in (StormStep, StormResult):
    append_only(_table.__table__)  # type: ignore[arg-type]
