"""The lines of a risk and compliance sheet as pages draw them, of this room and later ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from backlog.usecases import labels, queries
from backlog.usecases.models import RISK_TOPICS, RiskAnswer


@dataclass(frozen=True)
class RiskLine:
    """A topic, what was said to it, by whom and when; `is_open` while it still asks for an answer."""

    topic: str
    label: str
    answer: str
    mitigation: str
    who: str
    at: datetime | None
    tone: str
    is_open: bool = False

    @staticmethod
    def of(row: RiskAnswer, names: Mapping[int, str], is_open: bool = False) -> "RiskLine":
        """The line of an answer."""
        return RiskLine(
            topic=row.topic,
            label=str(labels.RISK_TOPICS[row.topic]),
            answer=str(labels.RISK_ANSWERS[row.answer]),
            mitigation=row.mitigation,
            who=names.get(row.by_id, ""),
            at=row.at,
            tone="open" if is_open else "beam" if row.answer == "yes" else "",
            is_open=is_open,
        )


def risk_lines(sheet: queries.Sheet, names: Mapping[int, str]) -> list[RiskLine]:
    """All topics of a sheet, those without an answer too."""
    waiting = set(queries.open_risks(sheet))
    return [
        RiskLine.of(sheet[topic], names, is_open=topic in waiting)
        if topic in sheet
        else RiskLine(topic, str(labels.RISK_TOPICS[topic]), "", "", "", None, "open", is_open=True)
        for topic in RISK_TOPICS
    ]
