"""The form of what a mark means."""

from typing import Any

from flask_babel.speaklater import LazyString
from wtforms import StringField

from backlog.people.actions.settings import ANCHORED, LONGEST_ANCHOR
from backlog.people.models import Organisation
from backlog.usecases import labels
from backlog.web.fields import text
from backlog.web.forms import PageForm
from backlog.web.words import gettext


class AnchorsForm(PageForm):
    """A line for each mark of each figure, set below; an empty one means our own words."""

    def show(self, settings: Organisation) -> None:
        """Fill in the organisation's words."""
        for figure, words in settings.anchors.items():
            for mark, said in words.items():
                self[f"{figure}_{mark}"].data = said
        self.version.data = str(settings.version)

    def anchors(self) -> dict[str, dict[str, str]]:
        """What the action takes."""
        marks = {figure: [str(mark) for mark in labels.ANCHORS[figure]] for figure in ANCHORED}
        return {
            figure: {mark: self[f"{figure}_{mark}"].data or "" for mark in found} for figure, found in marks.items()
        }

    @property
    def groups(self) -> list[tuple[str, list[tuple[Any, str]]]]:
        """Each figure with its lines from 5 to 1, and our own words for them."""
        return [
            (
                str(labels.FIGURES[figure]),
                [(self[f"{figure}_{mark}"], str(labels.ANCHORS[figure][mark])) for mark in range(5, 0, -1)],
            )
            for figure in ANCHORED
        ]


def _line(figure: str, mark: int) -> StringField:
    return text(LazyString(_label, figure, mark), most=LONGEST_ANCHOR)


def _label(figure: str, mark: int) -> str:
    return gettext("%(figure)s %(mark)s", figure=labels.FIGURES[figure], mark=mark)


for _figure in ANCHORED:
    for _mark in labels.ANCHORS[_figure]:
        setattr(AnchorsForm, f"{_figure}_{_mark}", _line(_figure, _mark))
