"""The gate a project passes before it starts (R5), what re-opens it, the ways of its status, and its promise."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import ceil
from typing import Literal

from backlog.kernel.money import FEN

LONGEST_MONTHS = 3

CriterionCode = Literal["impact", "feasible", "measurable"]

STEPS: dict[str, tuple[frozenset[str], str]] = {
    "start": (frozenset({"draft"}), "running"),
    "deliver": (frozenset({"running"}), "delivered"),
    "scale": (frozenset({"delivered"}), "scaled"),
    "stop": (frozenset({"running", "delivered"}), "stopped"),
}


@dataclass(frozen=True, slots=True)
class GateKpi:
    """What the gate asks of one KPI of the project's use cases."""

    kpi_role: str
    has_agreed_baseline: bool
    has_target: bool


@dataclass(frozen=True, slots=True)
class Criterion:
    """One lamp of the gate, and what is missing for it."""

    code: CriterionCode
    missing: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Gate:
    """The three lamps, what re-opened the gate since the start, and whether a guardrail watches the price."""

    criteria: tuple[Criterion, ...]
    reopened_by: tuple[str, ...]
    has_guardrail: bool

    @property
    def is_open(self) -> bool:
        """Whether all three hold and nothing agreed has changed since."""
        return not self.missing and not self.reopened_by

    @property
    def missing(self) -> tuple[str, ...]:
        """All that is missing, in the order of the lamps."""
        return tuple(code for criterion in self.criteria for code in criterion.missing)


def gate(
    *,
    impact_confirmed: bool,
    starts_on: date | None,
    due_on: date | None,
    data_readiness_recorded: bool,
    kpis: Sequence[GateKpi],
    reopened_by: Sequence[str] = (),
) -> Gate:
    """High impact, feasible, measurable: what holds and what is missing (R5)."""
    return Gate(
        criteria=(
            Criterion("impact", () if impact_confirmed else ("impact_confirmation",)),
            Criterion("feasible", _missing_to_be_feasible(starts_on, due_on, data_readiness_recorded)),
            Criterion("measurable", _missing_to_be_measurable([k for k in kpis if k.kpi_role == "target"])),
        ),
        reopened_by=tuple(reopened_by),
        has_guardrail=any(k.kpi_role == "guardrail" for k in kpis),
    )


def _missing_to_be_feasible(starts_on: date | None, due_on: date | None, data_ready: bool) -> tuple[str, ...]:
    """Due at most three months after the start, data readiness recorded."""
    missing = []
    if due_on is None:
        missing.append("due_date")
    elif starts_on is None or not is_within_three_months(starts_on, due_on):
        missing.append("due_within_3_months")
    if not data_ready:
        missing.append("data_readiness")
    return tuple(missing)


def _missing_to_be_measurable(kpis: Sequence[GateKpi]) -> tuple[str, ...]:
    """At least one target KPI with both; otherwise what the one lacks that lacks least."""
    if not kpis:
        return ("kpi",)
    lacks = [
        tuple(code for code, has in (("agreed_baseline", k.has_agreed_baseline), ("target", k.has_target)) if not has)
        for k in kpis
    ]
    return min(lacks, key=len)


def is_within_three_months(starts_on: date, due_on: date) -> bool:
    """Whether the due date is neither before the start nor after the same day three calendar months on.

    >>> is_within_three_months(date(2026, 11, 30), date(2027, 2, 28))
    True
    """
    return starts_on <= due_on <= add_months(starts_on, LONGEST_MONTHS)


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months on (or back), or that month's last.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def may_step(verb: str, status: str) -> bool:
    """Whether a project of that status may take the step: start, deliver, scale or stop."""
    return status in STEPS[verb][0]


KPI_CONTENT = ("counting", "baseline_version", "target", "evaluate_on")


def agreed_content(kpis: Mapping[str, Mapping[str, object]], due_on: date | None) -> dict[str, object]:
    """What the owner agrees to, as plain JSON: by KPI code the content named in KPI_CONTENT, and the due date."""
    return {
        "kpis": {code: {name: _plain(content.get(name)) for name in KPI_CONTENT} for code, content in kpis.items()},
        "due_on": _plain(due_on),
    }


def _plain(value: object) -> object:
    """Dates as text, decimals as numbers, everything else as it is."""
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class Change:
    """One agreed thing that is no longer so; of the project where the KPI is None."""

    kpi: str | None
    what: str
    was: object
    now: object


def changes(agreed: Mapping[str, object], present: Mapping[str, object]) -> tuple[Change, ...]:
    """How the present content differs from the agreed one; a KPI added since changes nothing agreed."""
    found = []
    was_kpis, now_kpis = _kpis(agreed), _kpis(present)
    for code in sorted(was_kpis):
        if code not in now_kpis:
            found.append(Change(code, "kpi", code, None))
            continue
        was, now = was_kpis[code], now_kpis[code]
        found += [
            Change(code, name, was.get(name), now.get(name)) for name in KPI_CONTENT if was.get(name) != now.get(name)
        ]
    if agreed.get("due_on") != present.get("due_on"):
        found.append(Change(None, "due_on", agreed.get("due_on"), present.get("due_on")))
    return tuple(found)


def _kpis(content: Mapping[str, object]) -> Mapping[str, Mapping[str, object]]:
    """The KPIs' part of an agreed content."""
    kpis = content.get("kpis")
    return kpis if isinstance(kpis, Mapping) else {}


def reopened_by(agreed: Mapping[str, object] | None, present: Mapping[str, object]) -> tuple[str, ...]:
    """The names of what changed since it was agreed, each once; nothing was agreed before the start."""
    return tuple(dict.fromkeys(change.what for change in changes(agreed, present))) if agreed is not None else ()


@dataclass(frozen=True, slots=True)
class PromisedEntry:
    """One estimated entry of the ledger, named as there; yuan."""

    kind: Literal["cost", "benefit"]
    amount: Decimal
    recurrence: Literal["once", "yearly"]
    from_on: date
    realisation: Literal["cash"] | None = None
    dimension: Literal["financial"] = "financial"
    basis: Literal["estimated"] = "estimated"
    until_on: date | None = None


def promise(
    *,
    starts_on: date,
    months_to_value: float,
    success_probability: Decimal,
    annual_benefit: Decimal,
    one_off_cost: Decimal,
    annual_running_cost: Decimal,
) -> tuple[PromisedEntry, ...]:
    """The expected values that the ranking used (means, in yuan), as entries: no row for an amount of nothing.

    One-off cost in month 0; p × benefit and running cost yearly from start + months to value on (part months
    count whole).
    """
    later = add_months(starts_on, ceil(months_to_value))
    entries = (
        PromisedEntry("cost", to_whole_fen(one_off_cost), "once", starts_on),
        PromisedEntry("cost", to_whole_fen(annual_running_cost), "yearly", later),
        PromisedEntry("benefit", to_whole_fen(success_probability * annual_benefit), "yearly", later, "cash"),
    )
    return tuple(entry for entry in entries if entry.amount)


def to_whole_fen(amount: Decimal) -> Decimal:
    """Yuan, half a fen rounded away from zero."""
    return amount.quantize(FEN, ROUND_HALF_UP)
