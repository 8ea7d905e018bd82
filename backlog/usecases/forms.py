"""Forms of the use-case pages."""

import re
from decimal import Decimal
from typing import Any

from flask_babel.speaklater import LazyString
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from backlog.kernel.language import marked
from backlog.kernel.refusal import Wrong, wrong
from backlog.people.queries import all_users
from backlog.usecases import labels, queries
from backlog.usecases.actions.estimates import MOST_WEEKS, OPTIONAL
from backlog.usecases.actions.pins import LOWEST
from backlog.usecases.models import OUT, PROPOSED, SCORING_KINDS, Estimate, NorthStar, ScoringModel, UseCase
from backlog.usecases.rules.scores import WEIGHABLE
from backlog.web.fields import (
    MONTHS,
    WEEKS,
    ChanceField,
    DayField,
    MoneyField,
    Needed,
    NumberField,
    OneOf,
    options,
    prose,
    text,
)
from backlog.web.forms import PageForm
from backlog.web.words import gettext

PARTS = ("low", "likely", "high")
MONEY = ("annual_benefit", "one_off_cost", "annual_running_cost")
MARKS = ("impact", "feasibility", "measurability")
LEAST_WEEKS = Decimal("0.1")
FROM_PERCENT = ("success_probability", "confidence")


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

    def prepare(self) -> None:
        """Offer people, North Stars and the few words."""
        none = str(marked("not chosen"))
        self.category.offer(((key, str(word)) for key, word in labels.CATEGORIES.items()), none=none)
        self.ai_mode.offer(((key, str(word)) for key, word in labels.AI_MODES.items()), none=none)
        self.business_owner_id.offer(((each.id, each.name) for each in all_users(active_only=True)), none=none)
        self.north_star_id.offer(((each.id, each.title) for each in queries.all_north_stars()), none=none)

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
        tags = [each.strip() for each in re.split(r"[,，、;；\n]", self.tags.data or "") if each.strip()]
        return {**found, **references, **words, "tags": tags}


def _mark(name: str) -> RadioField:
    choices = [SelectChoice(str(mark), anchor) for mark, anchor in reversed(labels.ANCHORS[name].items())]
    return RadioField(labels.FIGURES[name], [Needed()], choices=choices, validate_choice=True)


def _points(name: str) -> dict[str, Any]:
    """Three fields of one figure."""
    words = {"low": marked("Low (P10)"), "likely": marked("Likely"), "high": marked("High (P90)")}
    labels_of = {part: LazyString(_of_figure, name, words[part]) for part in PARTS}
    if name in MONEY:
        return {f"{name}_{part}": MoneyField(labels_of[part], needed=True) for part in PARTS}
    how: dict[str, Any] = {"needed": True, "least": LEAST_WEEKS, "most": MOST_WEEKS, "places": 2, "units": WEEKS}
    return {f"{name}_{part}": NumberField(labels_of[part], **how) for part in PARTS}


def _of_figure(name: str, part: LazyString) -> str:
    """Which of the three points, and of which figure: what the list of errors calls it."""
    return gettext("%(figure)s: %(part)s", figure=labels.FIGURES[name], part=part)


class EstimateForm(PageForm):
    """One person's view; the fields of three points are set below."""

    success_probability = ChanceField(labels.FIGURES["success_probability"], needed=True)
    months_to_value = NumberField(
        labels.FIGURES["months_to_value"], needed=True, least=0, most=120, places=2, units=MONTHS
    )
    impact = _mark("impact")
    feasibility = _mark("feasibility")
    measurability = _mark("measurability")
    reach = NumberField(labels.FIGURES["reach"], least=0, most=OPTIONAL["reach"][1])
    confidence = ChanceField(labels.FIGURES["confidence"])
    ease = NumberField(labels.FIGURES["ease"], least=1, most=10, places=0)
    business_value = NumberField(labels.FIGURES["business_value"], least=0, most=1_000_000)
    time_criticality = NumberField(labels.FIGURES["time_criticality"], least=0, most=1_000_000)
    risk_reduction = NumberField(labels.FIGURES["risk_reduction"], least=0, most=1_000_000)
    job_size = NumberField(labels.FIGURES["job_size"], least=0, most=1_000_000)
    note = prose(marked("Why you think so"), most=2_000)

    def validate(self, extra_validators: Any = None) -> bool:
        """What is wrong with single fields, and, beside it, three points that fall (R3)."""
        is_sound = bool(super().validate(extra_validators))
        for name in (*MONEY, "effort_weeks"):
            points = [self[f"{name}_{part}"].data for part in PARTS]
            if None not in points and sorted(points) != points:
                self.take({name: [wrong("value.order")]})
                is_sound = False
        return is_sound

    def show(self, estimate: Estimate) -> None:
        """Begin with one's last estimate."""
        for name, value in self._stored(estimate).items():
            self[name].data = value

    def _stored(self, estimate: Estimate) -> dict[str, Any]:
        """What the fields hold; efforts, which programs may give finer, to the hundredth."""
        points = {
            f"{name}_{part}": getattr(estimate, f"{name}_{part}") for name in (*MONEY, "effort_weeks") for part in PARTS
        }
        points |= {name: round(value, 2) for name, value in points.items() if name.startswith("effort")}
        marks = {name: str(getattr(estimate, name)) for name in MARKS}
        figures = {name: getattr(estimate, name) for name in ("months_to_value", *(OPTIONAL.keys() - {"confidence"}))}
        shares = {name: getattr(estimate, name) for name in FROM_PERCENT}
        percents = {name: None if share is None else Decimal(str(share)) * 100 for name, share in shares.items()}
        return {**points, **marks, **figures, **percents, "note": estimate.note}

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        points = {name: {part: self[f"{name}_{part}"].data for part in PARTS} for name in (*MONEY, "effort_weeks")}
        marks = {name: int(self[name].data) for name in MARKS}
        figures = {name: self[name].data for name in ("months_to_value", *OPTIONAL)}
        for name in FROM_PERCENT:
            figures[name] = None if self[name].data is None else self[name].data / 100
        return {**points, **marks, **figures, "note": self.note.data}

    def take(self, errors: dict[str, list[Wrong]]) -> None:
        """Faults of three points stand at the likely one."""
        super().take(
            {f"{name}_likely" if name in (*MONEY, "effort_weeks") else name: each for name, each in errors.items()}
        )


for _name in (*MONEY, "effort_weeks"):
    for _part, _field in _points(_name).items():
        setattr(EstimateForm, _part, _field)


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
    reason = prose(marked("Reason"), most=2_000, needed=True)

    def take(self, errors: dict[str, list[Wrong]]) -> None:
        """The survivor's id was typed as a code."""
        super().take({"into" if name == "into_id" else name: each for name, each in errors.items()})


class PinForm(PageForm):
    """A rank by hand."""

    rank = NumberField(marked("Rank"), needed=True, least=1, most=LOWEST, places=0)
    reason = prose(marked("Reason"), most=2_000, needed=True)


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


def _weights() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in WEIGHABLE:
        fields[f"weight_{name}"] = NumberField(labels.FIGURES[name], least=0, most=1_000)
        fields[f"direction_{name}"] = options(
            marked("Better when"), [("increase", marked("higher")), ("decrease", marked("lower"))], default="increase"
        )
    return fields


class ScoringModelForm(PageForm):
    """A scoring model; weights, set below, count for the kind with own weights only."""

    name = text(marked("Name"), most=80, needed=True)
    kind = options(marked("Kind"), [(each, labels.KINDS[each]) for each in SCORING_KINDS])

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """Weight and direction of each figure."""
        return [(self[f"weight_{name}"], self[f"direction_{name}"]) for name in WEIGHABLE]

    def show(self, model: ScoringModel) -> None:
        """Fill in what is stored."""
        self["name"].data, self.kind.data, self.version.data = model.name, model.kind, str(model.version)
        for each in model.criteria:
            self[f"weight_{each['name']}"].data = each["weight"]
            self[f"direction_{each['name']}"].data = each["direction"]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        given = [name for name in WEIGHABLE if self[f"weight_{name}"].data] if self.kind.data == "weighted" else []
        criteria = [
            {"name": each, "weight": self[f"weight_{each}"].data, "direction": self[f"direction_{each}"].data}
            for each in given
        ]
        return {"name": self["name"].data, "kind": self.kind.data, "criteria": criteria}


for _name, _field in _weights().items():
    setattr(ScoringModelForm, _name, _field)
