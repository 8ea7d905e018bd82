"""Reading sprints: scope, figures, burndown, velocity."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from backlog.board import queries as board
from backlog.board.models import Item
from backlog.kernel import clock, paging
from backlog.kernel.clock import day_of
from backlog.kernel.database import session
from backlog.kernel.listing import Listing
from backlog.kernel.refusal import Missing
from backlog.kernel.text import fold
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import scope_of as scope_of_project
from backlog.lighthouse.queries import visible_project_ids
from backlog.people.models import User
from backlog.people.policy import Scope, may_see
from backlog.people.queries import organisation
from backlog.sprints import rules
from backlog.sprints.models import Ceremony, ScopeRow, Sprint
from backlog.sprints.rules.burndown import VELOCITY_SPRINTS


def project_of(sprint: Sprint) -> Project:
    """The project of a sprint."""
    return session.get_one(Project, sprint.project_id)


def scope_of(sprint: Sprint) -> Scope:
    """Who may do what with a sprint: its project's matter."""
    return scope_of_project(project_of(sprint))


def get_sprint(actor: User, sprint_id: int) -> Sprint:
    """A sprint the actor may see; Missing otherwise."""
    sprint = session.get(Sprint, sprint_id)
    if sprint is None or not may_see(actor, scope_of(sprint)):
        raise Missing
    return sprint


def visible_sprints(actor: User, ids: list[int]) -> set[int]:
    """Those of the sprints the actor may see (a subject of facts and comments)."""
    query = select(Sprint.id).where(Sprint.id.in_(ids), Sprint.project_id.in_(visible_project_ids(actor)))
    return set(session.scalars(query))


SPRINTS = Listing(
    filters={"project_id": Sprint.project_id, "state": Sprint.state},
    texts=(Sprint.goal,),
    sorts={
        "id": Sprint.id,
        "number": Sprint.number,
        "starts_on": Sprint.starts_on,
        "state": Sprint.state,
        "committed_points": Sprint.committed_points,
        "started_at": Sprint.started_at,
        "closed_at": Sprint.closed_at,
        "created_at": Sprint.created_at,
    },
)
CEREMONIES_HELD = Listing(
    filters={"sprint_id": Ceremony.sprint_id, "kind": Ceremony.kind, "held_by_id": Ceremony.by_id},
    texts=(),
    sorts={"id": Ceremony.id, "held_at": Ceremony.at, "kind": Ceremony.kind},
)


def page_of_sprints(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> paging.Page:
    """One page of the sprints the actor may see, oldest first."""
    query = select(Sprint).where(Sprint.project_id.in_(visible_project_ids(actor)))
    return SPRINTS.page(query, filters, after, size)


def sprints_of(project_id: int) -> list[Sprint]:
    """All sprints of a project, newest first."""
    return list(session.scalars(select(Sprint).where(Sprint.project_id == project_id).order_by(Sprint.number.desc())))


def find_active(project_id: int) -> Sprint | None:
    """The sprint that runs (R6: one at most)."""
    return session.scalar(select(Sprint).where(Sprint.project_id == project_id, Sprint.state == "active"))


def find_next_planned(project_id: int) -> Sprint | None:
    """The planned sprint that comes next."""
    query = select(Sprint).where(Sprint.project_id == project_id, Sprint.state == "planned")
    return session.scalar(query.order_by(Sprint.number).limit(1))


def find_last(project_id: int) -> Sprint | None:
    """The sprint with the highest number."""
    query = select(Sprint).where(Sprint.project_id == project_id)
    return session.scalar(query.order_by(Sprint.number.desc()).limit(1))


def open_rows(sprint_id: int) -> list[ScopeRow]:
    """The items that are in a sprint now."""
    query = select(ScopeRow).where(ScopeRow.sprint_id == sprint_id, ScopeRow.left_at.is_(None))
    return list(session.scalars(query.order_by(ScopeRow.id)))


def rows_of(sprint_ids: Iterable[int]) -> dict[int, list[ScopeRow]]:
    """All times of items in sprints, those that ended too."""
    rows: dict[int, list[ScopeRow]] = defaultdict(list)
    query = select(ScopeRow).where(ScopeRow.sprint_id.in_(list(sprint_ids))).order_by(ScopeRow.id)
    for row in session.scalars(query):
        rows[row.sprint_id].append(row)
    return rows


def find_open_row(item_id: int) -> ScopeRow | None:
    """Where an item is now."""
    return session.scalar(select(ScopeRow).where(ScopeRow.item_id == item_id, ScopeRow.left_at.is_(None)))


def sprints_of_items(item_ids: Iterable[int]) -> dict[int, int]:
    """In which sprint each item is now."""
    query = select(ScopeRow.item_id, ScopeRow.sprint_id)
    rows = session.execute(query.where(ScopeRow.item_id.in_(list(item_ids)), ScopeRow.left_at.is_(None)))
    return {row.item_id: row.sprint_id for row in rows}


def sprints_an_item_was_in(item_id: int) -> list[Sprint]:
    """Every sprint of an item, oldest first."""
    ids = select(ScopeRow.sprint_id).where(ScopeRow.item_id == item_id)
    return list(session.scalars(select(Sprint).where(Sprint.id.in_(ids)).order_by(Sprint.id)))


def times_in_sprints(item_ids: Iterable[int]) -> dict[int, int]:
    """In how many sprints each item was."""
    query = select(ScopeRow.item_id, func.count(func.distinct(ScopeRow.sprint_id)))
    rows = session.execute(query.where(ScopeRow.item_id.in_(list(item_ids))).group_by(ScopeRow.item_id))
    return {row[0]: row[1] for row in rows}


def items_of_sprint(sprint_id: int) -> Select[Any]:
    """A subquery of the ids of a sprint's items: those in it, or in it when it was closed."""
    at_close = and_(Sprint.closed_at.is_not(None), ScopeRow.left_at >= Sprint.closed_at)
    query = select(ScopeRow.item_id).join(Sprint, Sprint.id == ScopeRow.sprint_id)
    return query.where(ScopeRow.sprint_id == sprint_id, or_(ScopeRow.left_at.is_(None), at_close))


def items_in(sprint: Sprint) -> list[Item]:
    """A sprint's items in the order of the board."""
    query = select(Item).where(Item.id.in_(items_of_sprint(sprint.id))).order_by(Item.order_key, Item.id)
    return list(session.scalars(query))


def scope_items(sprint: Sprint, zone: str) -> list[rules.ScopeItem]:
    """What the arithmetic of points reads: in and out by day, and when each item's definition held."""
    rows = rows_of([sprint.id]).get(sprint.id, [])
    ids = {row.item_id for row in rows}
    points = {row.id: row.points for row in session.execute(select(Item.id, Item.points).where(Item.id.in_(ids)))}
    histories = board.histories_of(ids)
    return [_scope_item(sprint, row, points.get(row.item_id), histories.get(row.item_id, []), zone) for row in rows]


def _scope_item(
    sprint: Sprint, row: ScopeRow, points: float | None, history: Sequence[tuple[Any, str]], zone: str
) -> rules.ScopeItem:
    entered = day_of(row.entered_at, zone)
    left = row.left_at
    if left is not None and sprint.closed_at is not None and left >= sprint.closed_at:
        left = None  # it stayed to the end
    span = rules.Span(
        min(entered, sprint.starts_on) if row.committed else entered, day_of(left, zone) if left else None
    )
    promised = (row.points_at_start or 0.0) if row.committed else None
    return rules.ScopeItem(points or 0.0, span, _done_spans(history, zone), committed=row.committed, at_start=promised)


def _done_spans(history: Sequence[tuple[Any, str]], zone: str) -> tuple[rules.Span, ...]:
    spans: list[rules.Span] = []
    since: date | None = None
    for at, category in history:
        if category == "done" and since is None:
            since = day_of(at, zone)
        elif category != "done" and since is not None:
            spans.append(rules.Span(since, day_of(at, zone)))
            since = None
    return tuple(spans) if since is None else (*spans, rules.Span(since))


def as_of(sprint: Sprint, zone: str) -> date:
    """The day up to which a sprint's figures are known."""
    return day_of(sprint.closed_at, zone) if sprint.closed_at is not None else clock.today(zone)


def burndown_of(sprint: Sprint, zone: str = clock.DEFAULT_ZONE) -> list[rules.Day]:
    """A sprint's days: of a closed one as frozen, of others as of today."""
    if sprint.figures is not None:
        return [
            rules.Day(
                date.fromisoformat(day["date"]), *(day[f"{name}_points"] for name in ("remaining", "scope", "ideal"))
            )
            for day in sprint.figures["burndown"]
        ]
    items = scope_items(sprint, zone)
    if sprint.state == "planned":
        items = [
            rules.ScopeItem(each.points, rules.Span(sprint.starts_on), each.done)
            for each in items
            if each.scope.until_on is None
        ]
    return rules.burndown(sprint.starts_on, sprint.ends_on, items, as_of(sprint, zone), *organisation().calendar)


def done_points(sprints: Sequence[Sprint]) -> dict[int, float]:
    """Points done in each sprint: of closed ones as frozen, of others as they stand."""
    found = {each.id: float(each.figures["done"]) for each in sprints if each.figures is not None}
    query = select(ScopeRow.sprint_id, func.sum(Item.points)).join(Item, Item.id == ScopeRow.item_id)
    live = [each.id for each in sprints if each.figures is None]
    query = query.where(ScopeRow.sprint_id.in_(live), ScopeRow.left_at.is_(None), Item.done_at.is_not(None))
    found |= {row[0]: float(row[1] or 0) for row in session.execute(query.group_by(ScopeRow.sprint_id))}
    return {each.id: found.get(each.id, 0.0) for each in sprints}


def velocity_of(project_id: int) -> float | None:
    """The mean of the last three closed sprints' done points."""
    query = (
        select(Sprint).where(Sprint.project_id == project_id, Sprint.state == "closed").order_by(Sprint.number.desc())
    )
    closed = list(session.scalars(query.limit(VELOCITY_SPRINTS)))
    return rules.velocity([each.figures["done"] for each in reversed(closed) if each.figures is not None])


def page_of_ceremonies(
    sprint: Sprint, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int
) -> paging.Page:
    """A sprint's meetings, oldest first."""
    query = select(Ceremony).where(Ceremony.sprint_id == sprint.id)
    if words := fold(filters.get("q") or ""):
        query = query.where(Ceremony.id.in_(_ceremonies_saying(words, query)))
    return CEREMONIES_HELD.page(query, {**filters, "q": None}, after, size)


def _ceremonies_saying(words: str, query: Select[Any]) -> list[int]:
    """Those with a note that holds the words: few enough in one sprint to be read."""
    said = {each.id: [text for note in each.notes for text in note.values()] for each in session.scalars(query)}
    return [one for one, texts in said.items() if any(words in fold(text) for text in texts if isinstance(text, str))]


def get_ceremony(sprint: Sprint, ceremony_id: int) -> Ceremony:
    """A meeting of this sprint; Missing under any other."""
    found = session.get(Ceremony, ceremony_id)
    if found is None or found.sprint_id != sprint.id:
        raise Missing
    return found


def items_in_any_sprint(project_id: int) -> Select[Any]:
    """A subquery of the ids of items that are in a sprint now."""
    query = select(ScopeRow.item_id).join(Sprint, Sprint.id == ScopeRow.sprint_id)
    return query.where(Sprint.project_id == project_id, ScopeRow.left_at.is_(None))


def item_by_code(actor: User, code: str) -> Item:
    """The item of a code."""
    return board.get_by_code(actor, code)[0]
