"""How a company holds its use cases in each status: at most how many, and by which policy."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.database import Base, choice
from backlog.usecases.models.words import STATUSES


class Stage(Base):
    """A status as a column of the portfolio's board; one that was never set has neither limit nor policy."""

    __tablename__ = "stages"
    __table_args__ = (CheckConstraint("wip_limit >= 1", "wip_limit_from_one"),)

    status: Mapped[str] = mapped_column(choice("status_known", STATUSES), primary_key=True)
    wip_limit: Mapped[int | None]
    policy: Mapped[str] = mapped_column(String(200), default="")
