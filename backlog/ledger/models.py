"""The value ledger: one chain of hashes over entries and verifications; and who may claim which share."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.append_only import append_only
from backlog.kernel.database import Base, Hundredths, Id, Numbered, choice

DIMENSIONS = ("financial", "operational", "strategic")
ENTRY_KINDS = ("cost", "benefit", "funding")
BASES = ("estimated", "measured")
RECURRENCES = ("once", "monthly", "yearly")
REALISATIONS = ("cash", "avoided", "capacity")


class ChainHead(Base):
    """The chain's newest link: one row, locked by whoever adds the next."""

    __tablename__ = "chain_head"
    __table_args__ = (CheckConstraint("id = 1", "only_one"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default="")


class Entry(Numbered, Base):
    """One cost, benefit or funding; never changed, taken back by an entry with the negative amount (R2)."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        CheckConstraint("(dimension = 'financial') = (amount IS NOT NULL)", "amount_if_financial"),
        CheckConstraint(
            "dimension <> 'financial' OR kind <> 'benefit' OR realisation IS NOT NULL", "realisation_of_benefits"
        ),
        CheckConstraint("until_on >= from_on", "until_after_from"),
        Index("ledger_entries_project_index", "project_id", "id"),
        Index("ledger_entries_use_case_index", "use_case_id", "id"),
        Index("ledger_entries_corrects_index", "corrects_id", unique=True),
    )

    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"))
    use_case_id: Mapped[int | None] = mapped_column(ForeignKey("use_cases.id"))
    dimension: Mapped[str] = mapped_column(choice("dimension_known", DIMENSIONS))
    kind: Mapped[str] = mapped_column(choice("kind_known", ENTRY_KINDS))
    basis: Mapped[str] = mapped_column(choice("basis_known", BASES))
    amount: Mapped[Decimal | None]
    metric: Mapped[str] = mapped_column(String(120), default="")
    unit: Mapped[str] = mapped_column(String(40), default="")
    value: Mapped[float | None]
    recurrence: Mapped[str] = mapped_column(choice("recurrence_known", RECURRENCES), default="once")
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    realisation: Mapped[str | None] = mapped_column(choice("realisation_known", REALISATIONS))
    kpi_id: Mapped[int | None] = mapped_column(ForeignKey("kpis.id"), index=True)
    evidence: Mapped[str] = mapped_column(Text, default="")
    evidence_restricted: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"), unique=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"))  # stands in the place of that one
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    recorded_at: Mapped[datetime]
    position: Mapped[int] = mapped_column(unique=True)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class Verification(Numbered, Base):
    """A measured benefit confirmed with evidence, in full or reduced, by neither its recorder, squad nor owner (R10)."""

    __tablename__ = "verifications"
    __table_args__ = (CheckConstraint("amount >= 0", "amount_not_negative"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entries.id"), unique=True)
    amount: Mapped[Decimal | None]
    evidence: Mapped[str] = mapped_column(Text)
    verified_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    position: Mapped[int] = mapped_column(unique=True)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class Attribution(Numbered, Base):
    """The share of a KPI's change (under one agreed baseline) or of an entry that an item, or an outer cause, may claim."""

    __tablename__ = "attributions"
    __table_args__ = (
        CheckConstraint("share_percent > 0 AND share_percent <= 10000", "share_within_whole"),
        CheckConstraint("(kpi_id IS NULL) <> (ledger_entry_id IS NULL)", "of_one_thing"),
        CheckConstraint("(kpi_id IS NULL) = (baseline_id IS NULL)", "under_one_baseline"),
        CheckConstraint("(item_id IS NULL) <> (cause = '')", "by_item_or_cause"),
    )

    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    cause: Mapped[str] = mapped_column(String(200), default="")
    kpi_id: Mapped[int | None] = mapped_column(ForeignKey("kpis.id"), index=True)
    baseline_id: Mapped[int | None] = mapped_column(ForeignKey("baselines.id"))
    ledger_entry_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"), index=True)
    share_percent: Mapped[Decimal] = mapped_column(Hundredths)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


for _table in (Entry, Verification):
    append_only(_table.__table__)  # type: ignore[arg-type]
