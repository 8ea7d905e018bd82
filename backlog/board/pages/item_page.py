"""What an item's page and dialog show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request

from backlog.board import queries
from backlog.board.actions.ticks import may_settle
from backlog.board.forms import EDITABLE, ItemForm
from backlog.board.labels import DOORS, TICKERS, TYPES
from backlog.board.models import AcceptanceLine, Column, Item, OverrideRequest, Tick
from backlog.board.pages.behind import behind
from backlog.board.pages.item_form import Conflict, near_form
from backlog.discussion.views import Discussion, comments_of
from backlog.done import queries as done
from backlog.done.models import Criterion
from backlog.journal.models import Fact
from backlog.journal.queries import of_subject
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.language import say_fact
from backlog.kpis.models import Kpi
from backlog.lighthouse.models import Project
from backlog.people.models import User
from backlog.people.policy import may
from backlog.people.queries import names_of
from backlog.sprints import queries as sprints
from backlog.sprints.models import Sprint
from backlog.usecases.models import UseCase
from backlog.web.markdown import may_link
from backlog.web.project_bar import ProjectBar, project_bar


@dataclass(frozen=True)
class Line:
    """A line of the Definition of Done and who settled it."""

    criterion: Criterion
    who: str
    at: datetime | None
    not_applicable: bool
    reason: str
    by_label: str
    may_settle: bool
    evidence: str

    @property
    def evidence_url(self) -> str:
        """Where the evidence is found, if it is a link."""
        is_link = self.evidence.startswith(("http://", "https://")) and may_link(self.evidence)
        return self.evidence if is_link else ""

    @property
    def is_settled(self) -> bool:
        """Whether it is ticked or set aside."""
        return self.at is not None


@dataclass(frozen=True)
class Happened:
    """A line of the history."""

    name: str
    what: str
    at: datetime
    is_move: bool
    door: str


@dataclass(frozen=True)
class ItemPage:
    """An item with all that hangs on it."""

    item: Item
    code: str
    project: Project
    bar: ProjectBar
    column: Column
    columns: list[Column]
    type_label: str
    version_number: int | None
    newer: bool
    lines: list[Line]
    acceptance: list[AcceptanceLine]
    names: dict[int, str]
    people: list[str]
    tags: list[str]
    sprint: Sprint | None
    sprints: list[Sprint]
    use_case: UseCase | None
    kpi: Kpi | None
    happened: list[Happened]
    discussion: Discussion
    next_column: Column | None
    may_edit: bool
    may_move: bool
    may_tick: bool
    may_override: bool
    may_restore: bool
    back_url: str
    here: str
    form: ItemForm | None
    saved: str
    conflict: Conflict | None
    is_mine: bool
    days_here: int
    request: OverrideRequest | None

    @property
    def open_count(self) -> int:
        """How many checks are still open."""
        return self.item.checks_total - self.item.checks_met

    @property
    def asked(self) -> OverrideRequest | None:
        """The request for an exception that waits for an answer."""
        return self.request if self.request and self.request.state == "open" else None

    @property
    def declined(self) -> OverrideRequest | None:
        """The request to which the last word was no."""
        return self.request if self.request and self.request.state == "declined" else None


def item_page(
    actor: User, item: Item, project: Project, form: ItemForm | None = None, conflict: Conflict | None = None
) -> ItemPage:
    """Everything an item's page shows; `form` holds what was typed where a field could not be saved."""
    facts = [each for each in of_subject("item", item.id) if not each.code.startswith("comment.")]
    acceptance = queries.acceptance_of([item.id]).get(item.id, [])
    standing = queries.standing_ticks(item.id)
    assignees = queries.assignees_of([item.id]).get(item.id, [])
    asked = queries.newest_request(item.id) if item.done_at is None and item.archived_at is None else None
    named = [f.actor_id for f in facts] + [a.met_by_id for a in acceptance] + [t.by_id for t in standing]
    named += [asked.by_id, asked.answered_by_id] if asked else []
    names = names_of([*named, *assignees, item.override_by_id, item.blocked_by_id])
    rights, saved, code = _rights(actor, item), request.args.get("saved", ""), f"{project.key}-{item.number}"
    at = behind(project.key, code)
    return ItemPage(
        item=item,
        code=code,
        project=project,
        bar=project_bar(project, "board"),
        type_label=str(TYPES[item.type]),
        lines=_lines(actor, item, standing, names),
        acceptance=acceptance,
        names=names,
        people=[names[each] for each in assignees],
        tags=queries.tags_of([item.id]).get(item.id, []),
        happened=[_happened(each, names) for each in facts],
        discussion=comments_of(actor, "item", item.id, _is_open(item, project)),
        back_url=at.back_url,
        here=at.here,
        form=form or (near_form(actor, item, project) if rights["may_edit"] else None),
        saved=saved if saved in EDITABLE else "",
        conflict=conflict,
        is_mine=actor.id in assignees,
        request=asked,
        days_here=max(0, (clock.now() - item.entered_column_at).days),
        **_aims(item),
        **_place(item, project),
        **_definition(item, project),
        **rights,
    )


def _is_open(item: Item, project: Project) -> bool:
    """Whether neither it nor its project is archived."""
    return item.archived_at is None and project.archived_at is None


def _aims(item: Item) -> dict[str, Any]:
    """What it is for: its use case, and the KPI it should move."""
    return {
        "use_case": session.get(UseCase, item.use_case_id) if item.use_case_id else None,
        "kpi": session.get(Kpi, item.kpi_id) if item.kpi_id else None,
    }


def _happened(fact: Fact, names: dict[int, str]) -> Happened:
    moved = fact.code in {"item.moved", "item.added"}
    door = "" if fact.door == "page" else str(DOORS[fact.door])
    return Happened(names.get(fact.actor_id or 0, "–"), say_fact(fact.code, fact.values), fact.at, moved, door)


def _lines(actor: User, item: Item, standing: list[Tick], names: dict[int, str]) -> list[Line]:
    """The Definition of Done, line by line, with who settled what."""
    ticks = {each.criterion_id: each for each in standing}
    allowed = may(actor, "item.tick", queries.scope_of_ticks(actor, item))
    lines = []
    for criterion in done.criteria_of(item.definition_id):
        tick = ticks.get(criterion.id)
        lines.append(
            Line(
                criterion,
                names.get(tick.by_id, "") if tick else "",
                tick.at if tick else None,
                tick.not_applicable if tick else False,
                tick.reason if tick else "",
                str(TICKERS[criterion.by]),
                may_settle(actor, item, criterion) and allowed,
                tick.evidence if tick else "",
            )
        )
    return lines


def _place(item: Item, project: Project) -> dict[str, Any]:
    """Where the item stands: its column and the next one, its sprint and all it was in."""
    columns = queries.columns_of(project.id)
    column = session.get_one(Column, item.column_id)
    was_in, row = sprints.sprints_an_item_was_in(item.id), sprints.find_open_row(item.id)
    return {
        "column": column,
        "columns": columns,
        "next_column": next((each for each in columns if each.position > column.position), None),
        "sprint": next((each for each in was_in if row and each.id == row.sprint_id), None),
        "sprints": was_in,
    }


def _definition(item: Item, project: Project) -> dict[str, Any]:
    """Which version of the Definition of Done it keeps, and whether there is a newer one to take."""
    newest = done.find_newest(project.id, item.type)
    kept = done.get_definition(project.id, item.definition_id) if item.definition_id else None
    is_newer = newest is not None and newest.id != item.definition_id and item.done_at is None
    return {"version_number": kept.number if kept else None, "newer": is_newer}


def _rights(actor: User, item: Item) -> dict[str, Any]:
    """What the actor may do with it."""
    scope, here = queries.scope_of(item), item.archived_at is None
    return {
        "may_edit": here and may(actor, "item.edit", scope),
        "may_move": here and may(actor, "item.move", scope),
        "may_tick": here and may(actor, "item.tick", queries.scope_of_ticks(actor, item)),
        "may_restore": not here and may(actor, "item.archive", scope),
        "may_override": may(actor, "item.override", scope),
    }
