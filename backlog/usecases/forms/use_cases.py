"""Forms of a use case: its fields, where it stands, merging, pinning."""

from typing import Any

from backlog.kernel.language import marked
from backlog.kernel.refusal import Wrong
from backlog.people.queries import nameable
from backlog.usecases import labels, queries
from backlog.usecases.actions.pins import LOWEST
from backlog.usecases.models import OUT, PROPOSED, UseCase
from backlog.web.fields import DayField, NumberField, OneOf, options, prose, text, words_of
from backlog.web.forms import PageForm


class TitleForm(PageForm):
    """Quick add: a title alone."""

    title = text(labels.FIELDS["title"], needed=True)


class SeveralForm(PageForm):
    """One use case a line."""

    titles = prose(marked("One title a line"), needed=True)


class UseCaseForm(PageForm):
    """A use case whole."""

    title = text(labels.FIELDS["title"], needed=True)
    pain = prose(labels.FIELDS["pain"])
    solution = prose(labels.FIELDS["solution"])
    department = text(labels.FIELDS["department"], most=80)
    category = OneOf(labels.FIELDS["category"])
    business_owner_id = OneOf(labels.FIELDS["business_owner_id"])
    sourcing = options(labels.FIELDS["sourcing"], labels.SOURCINGS.items(), default="undecided")
    sourcing_reason = prose(labels.FIELDS["sourcing_reason"])
    north_star_id = OneOf(labels.FIELDS["north_star_id"])
    alignment = NumberField(labels.FIELDS["alignment"], least=0, most=5, places=0)
    system = text(labels.FIELDS["system"], most=120)
    ai_mode = OneOf(labels.FIELDS["ai_mode"])
    supplier = text(labels.FIELDS["supplier"], most=120)
    data_readiness = prose(labels.FIELDS["data_readiness"])
    risks = prose(labels.FIELDS["risks"])
    tags = text(labels.FIELDS["tags"], most=900)
    external_key = text(labels.FIELDS["external_key"], most=80)

    def prepare(self, use_case: UseCase | None = None) -> None:
        """Offer people, North Stars and the few words; what is stored stays on offer."""
        owner_id, star_id = (use_case.business_owner_id, use_case.north_star_id) if use_case else (None, None)
        stars = [each for each in queries.all_north_stars(archived=True) if not each.archived_at or each.id == star_id]
        none = str(marked("not chosen"))
        self.category.offer(((key, str(word)) for key, word in labels.CATEGORIES.items()), none=none)
        self.ai_mode.offer(((key, str(word)) for key, word in labels.AI_MODES.items()), none=none)
        self.business_owner_id.offer(nameable(owner_id), none=none)
        self.north_star_id.offer(((each.id, each.title) for each in stars), none=none)

    def show(self, use_case: UseCase, tags: list[str]) -> None:
        """Fill in what is stored."""
        for name in ("category", "ai_mode", "business_owner_id", "north_star_id"):
            value = getattr(use_case, name)
            self[name].data = "" if value is None else str(value)
        for name in labels.FIELDS.keys() - {
            "category",
            "ai_mode",
            "business_owner_id",
            "north_star_id",
            "tags",
            "parked_until",
        }:
            self[name].data = getattr(use_case, name)
        self.tags.data = ", ".join(tags)
        self.version.data = str(use_case.version)

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        plain = (
            "title",
            "pain",
            "solution",
            "department",
            "sourcing",
            "sourcing_reason",
            "alignment",
            "system",
            "supplier",
        )
        found = {name: self[name].data for name in (*plain, "data_readiness", "risks", "external_key")}
        references = {name: self[name].number for name in ("business_owner_id", "north_star_id")}
        words = {name: self[name].data or None for name in ("category", "ai_mode")}
        return {**found, **references, **words, "tags": words_of(self.tags.data)}


class StatusForm(PageForm):
    """Where a use case stands."""

    stands = options(marked("Status"), [(each, labels.STATUSES[each]) for each in (*PROPOSED, *OUT)], name="status")
    reason = prose(marked("Reason"), most=2_000)
    parked_until = DayField(labels.FIELDS["parked_until"])

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {"status": self.stands.data, "reason": self.reason.data or "", "parked_until": self.parked_until.data}


class MergeForm(PageForm):
    """The survivor, by its code."""

    into = text(marked("Code of the use case that stays"), most=60, needed=True)
    reason = prose(marked("Reason"), most=2_000, needed=True, id="merge-reason")

    def take(self, errors: dict[str, list[Wrong]]) -> None:
        """The survivor's id was typed as a code."""
        super().take({"into" if name == "into_id" else name: each for name, each in errors.items()})


class PinForm(PageForm):
    """A rank by hand."""

    rank = NumberField(marked("Rank"), needed=True, least=1, most=LOWEST, places=0)
    reason = prose(marked("Reason"), most=2_000, needed=True, id="pin-reason")
    until_on = DayField(marked("Until"))

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {"rank": int(self.rank.data or 0), "reason": self.reason.data, "until_on": self.until_on.data}
