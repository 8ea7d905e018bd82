"""A way into a column that was refused, beside dragging: what was tried is kept, and what may open it is asked for."""

from dataclasses import dataclass, field

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from backlog.board import queries
from backlog.board.models import Column
from backlog.board.pages.behind import wants_parts
from backlog.kernel.database import session
from backlog.kernel.language import say_refusal
from backlog.kernel.refusal import Refusal
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import scope_of
from backlog.people.policy import may
from backlog.web.project_bar import ProjectBar, project_bar
from backlog.web.routing import actor


@dataclass(frozen=True)
class Way:
    """What was tried: `sent` goes along again; `title` and `columns` may be chosen anew where a card is made."""

    heading: str
    back_url: str
    sent: dict[str, str] = field(default_factory=dict)
    title: str | None = None
    column_id: str = ""


@dataclass(frozen=True)
class Refused:
    """A refused way as it is drawn."""

    way: Way
    bar: ProjectBar
    action: str
    sentence: str
    reason: str
    override_reason: str
    asks_reason: bool
    asks_override: bool
    columns: list[Column]

    @property
    def may_be_tried(self) -> bool:
        """Whether something this person can say opens it."""
        return self.asks_reason or self.asks_override or self.way.title is not None


def refused_way(project: Project, refusal: Refusal, way: Way) -> Response:
    """Say why, with everything that was typed; as a dialog over the page, or as a page of its own."""
    session.rollback()
    is_open = refusal.code == "item.not_done"
    refused = Refused(
        way,
        project_bar(project, "board"),
        request.full_path.removesuffix("?"),
        say_refusal(refusal.code, refusal.facts),
        request.form.get("reason", ""),
        request.form.get("override_reason", ""),
        asks_reason=refusal.facts.get("limit") is not None,
        asks_override=is_open and may(actor(), "item.override", scope_of(project)),
        columns=queries.columns_of(project.id) if way.title is not None else [],
    )
    name = "board/_refused_way.html" if wants_parts() else "board/refused_way.html"
    return make_response(render_template(name, refused=refused), 409)
