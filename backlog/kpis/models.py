"""Indicators, their agreed baselines, and append-only measurements."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.append_only import append_only
from backlog.kernel.database import Base, Id, Numbered, choice

KPI_ROLES = ("target", "guardrail")
KINDS = ("count", "share", "duration", "amount", "rate", "yes_no")
DIRECTIONS = ("increase", "decrease")
CADENCES = ("daily", "weekly", "monthly")
BASELINE_KINDS = ("measured", "declared")


class Kpi(Numbered, Base):
    """What shall change, and how exactly it is counted; of a use case or of a North Star."""

    __tablename__ = "kpis"
    __table_args__ = (
        CheckConstraint("(use_case_id IS NULL) <> (north_star_id IS NULL)", "of_one_thing"),
        CheckConstraint("unit_value >= 0", "unit_value_not_negative"),
    )

    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(120))
    counting: Mapped[str] = mapped_column(Text, default="")
    kpi_role: Mapped[str] = mapped_column(choice("role_known", KPI_ROLES), default="target")
    kind: Mapped[str] = mapped_column(choice("kind_known", KINDS))
    unit: Mapped[str] = mapped_column(String(40), default="")
    direction: Mapped[str] = mapped_column(choice("direction_known", DIRECTIONS))
    cadence: Mapped[str] = mapped_column(choice("cadence_known", CADENCES), default="weekly")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    source: Mapped[str] = mapped_column(String(200), default="")
    use_case_id: Mapped[int | None] = mapped_column(ForeignKey("use_cases.id"), index=True)
    north_star_id: Mapped[int | None] = mapped_column(ForeignKey("north_stars.id"), index=True)
    unit_value: Mapped[Decimal | None]
    target: Mapped[float | None]
    target_on: Mapped[date | None]
    evaluate_on: Mapped[date | None]
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def code(self) -> str:
        """KPI-3."""
        return f"KPI-{self.number}"


class Measurement(Numbered, Base):
    """One value on one day; a correction is a new row of the next revision, and both stay (R2)."""

    __tablename__ = "measurements"
    __table_args__ = (
        UniqueConstraint("kpi_id", "observed_on", "revision", name="measurements_one_live_a_day"),
        CheckConstraint("sample_size >= 1", "sample_size_from_one"),
    )

    kpi_id: Mapped[int] = mapped_column(ForeignKey("kpis.id"))
    observed_on: Mapped[date]
    revision: Mapped[int] = mapped_column(default=0)
    value: Mapped[float]
    sample_size: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(200), default="")
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("measurements.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    measured_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class Baseline(Numbered, Base):
    """Where a KPI stood: one version, never changed once agreed (R9)."""

    __tablename__ = "baselines"
    __table_args__ = (UniqueConstraint("kpi_id", "number", "revision", name="baselines_one_of_a_version"),)

    kpi_id: Mapped[int] = mapped_column(ForeignKey("kpis.id"))
    number: Mapped[int]
    revision: Mapped[int] = mapped_column(default=0)  # set anew before it was agreed
    kind: Mapped[str] = mapped_column(choice("kind_known", BASELINE_KINDS))
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    through_id: Mapped[int | None] = mapped_column(
        Id
    )  # the newest measurement it knew: later corrections change nothing
    n: Mapped[int]
    mean: Mapped[float]
    lower: Mapped[float | None]
    upper: Mapped[float | None]
    evidence: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    set_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class BaselineAgreement(Numbered, Base):
    """Who agreed to a baseline version (or refused it), and to what exactly; on behalf it is hollow.

    Agreed again when the content (counting, target, evaluation date) changed: a row of the next number.
    """

    __tablename__ = "baseline_agreements"
    __table_args__ = (UniqueConstraint("baseline_id", "number", name="baseline_agreements_in_order"),)

    baseline_id: Mapped[int] = mapped_column(ForeignKey("baselines.id"))
    number: Mapped[int]
    agreed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    is_refusal: Mapped[bool] = mapped_column(default=False)
    on_behalf: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[dict[str, Any]]
    at: Mapped[datetime]


for _table in (Measurement, Baseline, BaselineAgreement):
    append_only(_table.__table__)  # type: ignore[arg-type]
