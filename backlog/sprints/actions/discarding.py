"""Take back a sprint that was only planned, with what an import put into it."""

from collections.abc import Collection

from sqlalchemy import delete, select

from backlog.journal.actions import record
from backlog.kernel.database import hold, session
from backlog.people.models import User
from backlog.people.policy import require
from backlog.sprints import queries
from backlog.sprints.models import Ceremony, DaysOff, ScopeRow, Sprint


def discard(actor: User, sprint: Sprint, items: Collection[int]) -> bool:
    """Take a planned sprint away in which nothing stands and never stood but these items; answers whether it is gone."""
    require(actor, "sprint.manage", queries.scope_of(sprint))
    if hold(sprint).state != "planned" or _is_used(sprint, items):
        return False
    record(actor, "sprint.discarded", ("sprint", sprint.id), project_id=sprint.project_id, number=sprint.number)
    session.execute(delete(ScopeRow).where(ScopeRow.sprint_id == sprint.id))
    session.delete(sprint)
    session.flush()
    return True


def _is_used(sprint: Sprint, items: Collection[int]) -> bool:
    rows = session.execute(select(ScopeRow.item_id, ScopeRow.left_at).where(ScopeRow.sprint_id == sprint.id)).all()
    if any(row.left_at is None or row.item_id not in items for row in rows):
        return True
    tables = (Ceremony, DaysOff)
    return any(session.scalar(select(one.sprint_id).where(one.sprint_id == sprint.id).limit(1)) for one in tables)
