"""The index of what can be searched: one row a thing, made from its texts, and always to be made again from them."""

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, Id, Numbered


class SearchEntry(Numbered, Base):
    """What one thing is found by. A changed text takes a new id, so that the newest stands highest.

    On PostgreSQL `pairs` is the index; on SQLite it stays empty and `search_pairs`, a table of FTS5 without contents,
    has a row of the same id.
    """

    __tablename__ = "search_entries"
    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id", name="search_entries_one_of_a_thing"),
        Index("search_entries_kind_index", "subject_type", "id"),
        Index("search_entries_code_index", "code"),
        Index("search_entries_pairs_index", "pairs", postgresql_using="gin").ddl_if(dialect="postgresql"),
        {"sqlite_autoincrement": True},
    )

    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    pairs: Mapped[str | None] = mapped_column(TSVECTOR().with_variant(Text(), "sqlite"))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("projects.id"))
    archived_at: Mapped[datetime | None]
    at: Mapped[datetime]


PAIRS: Any = DDL(  # type: ignore[no-untyped-call]
    "CREATE VIRTUAL TABLE search_pairs USING fts5"
    "(pairs, content='', contentless_delete=1, detail=none, prefix='1', tokenize='ascii')"
)
event.listen(SearchEntry.__table__, "after_create", PAIRS.execute_if(dialect="sqlite"))
NO_PAIRS: Any = DDL("DROP TABLE search_pairs")  # type: ignore[no-untyped-call]
event.listen(SearchEntry.__table__, "before_drop", NO_PAIRS.execute_if(dialect="sqlite"))
