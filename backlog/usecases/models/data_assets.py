"""Data that use cases rest on."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, Numbered, choice
from backlog.usecases.models.words import PERSONAL_DATA
from backlog.usecases.rules.three_points import ThreePoints


def _rising(name: str) -> list[CheckConstraint]:
    return [
        CheckConstraint(f"{name}_low <= {name}_likely AND {name}_likely <= {name}_high", f"{name}_rises"),
        CheckConstraint(f"{name}_low >= 0", f"{name}_not_negative"),
    ]


class DataAsset(Numbered, Base):
    """A body of data: whose it is, where it lies, how good it is, and what it takes until it can be used.

    What it takes (money and person-weeks) is paid once for all use cases that need it, and no more once it is ready.
    """

    __tablename__ = "data_assets"
    __table_args__ = (
        CheckConstraint("quality BETWEEN 1 AND 5", "quality_one_to_five"),
        *_rising("enabling_cost"),
        *_rising("enabling_weeks"),
    )

    name: Mapped[str] = mapped_column(String(120))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    source_system: Mapped[str] = mapped_column(String(120), default="")
    quality: Mapped[int | None]
    personal_data: Mapped[str] = mapped_column(choice("personal_data_known", PERSONAL_DATA), default="unknown")
    licence: Mapped[str] = mapped_column(String(200), default="")
    enabling_cost_low: Mapped[Decimal] = mapped_column(default=Decimal(0))
    enabling_cost_likely: Mapped[Decimal] = mapped_column(default=Decimal(0))
    enabling_cost_high: Mapped[Decimal] = mapped_column(default=Decimal(0))
    enabling_weeks_low: Mapped[float] = mapped_column(default=0.0)
    enabling_weeks_likely: Mapped[float] = mapped_column(default=0.0)
    enabling_weeks_high: Mapped[float] = mapped_column(default=0.0)
    ready_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(Text, default="")
    archived_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @property
    def enabling_cost(self) -> ThreePoints:
        """Yuan until it can be used."""
        return ThreePoints(self.enabling_cost_low, self.enabling_cost_likely, self.enabling_cost_high)

    @property
    def enabling_weeks(self) -> ThreePoints:
        """Person-weeks until it can be used."""
        return ThreePoints(self.enabling_weeks_low, self.enabling_weeks_likely, self.enabling_weeks_high)

    def is_ready(self, day: date) -> bool:
        """Whether it can be used on a day: then what it took is spent and counts no more."""
        return self.ready_on is not None and self.ready_on <= day


class DataAssetUse(Base):
    """A use case that needs a data asset."""

    __tablename__ = "data_asset_uses"

    data_asset_id: Mapped[int] = mapped_column(ForeignKey("data_assets.id"), primary_key=True)
    use_case_id: Mapped[int] = mapped_column(ForeignKey("use_cases.id"), primary_key=True, index=True)
