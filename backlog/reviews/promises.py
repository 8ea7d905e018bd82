"""What a sprint, or all of a project's, promised and delivered; of closed ones as it was frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from backlog.board.models import Item
from backlog.kernel.database import session
from backlog.lighthouse.models import Project
from backlog.sprints.models import ScopeRow, Sprint


@dataclass(frozen=True)
class Promise:
    """One item of a sprint: committed or added later, done or not, and by which exception."""

    code: str
    title: str
    points: float | None
    committed: bool
    done: bool
    left: bool
    override_reason: str
    blocked_reason: str


def promises_of(project: Project, sprint: Sprint | None, until: datetime) -> list[Promise]:
    """The promises of a sprint, or of every sprint of a project that had begun `until` then; by the items' numbers."""
    sprints = [sprint] if sprint is not None else _begun(project, until)
    rows = _rows(sprints)
    found: dict[str, Promise] = {}
    for each in sprints:
        for promise in _of_sprint(project, each, rows.get(each.id, []), until):
            found[promise.code] = promise
    return sorted(found.values(), key=lambda each: int(each.code.rpartition("-")[2]))


def points_of(promises: Sequence[Promise]) -> float:
    """The sum of their points."""
    return sum(each.points or 0 for each in promises)


def _begun(project: Project, until: datetime) -> list[Sprint]:
    query = select(Sprint).where(Sprint.project_id == project.id, Sprint.started_at <= until)
    return list(session.scalars(query.order_by(Sprint.number)))


def _rows(sprints: Sequence[Sprint]) -> dict[int, list[tuple[ScopeRow, Item]]]:
    """What was ever in these sprints, each sprint's by entry."""
    query = select(ScopeRow, Item).join(Item, Item.id == ScopeRow.item_id)
    found: dict[int, list[tuple[ScopeRow, Item]]] = {}
    for row, item in session.execute(
        query.where(ScopeRow.sprint_id.in_([s.id for s in sprints])).order_by(ScopeRow.id)
    ):
        found.setdefault(row.sprint_id, []).append((row, item))
    return found


def _of_sprint(
    project: Project, sprint: Sprint, rows: Sequence[tuple[ScopeRow, Item]], until: datetime
) -> list[Promise]:
    """What the sprint held last, and what was taken out of it after it had begun."""
    newest = {item.id: (row, item) for row, item in rows if row.entered_at <= until}
    frozen = {each["id"]: each for each in (sprint.figures or {}).get("items", [])}
    kept = [_frozen(each) for each in frozen.values()]
    end = min(sprint.closed_at or until, until)
    live = [
        _promise(project, row, item, end)
        for row, item in newest.values()
        if item.id not in frozen and not _never_begun(sprint, row)
    ]
    return kept + live


def _never_begun(sprint: Sprint, row: ScopeRow) -> bool:
    """Whether an item was taken out while the sprint was only planned: nothing was promised of it."""
    return row.left_at is not None and (sprint.started_at is None or row.left_at < sprint.started_at)


def _promise(project: Project, row: ScopeRow, item: Item, end: datetime) -> Promise:
    return Promise(
        code=f"{project.key}-{item.number}",
        title=item.title,
        points=item.points if row.points_at_start is None else row.points_at_start,
        committed=row.committed,
        done=item.done_at is not None and item.done_at <= end,
        left=row.left_at is not None,
        override_reason=item.override_reason or "",
        blocked_reason=item.blocked_reason,
    )


def _frozen(kept: dict[str, Any]) -> Promise:
    """An item as its sprint left it."""
    return Promise(
        code=kept["code"],
        title=kept["title"],
        points=kept["points"],
        committed=kept["committed"],
        done=kept["done"],
        left=False,
        override_reason=kept["override_reason"] or "",
        blocked_reason=kept.get("blocked_reason", ""),
    )
