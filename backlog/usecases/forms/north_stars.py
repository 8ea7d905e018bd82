"""The form of a North Star."""

from typing import Any

from backlog.kernel.language import marked
from backlog.usecases import labels
from backlog.usecases.models import NorthStar
from backlog.web.fields import (
    DayField,
    NumberField,
    text,
)
from backlog.web.forms import PageForm


class NorthStarForm(PageForm):
    """A long-term vision."""

    title = text(labels.FIELDS["title"], needed=True)
    metric = text(marked("Metric"))
    baseline = NumberField(marked("Where it stands"), least=-1e15, most=1e15)
    target = NumberField(marked("Target"), least=-1e15, most=1e15)
    unit = text(marked("Unit"), most=40)
    due_on = DayField(marked("Due on"))

    def show(self, north_star: NorthStar) -> None:
        """Fill in what is stored."""
        for name in ("title", "metric", "baseline", "target", "unit", "due_on"):
            self[name].data = getattr(north_star, name)
        self.version.data = str(north_star.version)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self[name].data for name in ("title", "metric", "baseline", "target", "unit", "due_on")}
