"""Who of the squad is away how long during a sprint."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Wrong, wrong
from backlog.sprints import queries
from backlog.sprints.models import DaysOff, Sprint

MOST_DAYS = 14


def set_days_off(sprint: Sprint, rows: Sequence[dict[str, Any]]) -> bool:
    """Make these [{user_id, days}] the days off in a sprint, each person's once; answers whether anything changed."""
    found = {row["user_id"]: float(row["days"]) for row in _checked(sprint, rows) if row["days"]}
    present = {row.user_id: row.days for row in queries.days_off_of([sprint.id])[sprint.id]}
    if found == present:
        return False
    session.execute(delete(DaysOff).where(DaysOff.sprint_id == sprint.id))
    session.add_all(DaysOff(sprint_id=sprint.id, user_id=each, days=days) for each, days in found.items())
    flag_modified(sprint, "goal")  # what hangs on the sprint is part of its version
    return True


def _checked(sprint: Sprint, rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    squad, errors = {each.user_id for each in queries.capacity_of(sprint)}, dict[str, list[Wrong]]()
    for place, row in enumerate(rows):
        if row["user_id"] not in squad:
            errors[f"days_off.{place}.user_id"] = [wrong("value.unknown_id")]
        if not 0 <= row["days"] <= MOST_DAYS:
            errors[f"days_off.{place}.days"] = [wrong("value.range", least=0, most=MOST_DAYS)]
    if len({row["user_id"] for row in rows}) < len(rows):
        errors["days_off"] = [wrong("value.repeated")]
    if errors:
        raise Invalid(errors)
    return rows
