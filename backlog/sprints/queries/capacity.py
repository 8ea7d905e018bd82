"""How many days a squad has in a sprint: each person's, less the days off."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from backlog.kernel.database import session
from backlog.lighthouse.models import Project
from backlog.people.models import SquadMember, User
from backlog.people.queries import organisation
from backlog.sprints import rules
from backlog.sprints.models import DaysOff, Sprint


@dataclass(frozen=True)
class Capacity:
    """Somebody's days in a sprint."""

    user_id: int
    name: str
    days: float
    days_off: float
    days_left: float


def days_off_of(sprint_ids: list[int]) -> dict[int, list[DaysOff]]:
    """Who is away how long, by sprint."""
    query = select(DaysOff).where(DaysOff.sprint_id.in_(sprint_ids)).order_by(DaysOff.user_id)
    found: dict[int, list[DaysOff]] = {each: [] for each in sprint_ids}
    for row in session.scalars(query):
        found[row.sprint_id].append(row)
    return found


def capacities(sprints: Sequence[Sprint]) -> dict[int, list[Capacity]]:
    """The squads' people with their days in each sprint; a constant number of queries."""
    away = days_off_of([each.id for each in sprints])
    projects = select(Project.id, Project.squad_id).where(Project.id.in_({each.project_id for each in sprints}))
    squads = {row.id: row.squad_id for row in session.execute(projects)}
    query = select(SquadMember.squad_id, User.id, User.name, SquadMember.capacity_days)
    query = query.join(User, User.id == SquadMember.user_id).where(User.active).order_by(SquadMember.id)
    people = list(session.execute(query.where(SquadMember.squad_id.in_(set(squads.values()) - {None}))))
    free, found = organisation().calendar, dict[int, list[Capacity]]()
    for each in sprints:
        off = {row.user_id: row.days for row in away[each.id]}
        working = len(rules.working_days(each.starts_on, each.ends_on, *free))
        mine = [row for row in people if row.squad_id == squads[each.project_id]]
        found[each.id] = [_capacity(row, working, off.get(row.id, 0.0)) for row in mine]
    return found


def _capacity(row: Any, working: int, off: float) -> Capacity:
    return Capacity(row.id, row.name, row.capacity_days, off, rules.days_left(row.capacity_days, working, off))


def capacity_of(sprint: Sprint) -> list[Capacity]:
    """The squad's people with their days in one sprint."""
    return capacities([sprint])[sprint.id]


def capacity_days(sprints: Sequence[Sprint]) -> dict[int, float]:
    """The days of all together in each sprint: of closed ones as frozen."""
    found = capacities([each for each in sprints if each.figures is None])
    frozen = {each.id: float(each.figures.get("capacity_days", 0.0)) for each in sprints if each.figures is not None}
    return frozen | {one: sum(each.days_left for each in people) for one, people in found.items()}
