"""Forms of the value ledger."""

from typing import Any

from backlog.kernel.language import marked
from backlog.ledger.pages.words import KINDS, REALISATIONS, RECURRENCES
from backlog.web.fields import (
    PER_CENT,
    BooleanField,
    DayField,
    HiddenField,
    MoneyField,
    NumberField,
    OneOf,
    options,
    prose,
    text,
)
from backlog.web.forms import PageForm

BASES = {"measured": marked("Measured: it happened"), "estimated": marked("Estimated: it is expected")}
MONEY = ("kind", "amount", "recurrence", "realisation", "until_on")
MEASURED = ("metric", "value", "unit")


class EntryForm(PageForm):
    """One entry; which fields are shown goes by the dimension, which stands in the address."""

    dimension = HiddenField()
    project_id = OneOf(marked("Project"))
    use_case_id = OneOf(marked("Use case"))
    kind = options(marked("Kind"), KINDS.items())
    basis = options(marked("Basis"), BASES.items())
    amount = MoneyField(marked("Amount without tax"))
    metric = text(marked("Metric"), most=120)
    value = NumberField(marked("Its value"))
    unit = text(marked("Unit"), most=40)
    recurrence = options(marked("How often"), RECURRENCES.items())
    realisation = options(marked("How it is realised"), [("", marked("Please choose")), *REALISATIONS.items()])
    from_on = DayField(marked("From"), needed=True)
    until_on = DayField(marked("Until"))
    kpi_id = OneOf(marked("KPI that shows it"))
    evidence = prose(marked("Evidence"))
    evidence_restricted = BooleanField(marked("Only the recorder and verifiers may read the evidence"))
    note = prose(marked("Note"))
    reason = text(marked("Why the old entry is wrong"), most=2000)

    @property
    def is_financial(self) -> bool:
        """Whether money fields are shown."""
        return (self.dimension.data or "financial") == "financial"

    def narrow(self, dimension: str) -> None:
        """Keep the fields of one dimension."""
        self.dimension.data = dimension
        for name in MEASURED if dimension == "financial" else MONEY:
            del self[name]

    def _money(self) -> dict[str, Any]:
        return {
            "kind": self.kind.data,
            "amount": self.amount.data,
            "recurrence": self.recurrence.data,
            "realisation": self.realisation.data or None,
            "until": self.until_on.data,
        }

    def _metric(self) -> dict[str, Any]:
        value = None if self.value.data is None else float(self.value.data)
        return {"kind": "benefit", "metric": self.metric.data, "unit": self.unit.data, "value": value}

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        return {
            **(self._money() if self.is_financial else self._metric()),
            "dimension": self.dimension.data or "financial",
            "project_id": self.project_id.number,
            "use_case_id": self.use_case_id.number,
            "basis": self.basis.data,
            "from": self.from_on.data,
            "kpi_id": self.kpi_id.number,
            "evidence": self.evidence.data,
            "evidence_restricted": self.evidence_restricted.data,
            "note": self.note.data,
        }

    def take(self, errors: Any) -> None:
        """Faults of days beside the fields that hold them."""
        named = {"from": "from_on", "until": "until_on"}
        super().take({named.get(name, name): wrongs for name, wrongs in errors.items()})


class VerifyForm(PageForm):
    """Evidence, and the amount where it is reduced."""

    evidence = prose(marked("Evidence of the check"), needed=True)
    amount = MoneyField(marked("Verified amount, if reduced"))


class ReverseForm(PageForm):
    """Why an entry is taken back."""

    reason = text(marked("Reason"), most=2000, needed=True)


class ShareForm(PageForm):
    """Who claims which share."""

    item_id = OneOf(marked("Item"))
    cause = text(marked("Or an outer cause, by name"), most=200)
    share_percent = NumberField(marked("Share in per cent"), needed=True, least=0, most=100, places=2, units=PER_CENT)
