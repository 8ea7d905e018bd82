"""The form of a bulk edit: what is left empty stays as it is."""

from typing import Any

from wtforms.widgets import CheckboxInput

from backlog.kernel.language import marked
from backlog.kernel.refusal import Wrong
from backlog.people.queries import all_users
from backlog.usecases import labels, queries
from backlog.usecases.models import OUT, PROPOSED
from backlog.web.fields import BooleanField, DayField, OneOf, Several, prose, text, words_of
from backlog.web.forms import PageForm

NOBODY = "none"
CLEARED = ("category", "business_owner_id", "north_star_id")
TYPED = ("department", "system", "supplier")


class BulkForm(PageForm):
    """What shall be the same of all."""

    stands = OneOf(marked("Status"), name="status")
    reason = prose(marked("Reason"), most=2_000)
    parked_until = DayField(labels.FIELDS["parked_until"])
    category = OneOf(labels.FIELDS["category"])
    department = text(labels.FIELDS["department"], most=80)
    system = text(labels.FIELDS["system"], most=120)
    supplier = text(labels.FIELDS["supplier"], most=120)
    empty = Several(marked("Empty these fields"), option_widget=CheckboxInput())
    business_owner_id = OneOf(labels.FIELDS["business_owner_id"])
    north_star_id = OneOf(labels.FIELDS["north_star_id"])
    add_tags = text(marked("Add tags"), most=900)
    remove_tags = text(marked("Take off tags"), most=900)
    archive = BooleanField(marked("Archive them"), false_values=("", "false"))

    def prepare(self) -> None:
        """Offer what may be chosen."""
        leave, none = str(marked("as it is")), (NOBODY, str(marked("none")))
        self.stands.offer([(each, str(labels.STATUSES[each])) for each in (*PROPOSED, *OUT)], none=leave)
        self.category.offer([none, *((key, str(word)) for key, word in labels.CATEGORIES.items())], none=leave)
        self.business_owner_id.offer(
            [none, *((str(each.id), each.name) for each in all_users(active_only=True))], none=leave
        )
        self.empty.offer([(name, str(self[name].label.text)) for name in TYPED])
        self.north_star_id.offer(
            [none, *((str(each.id), each.title) for each in queries.all_north_stars())], none=leave
        )

    def values(self) -> dict[str, Any]:
        """What the action takes: only what was chosen."""
        found: dict[str, Any] = {"status": self.stands.data or None, "reason": self.reason.data or ""}
        found |= {"parked_until": self.parked_until.data, "archive": bool(self.archive.data)}
        found |= {name: words_of(self[name].data) for name in ("add_tags", "remove_tags")}
        found |= {name: "" for name in TYPED if name in (self.empty.data or ())}
        found |= {name: self[name].data for name in TYPED if self[name].data}
        for name in CLEARED:
            chosen = self[name].data
            if chosen:
                value = chosen if name == "category" else self[name].number
                found[name] = None if chosen == NOBODY else value
        return found

    def take(self, errors: dict[str, list[Wrong]]) -> None:
        """Faults of tags stand at those added."""
        super().take({{"tags": "add_tags", "status": "stands"}.get(name, name): each for name, each in errors.items()})
