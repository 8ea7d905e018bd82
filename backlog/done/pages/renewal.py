"""Move open items to the newest version, after seeing which ticks go along and which lines open."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backlog.board import actions as board
from backlog.board import queries as items
from backlog.board.labels import TYPES
from backlog.board.models import Item, Tick
from backlog.done import queries
from backlog.done.models import ITEM_TYPES, Criterion, DoneDefinition
from backlog.done.pages.definitions import blueprint, older_items
from backlog.kernel.refusal import Missing
from backlog.lighthouse.queries import find_by_key, scope_of
from backlog.people.policy import may
from backlog.web.project_bar import project_bar
from backlog.web.routing import actor, allows
from backlog.web.shell import tell
from backlog.web.words import gettext, ngettext


@dataclass(frozen=True)
class Preview:
    """An item that may take the newest version: its lines there, with the ticks that go along, and the ticks that fall away."""

    item: Item
    code: str
    lines: list[tuple[Criterion, Tick | None]]
    lost: list[str]

    @property
    def kept(self) -> int:
        """How many lines keep their tick."""
        return sum(tick is not None for _, tick in self.lines)

    @property
    def open(self) -> list[str]:
        """The required lines that will be open."""
        return [line.text for line, tick in self.lines if tick is None and line.required]


@blueprint.get("/projects/<key>/done/<item_type>/renew")
@allows("item.edit")
def preview(key: str, item_type: str) -> str:
    """What would change on each item, before anything does."""
    project = find_by_key(actor(), key)
    newest = queries.find_newest(project.id, _known(item_type))
    if newest is None:
        raise Missing
    found = [_preview(each, f"{project.key}-{each.number}", newest) for each in older_items(project, item_type)]
    return render_template(
        "done/renew.html",
        project=project,
        bar=project_bar(project, "board"),
        item_type=item_type,
        label=str(TYPES[item_type]),
        newest=newest,
        items=found,
        may_renew=may(actor(), "item.edit", scope_of(project)),
    )


def _known(item_type: str) -> str:
    if item_type not in ITEM_TYPES:
        raise Missing
    return item_type


def _preview(item: Item, code: str, newest: DoneDefinition) -> Preview:
    lines = items.carried(item, newest)
    kept = {tick.id for _, tick in lines if tick is not None}
    texts = {line.id: line.text for line in queries.criteria_of(item.definition_id)}
    lost = [tick for tick in items.standing_ticks(item.id) if tick.criterion_id in texts and tick.id not in kept]
    return Preview(item, code, lines, [texts[tick.criterion_id] for tick in lost])


@blueprint.post("/projects/<key>/done/<item_type>/renew")
@allows("item.edit")
def renew(key: str, item_type: str) -> Response:
    """Move the chosen open items to the newest version."""
    project, chosen = find_by_key(actor(), key), set(request.form.getlist("item_id"))
    moved = [each for each in older_items(project, _known(item_type)) if str(each.id) in chosen]
    for item in moved:
        board.take_newest_definition(actor(), item)
    told = ngettext(
        "%(num)s item follows the newest version now.", "%(num)s items follow the newest version now.", len(moved)
    )
    tell(told if moved else gettext("No item was chosen; nothing was changed."))
    return redirect(url_for("done_definitions.index", key=project.key), 303)
