"""The verbs of projects."""

from backlog.lighthouse.actions.agreement import confirm_impact, on_baseline_agreed, refuse_impact, withdraw_impact
from backlog.lighthouse.actions.projects import add_project, archive_project, edit_project, restore_project
from backlog.lighthouse.actions.steps import deliver, scale, start, stop

__all__ = [
    "add_project",
    "archive_project",
    "confirm_impact",
    "deliver",
    "edit_project",
    "on_baseline_agreed",
    "refuse_impact",
    "restore_project",
    "scale",
    "start",
    "stop",
    "withdraw_impact",
]
