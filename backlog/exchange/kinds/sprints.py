"""Sprints of other tools become sprints of a project: where an item stands now; those it was in before stay tags."""

import re
from typing import Any

from sqlalchemy import select

from backlog.board.models import Item
from backlog.exchange.kinds.kind import Batch
from backlog.exchange.kinds.record import Record
from backlog.exchange.models import ImportRow
from backlog.kernel.database import session
from backlog.kernel.text import fold
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import scope_of
from backlog.people.models import User
from backlog.people.policy import may
from backlog.reviews.models import Review
from backlog.sprints import actions, queries
from backlog.sprints.models import Sprint

RUNS = "running"
PLANNED = "planned_sprint_id"
NUMBER = re.compile(r"(\d{1,6})\D*$")


class Sprints:
    """The open sprints of one project, found by their goal, then by the last number in a name; new ones are planned."""

    def __init__(self, batch: Batch, project: Project) -> None:
        self.batch, self.project = batch, project
        ours = [each for each in queries.sprints_of(project.id) if each.state != "closed"]
        self.by_goal = {fold(each.goal): each.id for each in ours if each.goal}
        self.by_number = {each.number: each.id for each in ours}
        scope = scope_of(project)
        self.may_add = may(batch.actor, "sprint.scope", scope)
        self.may_plan = may(batch.actor, "sprint.manage", scope) and project.status == RUNS

    def takes(self, name: str) -> bool:
        """Whether a sprint of that name is here, or may be planned."""
        return self.may_plan or (self.may_add and self._known(name) is not None)

    def enter(self, record: Record, item: Item, name: str) -> dict[str, int]:
        """Put an item into the sprint of that name; what an undo needs to know, empty where it stands in one already."""
        if queries.find_open_row(item.id) is not None:
            return {}
        known = self._known(name)
        if known is not None:
            actions.add_items(self.batch.actor, session.get_one(Sprint, known), [item.id])
            return {"sprint_id": known}
        made = actions.plan(self.batch.actor, project_id=self.project.id, goal=name)
        actions.add_items(self.batch.actor, made, [item.id])
        self.by_goal[fold(name)], self.by_number[made.number] = made.id, made.id
        record.warn("sprint", "import.sprint_planned", sprint=name, number=made.number)
        return {"sprint_id": made.id, PLANNED: made.id}

    def _known(self, name: str) -> int | None:
        if (found := self.by_goal.get(fold(name))) is not None:
            return found
        number = NUMBER.search(name)
        return self.by_number.get(int(number[1])) if number is not None else None


def take_back(actor: User, done: Any) -> None:
    """Take away the sprint that a row planned, once all is out of it and nothing else hangs on it."""
    sprint = session.get(Sprint, done.after[PLANNED]) if PLANNED in done.after else None
    reviewed = sprint is not None and session.scalar(select(Review.id).where(Review.sprint_id == sprint.id).limit(1))
    if sprint is not None and not reviewed:
        rows = select(ImportRow.subject_id).where(ImportRow.import_id == done.import_id)
        actions.discard(actor, sprint, set(session.scalars(rows.where(ImportRow.subject_type == "item"))))


def leave(actor: User, item: Item, sprint_id: int) -> None:
    """Take an item out of the sprint an import put it into, unless it left that meanwhile."""
    row = queries.find_open_row(item.id)
    if row is not None and row.sprint_id == sprint_id:
        actions.remove_item(actor, session.get_one(Sprint, sprint_id), item)
