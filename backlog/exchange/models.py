"""Imports: what came in, what became of each row, and which columns meant what."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, Id, Numbered, choice

IMPORT_KINDS = ("use-cases", "items", "measurements", "ledger", "jira", "trello", "data-assets")
STATES = ("running", "done", "refused", "undone")
ACTS = ("created", "updated")


class Import(Numbered, Base):
    """One file brought in, or only tried (`dry_run`); the file itself is kept for a day, to be run or mended."""

    __tablename__ = "imports"
    __table_args__ = (Index("imports_made_by_index", "made_by_id", "id"),)

    kind: Mapped[str] = mapped_column(choice("kind_known", IMPORT_KINDS))
    file_name: Mapped[str] = mapped_column(String(200), default="")
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"), index=True)
    kpi_id: Mapped[int | None] = mapped_column(ForeignKey("kpis.id"), index=True)
    state: Mapped[str] = mapped_column(choice("state_known", STATES))
    dry_run: Mapped[bool] = mapped_column(default=False)
    good_rows: Mapped[bool] = mapped_column(default=False)
    sheet: Mapped[str] = mapped_column(String(200), default="")
    encoding: Mapped[str] = mapped_column(String(20), default="")
    columns: Mapped[list[Any]]
    choices: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text, default="")
    override_reason: Mapped[str] = mapped_column(Text, default="")
    read: Mapped[int] = mapped_column(default=0)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    problems: Mapped[list[Any]]
    refused_rows: Mapped[list[Any]]
    preview: Mapped[dict[str, Any]]  # first rows as understood, sheets, and who and what nobody knows
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]  # a long one: since when a process beside the server works on it
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undo_reason: Mapped[str] = mapped_column(Text, default="")

    @property
    def mapping(self) -> dict[str, str]:
        """Header → field."""
        return {each["header"]: each["field"] for each in self.columns}


class ImportRow(Numbered, Base):
    """What one row did to which thing; `key` is what the thing is called where the file came from."""

    __tablename__ = "import_rows"
    __table_args__ = (
        Index("import_rows_import_index", "import_id", "id"),
        Index("import_rows_key_index", "subject_type", "key"),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"))
    row: Mapped[int]
    act: Mapped[str] = mapped_column(choice("act_known", ACTS))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(Id)
    key: Mapped[str] = mapped_column(String(200), default="")
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]


class KeptMapping(Numbered, Base):
    """Which columns of files with these headers a person took for what."""

    __tablename__ = "kept_mappings"
    __table_args__ = (UniqueConstraint("user_id", "kind", "signature"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(choice("kind_known", IMPORT_KINDS))
    signature: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict[str, Any]]
    choices: Mapped[dict[str, Any]]
    at: Mapped[datetime]
