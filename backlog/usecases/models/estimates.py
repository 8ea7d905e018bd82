"""What people estimate."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.append_only import append_only
from backlog.kernel.database import Base, Id, Numbered
from backlog.usecases.rules.three_points import ThreePoints


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
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who wrote it down for the estimator
    assumed: Mapped[list[Any]] = mapped_column(default=list)  # figures that were filled in beforehand and left so
    note: Mapped[str] = mapped_column(Text, default="")

    annual_benefit = _points("annual_benefit")
    one_off_cost = _points("one_off_cost")
    annual_running_cost = _points("annual_running_cost")
    effort_weeks = _points("effort_weeks")


append_only(Estimate.__table__)  # type: ignore[arg-type]


class EstimateRound(Numbered, Base):
    """A blind round: while it is open, nobody sees what others think before saving a view of their own in it."""

    __tablename__ = "estimate_rounds"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", "closed_by_whom"),
        Index(
            "estimate_rounds_one_open",
            "use_case_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    use_case_id: Mapped[int] = mapped_column(ForeignKey("use_cases.id"), index=True)
    after_estimate_id: Mapped[int] = mapped_column(
        Id
    )  # the newest when it was opened, or 0: later ones are the round's
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]
