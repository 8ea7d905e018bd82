"""Plan a sprint, change it, start it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from backlog.board.models import Item
from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.codes import next_number
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Invalid, Missing, Refusal, expect_version, wrong
from backlog.kernel.text import is_storable
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import get_project_in_force
from backlog.lighthouse.queries import scope_of as scope_of_project
from backlog.people.models import User
from backlog.people.policy import require
from backlog.sprints import queries
from backlog.sprints.actions.capacity import set_days_off
from backlog.sprints.models import Sprint

LONGEST_GOAL = 2000


def plan(
    actor: User,
    *,
    project_id: int,
    goal: str = "",
    starts_on: date | None = None,
    weeks: int | None = None,
    days_off: Sequence[dict[str, Any]] = (),
) -> Sprint:
    """Plan the next sprint of a project that runs; it begins where the last one ends, unless said."""
    try:
        project = get_project_in_force(actor, project_id)
    except Missing:
        raise Invalid(project_id="value.unknown_id") from None
    require(actor, "sprint.manage", scope_of_project(project))
    hold(project)
    _expect_running(project)
    last = queries.find_last(project.id)
    starts_on = starts_on or (max(last.ends_on, clock.today()) if last else clock.today())
    sprint = Sprint(
        project_id=project.id,
        number=next_number(f"sprint-{project.id}"),
        goal=_goal(goal),
        starts_on=starts_on,
        weeks=_weeks(weeks or project.sprint_weeks),
        state="planned",
        created_at=clock.now(),
    )
    session.add(sprint)
    session.flush()
    set_days_off(sprint, days_off)
    _tell(actor, "sprint.planned", sprint)
    return sprint


def edit(actor: User, sprint: Sprint, version: int | None = None, **changes: Any) -> Sprint:
    """Change a planned sprint, or the goal and days off of the active one; a closed one stays as it is."""
    require(actor, "sprint.manage", queries.scope_of(sprint))
    expect_version(sprint, version)
    if sprint.state == "closed":
        raise Refusal("sprint.closed")
    if sprint.state == "active" and set(changes) - {"goal", "days_off"}:
        raise Refusal("sprint.has_begun")
    if "goal" in changes:
        sprint.goal = _goal(changes["goal"])
    if "starts_on" in changes:
        sprint.starts_on = changes["starts_on"]
    if "weeks" in changes:
        sprint.weeks = _weeks(changes["weeks"])
    if "days_off" in changes:
        set_days_off(sprint, changes["days_off"])
    session.flush()
    _tell(actor, "sprint.edited", sprint)
    return sprint


def start(actor: User, sprint: Sprint, version: int | None = None, goal: str | None = None) -> Sprint:
    """Start a sprint: its scope becomes the commitment; one runs at a time (R6)."""
    require(actor, "sprint.manage", queries.scope_of(sprint))
    project = queries.project_of(sprint)
    hold(project)
    hold(sprint)
    expect_version(sprint, version)
    _expect_running(project)
    if sprint.state != "planned":
        raise Refusal("sprint.already_active" if sprint.state == "active" else "sprint.closed")
    if queries.find_active(project.id) is not None:
        raise Refusal("sprint.already_active")
    sprint.goal = sprint.goal if goal is None else _goal(goal)
    _commit(sprint)
    sprint.state, sprint.started_at, sprint.started_by_id = "active", clock.now(), actor.id
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError:
        raise Refusal("sprint.already_active") from None
    _tell(actor, "sprint.started", sprint)
    return sprint


def _commit(sprint: Sprint) -> None:
    rows = queries.open_rows(sprint.id)
    points = {
        item.id: item.points for item in session.scalars(select(Item).where(Item.id.in_([r.item_id for r in rows])))
    }
    for row in rows:
        row.committed, row.points_at_start = True, points.get(row.item_id)
    sprint.committed_points = sum(row.points_at_start or 0.0 for row in rows)


def _expect_running(project: Project) -> None:
    """A draft has a board for its preparation and no sprints; what was stopped or delivered has had its own."""
    if project.status != "running" or project.archived_at is not None:
        raise Refusal("sprint.project_not_running")


def _goal(goal: str) -> str:
    plain = goal.replace("\r\n", "\n").strip()
    if len(plain) > LONGEST_GOAL:
        raise Invalid(goal=wrong("value.too_long", most=LONGEST_GOAL))
    if not is_storable(plain):
        raise Invalid(goal="value.characters")
    return plain


def _weeks(weeks: int) -> int:
    if weeks not in {1, 2}:
        raise Invalid(weeks=wrong("value.range", least=1, most=2))
    return weeks


def _tell(actor: User, code: str, sprint: Sprint) -> None:
    record(
        actor, code, ("sprint", sprint.id), project_id=sprint.project_id, number=sprint.number, goal=sprint.goal[:200]
    )
