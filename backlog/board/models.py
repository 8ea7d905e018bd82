"""Columns, items, ticks and moves."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.done.models import ITEM_TYPES
from backlog.kernel.append_only import append_only
from backlog.kernel.database import Base, Numbered, OrderKey, choice

CATEGORIES = ("todo", "doing", "done")
REQUEST_STATES = ("open", "granted", "declined", "overtaken")
TICK_STATES = ("ticked", "not_applicable", "cleared")


class Column(Numbered, Base):
    """Where items stand; a limit of None is no limit."""

    __tablename__ = "columns"
    __table_args__ = (CheckConstraint("wip_limit >= 1", "limit_from_one"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    category: Mapped[str] = mapped_column(choice("category_known", CATEGORIES))
    wip_limit: Mapped[int | None]
    policy: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Item(Numbered, Base):
    """One card: a small, complete, testable increment.

    `checks_met` of `checks_total` counts required criteria and acceptance criteria; kept by `board.actions`
    so that a board needs no other table, and written past the version, so that a tick disturbs nobody's edit.
    """

    __tablename__ = "items"
    __table_args__ = (
        UniqueConstraint("project_id", "number", name="items_one_of_a_number"),
        CheckConstraint("points >= 0 AND points <= 1000", "points_within_thousand"),
        Index("items_place_index", "column_id", "archived_at", "order_key", "id"),
        Index("items_sum_index", "column_id", "archived_at", "points"),
        Index("items_project_index", "project_id", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("projects.id"))
    number: Mapped[int]
    type: Mapped[str] = mapped_column(choice("type_known", ITEM_TYPES))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="", deferred=True)
    points: Mapped[float | None]
    use_case_id: Mapped[int | None] = mapped_column(ForeignKey("use_cases.id"), index=True)
    kpi_id: Mapped[int | None] = mapped_column(ForeignKey("kpis.id"), index=True)
    blocked_reason: Mapped[str] = mapped_column(String(500), default="")
    blocked_at: Mapped[datetime | None]
    blocked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    column_id: Mapped[int] = mapped_column(ForeignKey("columns.id"))
    order_key: Mapped[str] = mapped_column(OrderKey)
    entered_column_at: Mapped[datetime]
    definition_id: Mapped[int | None] = mapped_column(ForeignKey("done_definitions.id"))
    checks_met: Mapped[int] = mapped_column(default=0)
    checks_total: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    override_reason: Mapped[str | None] = mapped_column(String(500))
    override_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    override_at: Mapped[datetime | None]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class Assignment(Base):
    """Who works on an item."""

    __tablename__ = "assignments"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)


class ItemTag(Base):
    """A word an item is found by."""

    __tablename__ = "item_tags"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(40), primary_key=True, index=True)


class AcceptanceLine(Numbered, Base):
    """One acceptance criterion of an item, and who saw it met."""

    __tablename__ = "acceptance_lines"

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(500))
    met_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    met_at: Mapped[datetime | None]

    @property
    def met(self) -> bool:
        """Whether somebody saw it met."""
        return self.met_by_id is not None


class Tick(Numbered, Base):
    """A criterion confirmed, set aside with a reason, or cleared again; the newest row of a pair counts (R2)."""

    __tablename__ = "ticks"
    __table_args__ = (Index("ticks_newest_index", "item_id", "criterion_id", "id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id"))
    state: Mapped[str] = mapped_column(choice("state_known", TICK_STATES))
    reason: Mapped[str] = mapped_column(String(500), default="")
    evidence: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]

    @property
    def not_applicable(self) -> bool:
        """Whether the criterion was set aside."""
        return self.state == "not_applicable"


class Move(Numbered, Base):
    """How an item got where it stands; `from_column_id` is None when it was made (R2).

    `item_version` is the item's version after it, so that a move begun before it can be told from one begun after.
    """

    __tablename__ = "moves"
    __table_args__ = (Index("moves_item_index", "item_id", "id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    from_column_id: Mapped[int | None] = mapped_column(ForeignKey("columns.id"))
    to_column_id: Mapped[int] = mapped_column(ForeignKey("columns.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    override_reason: Mapped[str] = mapped_column(String(500), default="")
    item_version: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class OverrideRequest(Numbered, Base):
    """Somebody of the squad asks a leader for an exception; `overtaken` where the item was done or taken away first."""

    __tablename__ = "override_requests"
    __table_args__ = (
        Index(
            "override_requests_one_open",
            "item_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    column_id: Mapped[int] = mapped_column(ForeignKey("columns.id"))
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(choice("state_known", REQUEST_STATES), default="open")
    answer: Mapped[str] = mapped_column(String(500), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]


for _table in (Tick, Move):
    append_only(_table.__table__)  # type: ignore[arg-type]
