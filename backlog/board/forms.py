"""What people fill in about items and columns."""

from typing import Any

from backlog.board.labels import TYPES
from backlog.kernel.language import marked
from backlog.web.fields import POINTS, NumberField, OneOf, Several, prose, text, words_of
from backlog.web.forms import PageForm

EDITABLE = (
    "title",
    "type",
    "points",
    "description",
    "assignee_ids",
    "tags",
    "use_case_id",
    "kpi_id",
    "blocked_reason",
)


class MoveForm(PageForm):
    """Where to, and why a rule may be passed over."""

    column_id = OneOf(marked("Column"), needed=True)
    reason = text(marked("Why into a full column"), most=500)
    override_reason = text(marked("Why although lines are open"), most=500)


class ItemForm(PageForm):
    """The fields of an item."""

    title = text(marked("Title"), most=200, needed=True)
    type = OneOf(marked("Type"), needed=True)
    points = NumberField(marked("Points"), least=0, most=1000, places=2, units=POINTS)
    description = prose(marked("Description"), most=100_000)
    assignee_ids = Several(marked("People"))
    tags = text(marked("Tags, by comma"), most=400)
    use_case_id = OneOf(marked("Use case"))
    kpi_id = OneOf(marked("KPI it should move"))
    blocked_reason = text(marked("Blocked by"), most=500)

    def prepare(
        self, people: list[tuple[int, str]], use_cases: list[tuple[int, str]], kpis: list[tuple[int, str]]
    ) -> None:
        """Offer what can be chosen."""
        self.type.offer([(value, str(label)) for value, label in TYPES.items()])
        self.assignee_ids.offer(people)
        self.use_case_id.offer(use_cases, none="–")
        self.kpi_id.offer(kpis, none="–")

    def values(self) -> dict[str, Any]:
        """The fields as the action takes them."""
        return {name: self.value_of(name) for name in EDITABLE}

    def value_of(self, name: str) -> Any:
        """One field as the action takes it."""
        field = self[name]
        if name == "points":
            return None if field.data is None else float(field.data)
        if name == "tags":
            return words_of(field.data)
        if isinstance(field, Several):
            return field.numbers
        return field.number if name in {"use_case_id", "kpi_id"} else field.data
