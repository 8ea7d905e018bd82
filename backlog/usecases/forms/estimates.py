"""The form of an estimate."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel.speaklater import LazyString
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from backlog.kernel.language import marked
from backlog.kernel.refusal import Wrong, wrong
from backlog.people.models import User
from backlog.people.queries import all_users, organisation
from backlog.usecases import labels
from backlog.usecases.actions.estimates import MOST_WEEKS, OPTIONAL
from backlog.usecases.models import Estimate
from backlog.usecases.queries import Beginning
from backlog.usecases.rules.estimates import FIGURES, MARKS, MONEY, PARTS
from backlog.usecases.rules.three_points import LEAST_EFFORT_WEEKS, ThreePoints
from backlog.web.fields import (
    MONTHS,
    WEEKS,
    BooleanField,
    ChanceField,
    MoneyField,
    Needed,
    NumberField,
    OneOf,
    prose,
)
from backlog.web.forms import PageForm
from backlog.web.words import gettext

LEAST_WEEKS = Decimal(str(LEAST_EFFORT_WEEKS))
FROM_PERCENT = ("success_probability", "confidence")


class MarkField(RadioField):
    """A mark from 5 to 1; where none is chosen, that is what is said."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what was not offered."""
        if self.data:
            super().pre_validate(form)


def _mark(name: str) -> MarkField:
    choices = [SelectChoice(str(mark), anchor) for mark, anchor in reversed(labels.ANCHORS[name].items())]
    return MarkField(labels.FIGURES[name], [Needed()], choices=choices, validate_choice=True)


def _plain(value: Any) -> Any:
    """A figure so that two of them can be compared: numbers to the thousandth, whatever they came from."""
    if isinstance(value, dict):
        return tuple(_plain(each) for each in value.values())
    return None if value is None else round(float(value), 3)


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
    on_behalf_of_id = OneOf(marked("Whose estimate it is"))
    confirm = BooleanField(marked("Yes, these figures are meant"))

    def prepare(self, actor: User, others: bool) -> None:
        """Say what a mark means here, and offer the people whose view may be written down."""
        own = organisation().anchors
        for name in MARKS:
            words = labels.anchors(name, own)
            self[name].choices = [
                SelectChoice(str(mark), f"{mark}  {words[mark]}") for mark in sorted(words, reverse=True)
            ]
        people = [each for each in all_users(active_only=True) if each.id != actor.id] if others else []
        self.on_behalf_of_id.offer(((each.id, each.name) for each in people), none=str(marked("my own")))

    @property
    def is_asked(self) -> bool:
        """Whether the person is asked if the figures are meant."""
        return self.refusal is not None and self.refusal.code == "estimate.unlikely"

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
        self.fill({name: getattr(estimate, name) for name in FIGURES})
        self.note.data = estimate.note

    def fill(self, figures: Mapping[str, Any]) -> None:
        """Put figures into their fields; efforts, which programs may give finer, to the hundredth."""
        for name, value in figures.items():
            if isinstance(value, ThreePoints):
                for part in PARTS:
                    point = getattr(value, part)
                    self[f"{name}_{part}"].data = round(point, 2) if name == "effort_weeks" else point
            elif name in MARKS:
                self[name].data = str(value)
            elif name in FROM_PERCENT and value is not None:
                self[name].data = Decimal(str(value)) * 100
            else:
                self[name].data = value

    def assumed(self, start: Beginning) -> list[str]:
        """The figures somebody else's view filled in and the person left as they were."""
        typed, untouched = self.values(), EstimateForm(formdata=None)
        untouched.fill(start.values)
        begun = untouched.values()
        others = self.on_behalf_of_id.number is not None
        sources = {name: source for name, source in start.sources.items() if others or source != "own"}
        taken = [name for name in sources if begun[name] is not None]
        return [name for name in taken if _plain(typed[name]) == _plain(begun[name])]

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        points = {name: {part: self[f"{name}_{part}"].data for part in PARTS} for name in (*MONEY, "effort_weeks")}
        marks = {name: int(self[name].data) if self[name].data else None for name in MARKS}
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
