"""The verbs of sprints."""

from backlog.sprints.actions.ceremonies import action_to_item, hold
from backlog.sprints.actions.closing import close
from backlog.sprints.actions.discarding import discard
from backlog.sprints.actions.scope import add_items, on_archived, on_left_project, on_restored, remove_item
from backlog.sprints.actions.sprints import edit, plan, start

__all__ = [
    "action_to_item",
    "add_items",
    "close",
    "discard",
    "edit",
    "hold",
    "on_archived",
    "on_left_project",
    "on_restored",
    "plan",
    "remove_item",
    "start",
]
