"""What the refusals and facts of sprints say."""

from backlog.kernel.language import Sentence, marked

REFUSALS: dict[str, Sentence] = {
    "sprint.already_active": marked("Another sprint of this project is running; close it first."),
    "sprint.project_not_running": marked(
        "Sprints begin once the project runs; until then its board serves its preparation."
    ),
    "sprint.closed": marked("A closed sprint stays as it is."),
    "sprint.has_begun": marked("Dates of a sprint that has begun stay; its goal may change."),
    "sprint.not_active": marked("Only the running sprint can be closed."),
}
FACTS: dict[str, Sentence] = {
    "sprint.planned": marked("planned sprint %(number)s"),
    "sprint.discarded": marked("took back sprint %(number)s, which was only planned"),
    "sprint.edited": marked("changed sprint %(number)s"),
    "sprint.started": marked("started sprint %(number)s: %(goal)s"),
    "sprint.closed": marked("closed sprint %(number)s: %(done)s of %(scope)s points done"),
    "sprint.item_added": marked("took %(code)s into sprint %(number)s"),
    "sprint.item_removed": marked("took %(code)s out of sprint %(number)s"),
    "sprint.standup_held": marked("wrote down a stand-up"),
    "sprint.review_held": marked("wrote down a review"),
    "sprint.retrospective_held": marked("wrote down a retrospective"),
}
