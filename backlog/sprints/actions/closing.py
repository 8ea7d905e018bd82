"""Close a sprint: freeze its figures, and give each unfinished item its place."""

from typing import Any

from backlog.board import queries as board
from backlog.board.models import Item
from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Invalid, Refusal, expect_version, wrong
from backlog.people.models import User
from backlog.people.policy import require
from backlog.people.queries import organisation
from backlog.sprints import queries, rules
from backlog.sprints.actions.scope import enter, to_backlog
from backlog.sprints.actions.sprints import plan
from backlog.sprints.models import Sprint

PLACES = ("next", "backlog_top", "backlog_bottom")


def close(
    actor: User,
    sprint: Sprint,
    version: int | None = None,
    unfinished: str = "next",
    items: list[dict[str, Any]] | None = None,
    zone: str = clock.DEFAULT_ZONE,
) -> Sprint:
    """Close the active sprint; `items` says of single ones [{item_id, to}] where they go, `unfinished` of the others."""
    require(actor, "sprint.manage", queries.scope_of(sprint))
    hold(queries.project_of(sprint))
    hold(sprint)
    expect_version(sprint, version)
    if sprint.state != "active":
        raise Refusal("sprint.not_active")
    present = _held(sprint)
    places = _places(present, unfinished, items or [])
    sprint.figures = figures_of(sprint, present, zone)
    sprint.state, sprint.closed_at, sprint.closed_by_id = "closed", clock.now(), actor.id
    for row in queries.open_rows(sprint.id):
        row.left_at = sprint.closed_at
    session.flush()
    _send(actor, sprint, [item for item in present if item.done_at is None], places)
    told = {"number": sprint.number, "done": sprint.figures["done"], "scope": sprint.figures["scope"]}
    record(actor, "sprint.closed", ("sprint", sprint.id), project_id=sprint.project_id, **told)
    return sprint


def _held(sprint: Sprint) -> list[Item]:
    """Its items as they are now, held, so that none is finished or taken away while the figures are made."""
    for item in sorted(queries.items_in(sprint), key=lambda each: each.id):
        hold(item)
    return queries.items_in(sprint)


def _places(present: list[Item], unfinished: str, items: list[dict[str, Any]]) -> dict[int, str]:
    choices = wrong("value.unknown_choice", choices=list(PLACES))
    if unfinished not in PLACES:
        raise Invalid({"unfinished": [choices]})
    left = {item.id for item in present if item.done_at is None}
    chosen: dict[int, str] = {}
    for at, each in enumerate(items):
        if each["to"] not in PLACES:
            raise Invalid({f"items.{at}.to": [choices]})
        if each["item_id"] not in left:
            raise Invalid({f"items.{at}.item_id": [wrong("value.unknown_id")]})
        chosen[each["item_id"]] = each["to"]
    return {item_id: chosen.get(item_id, unfinished) for item_id in left}


def _send(actor: User, sprint: Sprint, left: list[Item], places: dict[int, str]) -> None:
    coming = None
    why = f"#{sprint.number}"
    if "next" in places.values():
        coming = queries.find_next_planned(sprint.project_id) or plan(actor, project_id=sprint.project_id)
    for item in left:
        if places[item.id] == "next" and coming is not None:
            enter(actor, coming, item.id)
        elif places[item.id] == "backlog_bottom":
            to_backlog(actor, item, why, top=False, always=True)
    for item in reversed(left):
        if places[item.id] == "backlog_top":
            to_backlog(actor, item, why, top=True, always=True)


def figures_of(sprint: Sprint, present: list[Item], zone: str) -> dict[str, Any]:
    """What is kept of a sprint for good: points, burndown, each item, and every exception made."""
    scoped = queries.scope_items(sprint, zone)
    today = queries.as_of(sprint, zone)
    points = rules.points_on(scoped, today)
    times = queries.times_in_sprints([item.id for item in present])
    rows = {row.item_id: row for row in queries.open_rows(sprint.id)}
    codes = board.codes_of([item.id for item in present])
    burndown = rules.burndown(sprint.starts_on, sprint.ends_on, scoped, today, *organisation().calendar)
    done = sum(item.points or 0.0 for item in present if item.done_at is not None)
    return {
        "committed": sprint.committed_points or 0.0,
        "added": points.added,
        "removed": points.removed,
        "scope": sum(item.points or 0.0 for item in present),
        "done": done,
        "capacity_days": queries.capacity_days([sprint])[sprint.id],
        "burndown": [_day(each) for each in burndown],
        "items": [
            _item(item, codes[item.id], times.get(item.id, 1), committed=rows[item.id].committed) for item in present
        ],
        "overrides": sum(item.override_reason is not None and item.done_at is not None for item in present),
    }


def _day(day: rules.Day) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "remaining_points": day.remaining_points,
        "scope_points": day.scope_points,
        "ideal_points": day.ideal_points,
    }


def _item(item: Item, code: str, sprints: int, *, committed: bool) -> dict[str, Any]:
    return {
        "id": item.id,
        "code": code,
        "title": item.title,
        "type": item.type,
        "points": item.points,
        "done": item.done_at is not None,
        "committed": committed,
        "sprints": sprints,
        "override_reason": item.override_reason if item.done_at is not None else None,
        "blocked_reason": item.blocked_reason if item.done_at is None else "",
    }
