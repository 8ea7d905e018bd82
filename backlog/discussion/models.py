"""Comments, who is called in them, files that lie by a thing, and who watches it."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backlog.kernel.database import Base, Id, Numbered, choice

WATCHED = ("use_case",)
WHY_WATCHED = ("asked", "proposed", "commented", "merged")


class Comment(Numbered, Base):
    """What somebody said about a thing, in Markdown."""

    __tablename__ = "comments"
    __table_args__ = (Index("comments_subject_index", "subject_type", "subject_id", "id"),)

    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(Id)
    text: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    mentions: Mapped[list["Mention"]] = relationship(
        back_populates="comment", lazy="raise_on_sql", order_by="Mention.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class Mention(Numbered, Base):
    """Somebody called in a comment; `called` is how, so that a new name changes nothing. Not told: could not see it."""

    __tablename__ = "mentions"
    __table_args__ = (
        UniqueConstraint("comment_id", "user_id", name="mentions_once_a_comment"),
        Index("mentions_unseen_index", "user_id", "seen_at", "id"),
    )

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    called: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    comment: Mapped[Comment] = relationship(back_populates="mentions", lazy="raise_on_sql")

    @property
    def subject_type(self) -> str:
        """What kind of thing the comment is about."""
        return self.comment.subject_type

    @property
    def subject_id(self) -> int:
        """Which one."""
        return self.comment.subject_id


class Attachment(Numbered, Base):
    """A file that lies by a thing; `file` is its name on the shelf, `media_type` what it is by its content."""

    __tablename__ = "attachments"
    __table_args__ = (
        Index("attachments_subject_index", "subject_type", "subject_id", "id"),
        UniqueConstraint("file", name="attachments_file_unique"),
        CheckConstraint("size_bytes > 0", name="not_empty"),
    )

    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(Id)
    name: Mapped[str] = mapped_column(String(200))
    file: Mapped[str] = mapped_column(String(40))
    media_type: Mapped[str] = mapped_column(String(100))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int | None]
    height: Mapped[int | None]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class Watch(Numbered, Base):
    """Somebody hears what becomes of a thing. One who stopped keeps the row, so that nothing begins it again by itself."""

    __tablename__ = "watches"
    __table_args__ = (
        UniqueConstraint("user_id", "subject_type", "subject_id", name="watches_once_a_person"),
        Index("watches_subject_index", "subject_type", "subject_id", "user_id"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    subject_type: Mapped[str] = mapped_column(choice("watched_kind", WATCHED))
    subject_id: Mapped[int] = mapped_column(Id)
    why: Mapped[str] = mapped_column(choice("why_known", WHY_WATCHED))
    since_at: Mapped[datetime]
    seen_fact_id: Mapped[int] = mapped_column(Id)  # what was told up to this fact has been seen
    stopped_at: Mapped[datetime | None]
