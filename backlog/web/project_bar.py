"""The bar of a project: its key, name, state, and the ways inside it that exist."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from flask import current_app, request, url_for

from backlog.kernel.language import marked
from backlog.web import locale
from backlog.web.ways import Way

STATES = {
    "draft": marked("Draft"),
    "running": marked("Running"),
    "delivered": marked("Delivered"),
    "scaled": marked("Scaled"),
    "stopped": marked("Stopped"),
}
# name of the tab, endpoint, label, whether everyday work has it too
PLACES = (
    ("gate", "projects.show", marked("Gate"), False),
    ("board", "board.show", marked("Board"), True),
    ("sprints", "sprints.index", marked("Sprints"), True),
    ("kpis", "projects.kpis", marked("KPIs"), True),
    ("value", "value.show", marked("Value"), False),
    ("reviews", "reviews.of_project", marked("Reviews"), True),
)
MOST_KEPT = 200


class Known(Protocol):
    """What the bar needs to know of a project."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def status(self) -> str: ...


@dataclass(frozen=True)
class ProjectBar:
    """What templates/projects/_bar.html draws."""

    key: str
    name: str
    state: str
    url: str
    tabs: list[Way]


def state_label(status: str) -> str:
    """A project's status in the reader's language."""
    return str(STATES[status])


def project_bar(project: Known, current: str = "") -> ProjectBar:
    """The bar; `current` names the tab one is on (gate, board, sprints, kpis, value, reviews)."""
    kept: dict[tuple[str, ...], ProjectBar] = current_app.extensions.setdefault("project_bars", {})
    shown = (project.key, project.name, project.status, project.kind, current)
    at = (request.script_root, locale.current(), *shown)
    if at not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        home = url_for("projects.show", key=project.key)
        tabs = list(_tabs(project, current))
        kept[at] = ProjectBar(project.key, project.name, state_label(project.status), home, tabs)
    return kept[at]


def _tabs(project: Known, current: str) -> Iterable[Way]:
    for name, endpoint, label, everyday in PLACES:
        if endpoint not in current_app.view_functions or (project.kind == "everyday" and not everyday):
            continue
        yield Way(str(label), url_for(endpoint, key=project.key), name == current)
