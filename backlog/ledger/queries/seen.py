"""Which projects' rows an actor may see."""

from typing import Any

from sqlalchemy import or_

from backlog.kernel.refusal import or_none
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.models import Project
from backlog.people.models import User


def sees(actor: User, project_id: Any) -> Any:
    """A condition: the row belongs to no project, or to one the actor may see."""
    return or_(project_id.is_(None), project_id.in_(lighthouse.visible_project_ids(actor)))


def find_project(actor: User, project_id: int) -> Project | None:
    """A project in force that the actor may see, or None."""
    return or_none(lambda: lighthouse.get_project_in_force(actor, project_id))
