"""The risk and compliance sheet of a use case."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from backlog.kernel.append_only import append_only
from backlog.kernel.database import Base, Numbered, choice
from backlog.usecases.models.words import RISK_ANSWERS, RISK_TOPICS


class RiskAnswer(Numbered, Base):
    """What somebody said to one question of the sheet; append-only, the newest of each topic counts."""

    __tablename__ = "risk_answers"
    __table_args__ = (Index("risk_answers_newest_index", "use_case_id", "topic", "id"),)

    use_case_id: Mapped[int] = mapped_column(ForeignKey("use_cases.id"))
    topic: Mapped[str] = mapped_column(choice("topic_known", RISK_TOPICS))
    answer: Mapped[str] = mapped_column(choice("answer_known", RISK_ANSWERS))
    mitigation: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


append_only(RiskAnswer.__table__)  # type: ignore[arg-type]
