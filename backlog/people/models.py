"""Accounts, squads, sessions, tokens, throttled tries, and the organisation's settings."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backlog.kernel.database import Base, Hundredths, Id, Numbered, choice

ROLES = ("admin", "product_manager", "member", "stakeholder")
SQUAD_MODELS = ("star", "hybrid", "tribe")
SQUAD_ROLES = (
    "ai_product_manager",
    "ml_engineer",
    "data_engineer",
    "ai_app_developer",
    "business_analyst",
    "business_owner",
    "external_partner",
)
SCOPES = ("read", "write")


class User(Numbered, Base):
    """An account. The e-mail is kept folded (NFKC, lower case), so that one address is one account."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("email = lower(email)", "email_folded"),)

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[str] = mapped_column(String(120), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(choice("role_known", ROLES))
    may_verify: Mapped[bool] = mapped_column(default=False)
    locale: Mapped[str] = mapped_column(choice("locale_known", ("zh", "en")), default="zh")
    time_zone: Mapped[str] = mapped_column(String(64), default="Asia/Shanghai")
    theme: Mapped[str] = mapped_column(choice("theme_known", ("", "light", "dark")), default="")
    active: Mapped[bool] = mapped_column(default=True)
    is_sample: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    memberships: Mapped[list["SquadMember"]] = relationship(lazy="select", back_populates="user")

    __mapper_args__ = {"version_id_col": version}

    is_authenticated = True
    is_anonymous = False
    session_secret = ""

    def get_id(self) -> str:
        """What the session cookie names this person by: the secret of a session row, never the account."""
        return self.session_secret

    @property
    def is_active(self) -> bool:
        """Whether this account may sign in."""
        return self.active

    @property
    def squad_ids(self) -> frozenset[int]:
        """The squads this person works in."""
        return frozenset(each.squad_id for each in self.memberships if each.is_in_force)


class Squad(Numbered, Base):
    """A cross-functional team."""

    __tablename__ = "squads"

    name: Mapped[str] = mapped_column(String(80), unique=True)
    model: Mapped[str] = mapped_column(choice("model_known", SQUAD_MODELS))
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    members: Mapped[list["SquadMember"]] = relationship(
        lazy="raise_on_sql", back_populates="squad", cascade="all, delete-orphan", order_by="SquadMember.id"
    )

    __mapper_args__ = {"version_id_col": version}


class SquadMember(Numbered, Base):
    """Someone's part in a squad."""

    __tablename__ = "squad_members"
    __table_args__ = (
        UniqueConstraint("squad_id", "user_id"),
        CheckConstraint("capacity_days >= 0 AND capacity_days <= 14", "capacity_within_sprint"),
    )

    squad_id: Mapped[int] = mapped_column(ForeignKey("squads.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[str] = mapped_column(choice("role_known", SQUAD_ROLES))
    capacity_days: Mapped[float] = mapped_column(default=8)

    squad: Mapped[Squad] = relationship(lazy="joined", innerjoin=True, back_populates="members")
    user: Mapped[User] = relationship(lazy="raise_on_sql", back_populates="memberships")

    @property
    def is_in_force(self) -> bool:
        """Whether the squad still exists."""
        return self.squad.archived_at is None


class Session(Numbered, Base):
    """One browser signed in; its secret is stored hashed, its limits are kept here and not in the cookie."""

    __tablename__ = "sessions"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class ApiToken(Numbered, Base):
    """A program's key to the API in a person's name; stored hashed, shown once."""

    __tablename__ = "api_tokens"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    scope: Mapped[str] = mapped_column(choice("scope_known", SCOPES))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class Try(Numbered, Base):
    """One failed try (a sign-in, a password asked again), counted across processes; old ones are swept."""

    __tablename__ = "tries"
    __table_args__ = (Index("tries_bucket_index", "bucket", "at"),)

    bucket: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime]


class Organisation(Base):
    """The organisation's settings: one row."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("id = 1", "only_one"),
        CheckConstraint("horizon_months IN (12, 24, 36)", "horizon_known"),
        CheckConstraint("tracked_months BETWEEN 1 AND 60", "tracked_within_five_years"),
        CheckConstraint("discount_rate_percent BETWEEN 0 AND 10000", "rate_within_hundred"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(80), default="")
    horizon_months: Mapped[int] = mapped_column(default=24)
    discount_rate_percent: Mapped[Decimal] = mapped_column(Hundredths, default=Decimal("8.00"))
    tracked_months: Mapped[int] = mapped_column(default=12)
    capacity_weeks: Mapped[float] = mapped_column(default=40)
    ranking_seed: Mapped[int] = mapped_column(default=20260101)
    locale: Mapped[str] = mapped_column(choice("locale_known", ("zh", "en")), default="zh")
    anchors: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what a mark means here: figure, mark, words
    holidays: Mapped[list[date]] = mapped_column(default=list)
    make_up_days: Mapped[list[date]] = mapped_column(default=list)
    sample_loaded_at: Mapped[datetime | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def calendar(self) -> tuple[frozenset[date], frozenset[date]]:
        """Public holidays, and days worked to make up for them: what sprints reckon working days with."""
        return frozenset(self.holidays), frozenset(self.make_up_days)
