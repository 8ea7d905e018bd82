"""What people fill in about sprints."""

from typing import Any

from backlog.kernel.language import marked
from backlog.web.fields import DayField, OneOf, text
from backlog.web.forms import PageForm


def offer_weeks(field: OneOf, weeks: int) -> None:
    """One week or two; the project's way unless said."""
    field.offer([(1, "1"), (2, "2")])
    field.data = field.data or str(weeks)


class SprintForm(PageForm):
    """A sprint to plan, or its plan to change."""

    goal = text(marked("Goal"), most=2000)
    starts_on = DayField(marked("First day"))
    weeks = OneOf(marked("Weeks"))

    def prepare(self, weeks: int) -> None:
        """Offer one or two weeks."""
        offer_weeks(self.weeks, weeks)

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them; what is left empty is left to it."""
        found = {"goal": self.goal.data, "starts_on": self.starts_on.data, "weeks": self.weeks.number}
        return {name: value for name, value in found.items() if value is not None}


class StartForm(PageForm):
    """A sprint begins with a goal and its dates."""

    goal = text(marked("Goal"), most=2000, needed=True)
    starts_on = DayField(marked("First day"))
    weeks = OneOf(marked("Weeks"))
