"""Forms of the review pages."""

from datetime import UTC, datetime, time
from typing import Any

from backlog.kernel import clock
from backlog.kernel.language import marked
from backlog.web.fields import DayField, OneOf, options, prose
from backlog.web.forms import PageForm

SENTIMENT_LABELS = {"positive": marked("Good"), "neutral": marked("Neutral"), "negative": marked("Worries me")}
DECISION_LABELS = {
    "continue": marked("Continue"),
    "adjust": marked("Adjust"),
    "stop": marked("Stop"),
    "scale": marked("Scale"),
}


class ReviewForm(PageForm):
    """Which sprint or project, and when."""

    subject = OneOf(marked("Sprint or project"), needed=True)
    held_on = DayField(marked("Held on"), needed=True)

    def values(self, zone: str) -> dict[str, Any]:
        """Values of the action; a day is told as ten in the morning of the person's zone."""
        kind, _, number = str(self.subject.data).partition("-")
        day = self.held_on.data or clock.today(zone)
        at = datetime.combine(day, time(10), clock.zone_of(zone)).astimezone(UTC)
        return {"sprint_id" if kind == "sprint" else "project_id": int(number), "held_at": at}


class FeedbackForm(PageForm):
    """What somebody says."""

    text = prose(marked("What do you think?"), most=5000, needed=True)
    sentiment = options(marked("How do you feel about it?"), SENTIMENT_LABELS.items(), default="neutral")


class DecisionForm(PageForm):
    """What was decided, by whom and why."""

    decision = options(marked("Decision"), DECISION_LABELS.items(), id="decide")
    reason = prose(marked("Why"), most=5000, needed=True)
    decided_by_id = OneOf(marked("Decided by"), needed=True)


__all__ = ["DECISION_LABELS", "SENTIMENT_LABELS", "DecisionForm", "FeedbackForm", "ReviewForm"]
