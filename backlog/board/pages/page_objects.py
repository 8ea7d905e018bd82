"""What a board shows: its sprint, its lanes, its filters; a constant number of queries."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for
from markupsafe import Markup
from sqlalchemy import and_, bindparam, func, or_, select

from backlog.board import queries, rules
from backlog.board.labels import TYPES
from backlog.board.models import Assignment, Column, Item
from backlog.board.pages import cards
from backlog.board.pages.behind import chosen_from
from backlog.board.pages.chips import Chip, chips
from backlog.board.pages.sprint_head import Head, head_of, marks_of, running
from backlog.done.models import ITEM_TYPES
from backlog.journal.models import Fact
from backlog.kernel.codes import read_id
from backlog.kernel.database import read
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import scope_of
from backlog.people.models import SquadMember, User
from backlog.people.policy import may
from backlog.sprints.models import ScopeRow, Sprint
from backlog.web.project_bar import ProjectBar, project_bar
from backlog.web.shell import filled, slot

IN_SPRINT = select(ScopeRow.item_id).where(ScopeRow.sprint_id == bindparam("only_for"), ScopeRow.left_at.is_(None))


@dataclass(frozen=True)
class Lane:
    """A column (id, name, wip_limit, policy), how many stand in it, and the cards drawn, encoded."""

    column: Any
    count: int
    points: float
    drawn: Sequence[bytes]
    more: int | None
    full: bool
    over: bool
    free: int

    @property
    def cards(self) -> Markup:
        """The place of its cards: `drawn_page` puts them there."""
        return slot(str(self.column.id))


@dataclass(frozen=True)
class BoardPage:
    """A board."""

    project: Project
    bar: ProjectBar
    head: Head | None
    lanes: list[Lane]
    people: list[tuple[int, str]]
    members: list[str]
    chosen: dict[str, str]
    narrowed: dict[str, str]
    view: str
    filtered: bool
    chips: list[Chip]
    since: int
    live_url: str
    may_create: bool
    may_manage_columns: bool
    may_manage_sprints: bool
    may_record: bool

    @property
    def types(self) -> list[tuple[str, str]]:
        """The types of items, in words."""
        return [(value, str(label)) for value, label in TYPES.items()]

    @property
    def filters_shown(self) -> Hashable:
        """All that the form of the filters draws."""
        said = (*self.chosen.items(), *self.narrowed.items())
        return (self.project.key, *said, self.view, self.filtered, self.head is None, *self.people)

    def shown_in(self, lane: Lane) -> Hashable:
        """All that a lane draws beside its cards."""
        where = (self.project.key, *self.chosen.items(), self.may_create)
        return (*where, tuple(lane.column), lane.count, lane.points, lane.more, lane.full, lane.over, lane.free)

    @property
    def matches(self) -> int:
        """How many cards are drawn."""
        return sum(len(each.drawn) for each in self.lanes)

    @property
    def total(self) -> int:
        """How many stand on the board, filters aside."""
        return sum(each.count for each in self.lanes)


def chosen_filters() -> dict[str, str]:
    """The filters in the address, those that mean something."""
    return chosen_from(request.args)


def filters_of(project: Project, chosen: dict[str, str], actor: User, sprint: Sprint | None) -> queries.Filters:
    """The same as a query narrows by."""
    wanted = actor.id if "mine" in chosen else read_id(chosen.get("person"))
    within = sprint if chosen.get("view") != "all" else None
    return queries.Filters(
        project_id=project.id,
        assignee_id=wanted,
        type=chosen["type"] if chosen.get("type") in ITEM_TYPES else None,
        blocked=True if "blocked" in chosen else None,
        tag=chosen.get("tag"),
        q=chosen.get("q"),
        only=IN_SPRINT if within else None,
        only_for=within.id if within else None,
    )


def counted(project_id: int) -> list[tuple[Any, int, float]]:
    """Columns with how many stand in each and their points: one query."""
    return _newest_and_counted(project_id)[1]


def _newest_and_counted(project_id: int) -> tuple[int, list[tuple[Any, int, float]]]:
    """The newest fact, after which news are asked for, and the columns: one query."""
    rows = read(_counting(), project_id=project_id)
    return (rows[0][2] if rows else 0), [(row, row[0], float(row[1])) for row in rows]


@cache
def _counting() -> Any:
    here = (Item.column_id == Column.id) & Item.archived_at.is_(None)
    count = select(func.count()).select_from(Item).where(here).correlate(Column).scalar_subquery()
    points = select(func.coalesce(func.sum(Item.points), 0.0)).where(here).correlate(Column).scalar_subquery()
    newest = select(func.coalesce(func.max(Fact.id), 0)).scalar_subquery()
    query = select(count, points, newest, Column.id, Column.name, Column.wip_limit, Column.policy)
    query = query.where(Column.project_id == bindparam("project_id"), Column.removed_at.is_(None))
    return query.order_by(Column.position, Column.id)


def lane_of(column: Any, count: int, points: float, drawn: Sequence[bytes], more: int | None = None) -> Lane:
    """A lane and how it stands to its limit."""
    load = rules.load(count, column.wip_limit)
    free = max(0, column.wip_limit - count) if column.wip_limit is not None else 0
    return Lane(column, count, points, drawn, more, load != "below", load == "over", free)


def drawn_page(template: str, page: "BoardPage", **values: Any) -> bytes:
    """A template that shows the lanes of a board, with their cards."""
    html = render_template(template, page=page, **values)
    return filled(html, {str(each.column.id): each.drawn for each in page.lanes})


def board_page(actor: User, project: Project) -> BoardPage:
    """Everything a board shows."""
    chosen = chosen_filters()
    since, columns = _newest_and_counted(project.id)
    sprint, scope = running(project.id)
    names, members = _people(project)
    filters = filters_of(project, chosen, actor, sprint)
    rows = cards.rows_of([each[0].id for each in columns], filters)
    rights, own = scope_of(project), _by_column(rows)
    drawn = cards.draw(rows, project.key, names, marks_of(scope), may_move=may(actor, "item.move", rights))
    return BoardPage(
        project=project,
        bar=project_bar(project, "board"),
        head=head_of(sprint, scope, actor.time_zone) if sprint else None,
        lanes=[_lane(each, own[each[0].id], drawn) for each in columns],
        people=sorted(names.items(), key=lambda pair: pair[1]),
        members=members,
        chosen=chosen,
        narrowed=_taken_out(filters),
        view=chosen.get("view", "sprint") if sprint else "all",
        filtered=bool(set(chosen) - {"view"}),
        chips=chips(project.key, chosen, names.items()) if chosen else [],
        since=since,
        live_url=f"{url_for('board.news', key=project.key)}?{urlencode(chosen)}",
        may_create=may(actor, "item.create", rights),
        may_manage_columns=may(actor, "column.manage", rights),
        may_manage_sprints=may(actor, "sprint.manage", rights),
        may_record=may(actor, "ceremony.record", rights),
    )


def _taken_out(filters: queries.Filters) -> dict[str, str]:
    """What the board shows, as filters of the list of items: for taking it out."""
    named = {name: getattr(filters, name) for name in ("project_id", "assignee_id", "type", "tag", "q")}
    named |= {"blocked": "true" if filters.blocked else None, "sprint_id": filters.only_for}
    return {name: str(value) for name, value in named.items() if value}


def _by_column(rows: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=itemgetter(0, 1)):  # order_key, id
        found[row.column_id].append(row)
    return found


def _lane(counts: tuple[Any, int, float], own: Sequence[Any], drawn: dict[int, bytes]) -> Lane:
    column, count, points = counts
    more = own[cards.MOST_DRAWN - 1].id if len(own) > cards.MOST_DRAWN else None
    return lane_of(column, count, points, [drawn[row.id] for row in own[: cards.MOST_DRAWN]], more)


def _people(project: Project) -> tuple[dict[int, str], list[str]]:
    """Names by id of the squad and of those who work on its items; and the squad's alone."""
    rows = read(_working(), project_id=project.id, squad_id=project.squad_id)
    return {row.id: row.name for row in rows}, [row.name for row in rows if row.member is not None]


@cache
def _working() -> Any:
    working = select(Assignment.user_id).join(Item, Item.id == Assignment.item_id)
    working = working.where(Item.project_id == bindparam("project_id"))
    member = and_(SquadMember.user_id == User.id, SquadMember.squad_id == bindparam("squad_id"))
    query = select(User.id, User.name, SquadMember.id.label("member")).outerjoin(SquadMember, member)
    return query.where(or_(SquadMember.id.is_not(None), User.id.in_(working)))
