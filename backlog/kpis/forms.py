"""What people type about KPIs."""

from typing import Any

from backlog.kernel.language import marked
from backlog.kpis.models import Kpi
from backlog.people import queries as people
from backlog.usecases.models import NorthStar, UseCase
from backlog.web.fields import DayField, MoneyField, NumberField, OneOf, options, prose, text
from backlog.web.forms import READ_AGAIN, PageForm
from backlog.web.words import gettext

ROLES = (("target", marked("Target: what shall change")), ("guardrail", marked("Guardrail: what must not get worse")))
KINDS = (
    ("", marked("by its unit: % is a share, else an amount")),
    ("count", marked("Count")),
    ("share", marked("Share (%)")),
    ("duration", marked("Duration")),
    ("amount", marked("Amount")),
    ("rate", marked("Rate")),
    ("yes_no", marked("Yes or no")),
)
DIRECTIONS = (("increase", marked("should rise")), ("decrease", marked("should fall")))
CADENCES = (
    ("daily", marked("every working day")),
    ("weekly", marked("every week")),
    ("monthly", marked("every month")),
)
BASELINES = (
    ("measured", marked("Measured: from a window of measurements")),
    ("declared", marked("Declared: a figure with its evidence (weaker)")),
)


class KpiForm(PageForm):
    """A KPI's fields."""

    name = text(marked("Name"), most=120, needed=True)
    of = OneOf(marked("Of"), needed=True)
    kpi_role = options(marked("Role"), ROLES)
    direction = options(marked("Better when it"), DIRECTIONS)
    unit = text(marked("Unit"), most=40)
    kind = options(marked("Kind"), KINDS)
    cadence = options(marked("How often"), CADENCES)
    counting = prose(marked("How exactly it is counted"))
    source = text(marked("Source"), most=200)
    owner_id = OneOf(marked("Owner"))
    target = NumberField(marked("Target"), least=-1e15, most=1e15)
    target_on = DayField(marked("Target reached by"))
    evaluate_on = DayField(marked("Evaluation date"))
    unit_value = MoneyField(marked("Worth of one unit a year"))

    def process(self, formdata: Any = None, *args: Any, **more: Any) -> None:
        """Read what was typed; the target may bear the unit typed beside it."""
        typed = self.meta.wrap_formdata(self, formdata)
        self.target.units = (typed.get("unit", "") if typed else "",)
        super().process(formdata, *args, **more)

    def prepare(self, use_cases: list[UseCase], north_stars: list[NorthStar], owner_id: int | None = None) -> None:
        """Offer what may be chosen; the owner stays on offer."""
        pairs = [(f"use_case-{case.id}", f"{case.code} {case.title}") for case in use_cases]
        pairs += [(f"north_star-{star.id}", gettext("North Star: %(title)s", title=star.title)) for star in north_stars]
        self.of.offer(pairs, none="–")
        self.owner_id.offer(people.nameable(owner_id), none=gettext("the use case's owner"))
        self.cadence.data = self.cadence.data or "weekly"

    def fill(self, kpi: Kpi) -> None:
        """Show a KPI's values."""
        for name in (
            "name",
            "kpi_role",
            "direction",
            "unit",
            "kind",
            "cadence",
            "counting",
            "source",
            "target",
            "target_on",
            "evaluate_on",
            "unit_value",
        ):
            self[name].data = getattr(kpi, name)
        self.of.data = f"use_case-{kpi.use_case_id}" if kpi.use_case_id else f"north_star-{kpi.north_star_id}"
        self.owner_id.data = str(kpi.owner_id or "")
        self.version.data = str(kpi.version)

    def values(self) -> dict[str, Any]:
        """The values of the domain."""
        plain = (
            "name",
            "kpi_role",
            "direction",
            "unit",
            "cadence",
            "counting",
            "source",
            "target",
            "target_on",
            "evaluate_on",
            "unit_value",
        )
        what, _, number = (self.of.data or "").partition("-")
        found = {name: self[name].data for name in plain}
        found |= {"owner_id": self.owner_id.number, "use_case_id": None, "north_star_id": None}
        if number:
            found[f"{what}_id"] = int(number)
        return {**found, "kind": self.kind.data} if self.kind.data else found


class ValueForm(PageForm):
    """A value of a KPI, which may bear its unit: 6.4分钟."""

    value: NumberField

    def process(self, *args: Any, unit: str = "", **more: Any) -> None:
        """Read what was typed; unit: that of the KPI."""
        self.value.units = (unit,)
        super().process(*args, **more)


class MeasurementForm(ValueForm):
    """One value on one day."""

    observed_on = DayField(marked("Day"), needed=True)
    value = NumberField(marked("Measured value"), needed=True, least=-1e15, most=1e15)
    sample_size = NumberField(marked("Sample size"), least=1, most=2**31 - 1, places=0)
    source = text(marked("Source"), most=200)

    def values(self) -> dict[str, Any]:
        """The values of the domain."""
        return {name: self[name].data for name in ("observed_on", "value", "sample_size", "source")}


class PasteForm(PageForm):
    """Two columns out of a spreadsheet."""

    pasted = prose(marked("Two columns: day and value"), most=200_000, needed=True)


class CorrectionForm(ValueForm):
    """A value that replaces another, and why."""

    value = NumberField(marked("The right value"), needed=True, least=-1e15, most=1e15)
    sample_size = NumberField(marked("Sample size"), least=1, most=2**31 - 1, places=0)
    source = text(marked("Source"), most=200)
    reason = prose(marked("Reason of the correction"), most=2000, needed=True)

    def values(self) -> dict[str, Any]:
        """The values of the domain."""
        return {name: self[name].data for name in ("value", "sample_size", "source", "reason")}


class BaselineForm(PageForm):
    """Where the KPI stood; a figure may bear its unit."""

    kind = options(marked("How it is known"), BASELINES)
    from_on = DayField(marked("First day of the window"))
    until_on = DayField(marked("Last day of the window"))
    mean = NumberField(marked("Figure"), least=-1e15, most=1e15)
    evidence = prose(marked("Evidence"))
    reason = prose(marked("Reason of the new version"), most=2000)

    def process(self, *args: Any, unit: str = "", **more: Any) -> None:
        """Read what was typed; unit: that of the KPI."""
        self.mean.units = (unit,)
        super().process(*args, **more)

    def values(self) -> dict[str, Any]:
        """The values of the domain: those of the chosen way."""
        names = ("from_on", "until_on", "evidence") if self.kind.data == "measured" else ("mean", "evidence")
        return {"kind": self.kind.data, "reason": self.reason.data or "", **{name: self[name].data for name in names}}


class AgreementForm(PageForm):
    """In whose name a baseline is agreed; begun from the version of the KPI that was shown."""

    stale = READ_AGAIN
    reason = prose(marked("Why on behalf of the owner"), most=2000)
