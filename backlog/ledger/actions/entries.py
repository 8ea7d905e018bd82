"""Recording costs and benefits, and taking them back; nothing recorded is ever changed (R2)."""

from datetime import date
from decimal import Decimal
from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.refusal import Invalid, Refusal, Wrong, or_none, wrong
from backlog.kernel.text import is_storable
from backlog.kpis import queries as kpis
from backlog.ledger import queries
from backlog.ledger.actions.chain import add_link
from backlog.ledger.models import BASES, DIMENSIONS, ENTRY_KINDS, REALISATIONS, RECURRENCES, Entry
from backlog.lighthouse import queries as lighthouse
from backlog.people.models import User
from backlog.people.policy import EVERYWHERE, require
from backlog.usecases import queries as usecases

CHOICES = {
    "dimension": DIMENSIONS,
    "kind": ENTRY_KINDS,
    "basis": BASES,
    "recurrence": RECURRENCES,
    "realisation": (*REALISATIONS, None),
}
LENGTHS = {"metric": 120, "unit": 40, "evidence": 20_000, "note": 20_000}
MOST_VALUE = 1e15


def record_entry(actor: User, **values: Any) -> Entry:
    """Record an entry; `from` and `until` are the days it counts from and to.

    A financial entry has an amount above 0 in yuan, without tax; any other a metric and a value. Only strategic values
    may be the whole company's, of no project or use case.
    """
    return _write(actor, _checked(actor, values))


def correct(actor: User, entry: Entry, reason: str, **values: Any) -> Entry:
    """Take an entry back and record the right one in its place: both or neither."""
    checked = _checked(actor, values)
    reverse(actor, entry, reason)
    made = _write(actor, checked, corrects_id=entry.id)
    record(actor, "entry.corrected", ("entry", entry.id), project_id=made.project_id, by=made.id, reason=reason.strip())
    return made


def _checked(actor: User, values: dict[str, Any]) -> dict[str, Any]:
    """The values with what is left out filled in, where this person may record them and nothing is wrong with them."""
    values = {"basis": "measured", "recurrence": "once", "realisation": None, **values}
    if values.get("kind") is None and values.get("dimension") in {"operational", "strategic"}:
        values["kind"] = "benefit"
    scope = EVERYWHERE
    if values.get("project_id") is not None:
        scope = lighthouse.scope_of(_project(actor, values["project_id"]))
    require(actor, "entry.record", scope)
    _check(actor, values)
    return values


def _write(actor: User, values: dict[str, Any], corrects_id: int | None = None) -> Entry:
    """Add the link of checked values."""
    entry = _made(actor, values, corrects_id)
    add_link(entry)
    known = {"project_id": entry.project_id, "kind": entry.kind, "amount": entry.amount}
    record(actor, "entry.recorded", ("entry", entry.id), **known)
    return entry


def _made(actor: User, values: dict[str, Any], corrects_id: int | None) -> Entry:
    """The row of checked values."""
    return Entry(
        corrects_id=corrects_id,
        project_id=values.get("project_id"),
        use_case_id=values.get("use_case_id"),
        dimension=values["dimension"],
        kind=values["kind"],
        basis=values["basis"],
        amount=values.get("amount"),
        metric=_text(values, "metric"),
        unit=_text(values, "unit"),
        value=values.get("value"),
        recurrence=values["recurrence"],
        from_on=values["from"],
        until_on=values.get("until"),
        realisation=values["realisation"],
        kpi_id=values.get("kpi_id"),
        evidence=_text(values, "evidence"),
        evidence_restricted=bool(values.get("evidence_restricted", False)),
        note=_text(values, "note"),
        reverses_id=None,
        recorded_by_id=actor.id,
        recorded_at=clock.now(),
    )


def reverse(actor: User, entry: Entry, reason: str) -> Entry:
    """Take an entry back by one of the same kind with the negative amount; both stay readable."""
    require(actor, "entry.reverse", queries.scope_of(entry))
    reason = reason.strip()
    if not 1 <= len(reason) <= 2000 or not is_storable(reason):
        raise Invalid(reason=wrong("value.length", least=1, most=2000))
    queries.lock(entry)
    if entry.reverses_id is not None:
        raise Refusal("entry.is_reversal")
    if queries.reversal_of(entry) is not None:
        raise Refusal("entry.already_reversed")
    same = (
        "project_id",
        "use_case_id",
        "dimension",
        "kind",
        "basis",
        "metric",
        "unit",
        "recurrence",
        "from_on",
        "until_on",
    )
    back = Entry(
        **{name: getattr(entry, name) for name in same},
        realisation=entry.realisation,
        kpi_id=entry.kpi_id,
        amount=None if entry.amount is None else -entry.amount,
        value=None if entry.value is None else -entry.value,
        evidence="",
        evidence_restricted=False,
        note=reason,
        reverses_id=entry.id,
        recorded_by_id=actor.id,
        recorded_at=clock.now(),
    )
    add_link(back)
    record(actor, "entry.reversed", ("entry", entry.id), project_id=entry.project_id, by=back.id, reason=reason)
    return back


def _project(actor: User, project_id: int) -> Any:
    project = queries.find_project(actor, project_id)
    if project is None:
        raise Invalid(project_id="value.unknown_id")
    return project


def _text(values: dict[str, Any], name: str) -> str:
    return (values.get(name) or "").strip()


def _check(actor: User, values: dict[str, Any]) -> None:
    errors: dict[str, list[Wrong]] = {}
    for name in ("dimension", "kind", "from"):
        if values.get(name) is None:
            errors[name] = [wrong("value.required")]
    for name, known in CHOICES.items():
        if name not in errors and values[name] not in known:
            errors[name] = [wrong("value.unknown_choice", choices=[each for each in known if each])]
    for name, most in LENGTHS.items():
        if len(_text(values, name)) > most:
            errors[name] = [wrong("value.too_long", most=most)]
        elif not is_storable(_text(values, name)):
            errors[name] = [wrong("value.characters")]
    if not errors:
        errors = {
            **_check_worth(values),
            **_check_days(values, max(clock.today(actor.time_zone), clock.today())),
            **_check_links(actor, values),
        }
    if errors:
        raise Invalid(errors)


def _check_worth(values: dict[str, Any]) -> dict[str, list[Wrong]]:
    errors: dict[str, list[Wrong]] = {}
    amount: Decimal | None = values.get("amount")
    if values["dimension"] != "financial":
        if amount is not None:
            errors["amount"] = [wrong("entry.amount_is_financial")]
        if not _text(values, "metric"):
            errors["metric"] = [wrong("value.required")]
        value = values.get("value")
        if value is None:
            errors["value"] = [wrong("value.required")]
        elif not -MOST_VALUE <= value <= MOST_VALUE:
            errors["value"] = [wrong("value.range", least=-MOST_VALUE, most=MOST_VALUE)]
        return errors
    if amount is None:
        errors["amount"] = [wrong("value.required")]
    elif amount <= 0:
        errors["amount"] = [wrong("entry.amount_above_zero")]
    if values["kind"] == "benefit" and values["realisation"] is None:
        errors["realisation"] = [wrong("value.required")]
    return errors


def _check_days(values: dict[str, Any], today: date) -> dict[str, list[Wrong]]:
    first: date = values["from"]
    last: date | None = values.get("until")
    if values["basis"] == "measured" and first > today:
        return {"from": [wrong("entry.not_measured_yet")]}
    if last is not None and last < first:
        return {"until": [wrong("entry.until_before_from")]}
    if last is not None and values["recurrence"] == "once" and last != first:
        return {"until": [wrong("entry.once_has_no_until")]}
    return {}


def _check_links(actor: User, values: dict[str, Any]) -> dict[str, list[Wrong]]:
    errors: dict[str, list[Wrong]] = {}
    if values["dimension"] != "strategic" and values.get("project_id") is None and values.get("use_case_id") is None:
        errors["project_id"] = [wrong("entry.of_a_project")]
    unknown = [wrong("value.unknown_id")]
    use_case_id, kpi_id = values.get("use_case_id"), values.get("kpi_id")
    if use_case_id is not None and not usecases.knows_use_case(use_case_id):
        errors["use_case_id"] = unknown
    kpi = or_none(lambda: kpis.get_kpi(actor, kpi_id)) if kpi_id is not None else None
    if kpi_id is not None and (kpi is None or kpi.archived_at is not None):
        errors["kpi_id"] = unknown
    return errors
