"""What becomes of a board whose project was stopped."""

from backlog.board import queries
from backlog.board.actions.items import archive
from backlog.journal.models import Fact
from backlog.people.models import User


def on_project_stopped(actor: User, fact: Fact) -> None:
    """Archive what is not done where whoever stopped it said so; listens to `project.stopped`."""
    if fact.values.get("open_items") == "archive":
        for item in queries.open_items(fact.subject_id):
            archive(actor, item)
