"""Answers kept for a day, so that what is sent twice does one thing."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, Numbered


class KeptAnswer(Numbered, Base):
    """What was answered to a person's request with an idempotency key, or to a form with its mark."""

    __tablename__ = "kept_answers"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    key: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    location: Mapped[str] = mapped_column(Text, default="")
    etag: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(index=True)
