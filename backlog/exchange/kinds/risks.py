"""The risk and compliance sheet as columns: an answer and what is done about it for each topic."""

from typing import Any

from backlog.exchange.kinds.field import choice, text
from backlog.exchange.kinds.record import Record
from backlog.usecases.models import RISK_TOPICS
from backlog.usecases.queries import Sheet

ANSWERS = {
    "yes": ("yes", "是", "有"),
    "no": ("no", "否", "无", "没有"),
    "unknown": ("unknown", "不清楚", "尚不清楚", "待定"),
}
NAMES = {
    "personal_data": ("Personal data", "个人信息"),
    "decisions_about_people": ("Decisions about people", "对人的决策"),
    "data_leaving_company": ("Data leaving the company", "数据出公司"),
    "data_licence": ("Data under somebody else's licence", "受他人许可约束的数据"),
}
RISKS = [
    field
    for topic, (english, chinese) in NAMES.items()
    for field in (
        choice(topic, english, chinese, ANSWERS),
        text(f"{topic}_mitigation", f"{english}: what is done", f"{chinese}:如何应对"),
    )
]
COLUMNS = tuple(f"{topic}{end}" for topic in RISK_TOPICS for end in ("", "_mitigation"))


def answers_of(record: Record) -> dict[str, dict[str, str]]:
    """The topics a row answers, as the action takes them."""
    given = record.values
    return {
        topic: {"answer": given[topic], "mitigation": given.get(f"{topic}_mitigation", "")}
        for topic in RISK_TOPICS
        if given.get(topic)
    }


def cells_of(sheet: Sheet) -> dict[str, Any]:
    """A sheet as cells."""
    answers = {topic: row.answer for topic, row in sheet.items()}
    return answers | {f"{topic}_mitigation": row.mitigation for topic, row in sheet.items()}
