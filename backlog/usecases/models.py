"""Use cases, what people estimate and vote, and how a rank is made."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.append_only import append_only
from backlog.kernel.database import Base, Numbered, choice
from backlog.usecases.rules.three_points import ThreePoints

CATEGORIES = ("operations", "customer_experience", "sales_marketing", "internal_efficiency")
SOURCINGS = ("build", "buy", "partner", "undecided")
AI_MODES = ("embedded", "copilot", "agent")
STATUSES = (
    "idea",
    "triaged",
    "estimated",
    "ready",
    "selected",
    "delivering",
    "delivered",
    "measured",
    "rejected",
    "parked",
)
PROPOSED = ("idea", "triaged", "estimated", "ready")
RANKED = (*PROPOSED, "selected")
KEPT = ("delivering", "delivered", "measured")
OUT = ("rejected", "parked")
SCORING_KINDS = ("value_per_capacity", "expected_value", "lighthouse", "rice", "ice", "wsjf", "weighted")


class NorthStar(Numbered, Base):
    """A long-term measurable vision that use cases align to."""

    __tablename__ = "north_stars"

    title: Mapped[str] = mapped_column(String(200))
    metric: Mapped[str] = mapped_column(String(200), default="")
    baseline: Mapped[float | None]
    target: Mapped[float | None]
    unit: Mapped[str] = mapped_column(String(40), default="")
    due_on: Mapped[date | None]
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


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
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("use_cases.id"), index=True)
    proposer_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    chosen_rank: Mapped[int | None]
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

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


def _points(name: str) -> property:
    """A three-point figure out of its three columns."""
    return property(lambda row: ThreePoints(*(getattr(row, f"{name}_{part}") for part in ("low", "likely", "high"))))


def _rising(name: str) -> list[CheckConstraint]:
    return [
        CheckConstraint(f"{name}_low <= {name}_likely AND {name}_likely <= {name}_high", f"{name}_rises"),
        CheckConstraint(f"{name}_low >= 0", f"{name}_not_negative"),
    ]


class Estimate(Numbered, Base):
    """One person's dated three-point view; append-only, the newest per person counts (R3)."""

    __tablename__ = "estimates"
    __table_args__ = (
        *_rising("annual_benefit"),
        *_rising("one_off_cost"),
        *_rising("annual_running_cost"),
        *_rising("effort_weeks"),
        CheckConstraint("effort_weeks_low >= 0.1", "effort_at_least_a_tenth"),
        CheckConstraint("success_probability BETWEEN 0 AND 1", "probability_within_one"),
        CheckConstraint("months_to_value BETWEEN 0 AND 120", "months_within_ten_years"),
        CheckConstraint("impact BETWEEN 1 AND 5", "impact_one_to_five"),
        CheckConstraint("feasibility BETWEEN 1 AND 5", "feasibility_one_to_five"),
        CheckConstraint("measurability BETWEEN 1 AND 5", "measurability_one_to_five"),
        Index("estimates_newest_index", "use_case_id", "estimator_id", "id"),
    )

    use_case_id: Mapped[int] = mapped_column(ForeignKey("use_cases.id"))
    estimator_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    annual_benefit_low: Mapped[Decimal]
    annual_benefit_likely: Mapped[Decimal]
    annual_benefit_high: Mapped[Decimal]
    one_off_cost_low: Mapped[Decimal]
    one_off_cost_likely: Mapped[Decimal]
    one_off_cost_high: Mapped[Decimal]
    annual_running_cost_low: Mapped[Decimal]
    annual_running_cost_likely: Mapped[Decimal]
    annual_running_cost_high: Mapped[Decimal]
    effort_weeks_low: Mapped[float]
    effort_weeks_likely: Mapped[float]
    effort_weeks_high: Mapped[float]
    success_probability: Mapped[float]
    months_to_value: Mapped[float]
    impact: Mapped[int]
    feasibility: Mapped[int]
    measurability: Mapped[int]
    reach: Mapped[float | None]
    confidence: Mapped[float | None]
    ease: Mapped[int | None]
    business_value: Mapped[float | None]
    time_criticality: Mapped[float | None]
    risk_reduction: Mapped[float | None]
    job_size: Mapped[float | None]
    note: Mapped[str] = mapped_column(Text, default="")

    annual_benefit = _points("annual_benefit")
    one_off_cost = _points("one_off_cost")
    annual_running_cost = _points("annual_running_cost")
    effort_weeks = _points("effort_weeks")


append_only(Estimate.__table__)  # type: ignore[arg-type]


class Pin(Numbered, Base):
    """A rank set by a product manager, with a reason; the computed rank stays visible beside it."""

    __tablename__ = "pins"
    __table_args__ = (
        CheckConstraint("rank >= 1", "rank_from_one"),
        Index(
            "pins_one_in_force",
            "use_case_id",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    use_case_id: Mapped[int] = mapped_column(ForeignKey("use_cases.id"))
    rank: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    pinned_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ScoringModel(Numbered, Base):
    """How estimates become a rank; one is active."""

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
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
