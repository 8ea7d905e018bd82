"""The form of the risk and compliance sheet."""

from typing import Any

from flask_babel.speaklater import LazyString
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from backlog.usecases import labels
from backlog.usecases.models import RISK_TOPICS, UseCase
from backlog.usecases.queries import Sheet
from backlog.web.fields import prose
from backlog.web.forms import PageForm
from backlog.web.words import gettext


class RisksForm(PageForm):
    """An answer and what is done about it for each topic; the fields are set below."""

    def show(self, use_case: UseCase, sheet: Sheet) -> None:
        """Begin with what was said last."""
        for topic, row in sheet.items():
            self[f"{topic}_answer"].data = row.answer
            self[f"{topic}_mitigation"].data = row.mitigation
        self.version.data = str(use_case.version)

    def answers(self) -> dict[str, dict[str, str]]:
        """What the action takes: the topics that were answered."""
        given = [topic for topic in RISK_TOPICS if self[f"{topic}_answer"].data]
        return {
            topic: {"answer": self[f"{topic}_answer"].data, "mitigation": self[f"{topic}_mitigation"].data or ""}
            for topic in given
        }

    @property
    def rows(self) -> list[tuple[str, str, Any, Any]]:
        """Topic, question, and the two fields."""
        return [
            (topic, str(labels.RISK_QUESTIONS[topic]), self[f"{topic}_answer"], self[f"{topic}_mitigation"])
            for topic in RISK_TOPICS
        ]


def _answer(topic: str) -> RadioField:
    choices = [SelectChoice(word, label) for word, label in labels.RISK_ANSWERS.items()]
    return RadioField(labels.RISK_TOPICS[topic], [Optional()], choices=choices, validate_choice=True)


def _label(topic: str) -> str:
    return gettext("%(topic)s: what is done about it", topic=labels.RISK_TOPICS[topic])


for _topic in RISK_TOPICS:
    setattr(RisksForm, f"{_topic}_answer", _answer(_topic))
    setattr(RisksForm, f"{_topic}_mitigation", prose(LazyString(_label, _topic), most=2_000))
