"""Reading the risk and compliance sheets."""

from collections.abc import Iterable

from sqlalchemy import func, select

from backlog.kernel.database import session
from backlog.usecases.models import RISK_TOPICS, RiskAnswer, UseCase
from backlog.usecases.rules.risks import open_topics

Sheet = dict[str, RiskAnswer]


def risk_sheets(ids: Iterable[int]) -> dict[int, Sheet]:
    """The newest answer to each topic, by use case."""
    last = select(func.max(RiskAnswer.id)).where(RiskAnswer.use_case_id.in_(list(ids)))
    query = select(RiskAnswer).where(RiskAnswer.id.in_(last.group_by(RiskAnswer.use_case_id, RiskAnswer.topic)))
    found: dict[int, Sheet] = {}
    for row in session.scalars(query.order_by(RiskAnswer.id)):
        found.setdefault(row.use_case_id, {})[row.topic] = row
    return found


def risk_sheet(use_case: UseCase) -> Sheet:
    """The newest answer to each topic of one use case."""
    return risk_sheets([use_case.id]).get(use_case.id, {})


def open_risks(sheet: Sheet) -> list[str]:
    """The topics that wait for an answer before the use case can be ready."""
    return open_topics(RISK_TOPICS, {topic: (row.answer, row.mitigation) for topic, row in sheet.items()})


def risk_history(use_case: UseCase) -> list[RiskAnswer]:
    """Every answer there was, newest first."""
    query = select(RiskAnswer).where(RiskAnswer.use_case_id == use_case.id)
    return list(session.scalars(query.order_by(RiskAnswer.id.desc())))
