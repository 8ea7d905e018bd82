"""The heads of the backlog's columns: what each is called, and what a press on it sorts by."""

from dataclasses import dataclass

from flask_babel import gettext

from backlog.usecases import labels, queries
from backlog.usecases.pages.asked import Asked
from backlog.usecases.rules.scores import VALUE_KINDS
from backlog.usecases.rules.views import COLUMNS, SORTS, turned

NUMBERS = {"value", "effort", "votes", "alignment"}


@dataclass(frozen=True)
class Head:
    """One head: its words, whether figures stand under it, its present order and the address of the next one."""

    label: str
    number: bool = False
    sort: str = ""
    url: str = ""


def heads(asked: Asked, ranked: queries.Ranked) -> dict[str, Head]:
    """Every head by its column, the rank's and the title's too."""
    has_values = ranked.model.kind in VALUE_KINDS
    words = {name: str(word) for name, word in labels.COLUMNS.items()}
    months = ranked.horizon_months
    net = gettext("Net value, %(months)s months", months=months)
    words["value"] = net if has_values else str(labels.KINDS[ranked.model.kind])
    found = {name: _head(name, words[name], asked) for name in COLUMNS}
    found["title"] = _head("title", str(gettext("Use case")), asked)
    rank = gettext("Rank and its range") if has_values else gettext("Rank")
    is_usual = not asked.sort
    found["rank"] = Head(str(rank), sort="ascending" if is_usual else "", url="" if is_usual else asked.url(sort=""))
    return found


def _head(name: str, label: str, asked: Asked) -> Head:
    if name not in SORTS:
        return Head(label, name in NUMBERS)
    present = {name: "ascending", f"-{name}": "descending"}.get(asked.sort, "")
    return Head(label, name in NUMBERS, present, asked.url(sort=turned(name, asked.sort)))
