"""The ledger: what was paid, what was saved, what finance verified, and who may claim which share."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from backlog.ledger import actions
from backlog.ledger.models import Entry
from backlog.lighthouse.rules import add_months
from backlog.sample.calendar import last_day
from backlog.sample.stage import Act, Row, Stage

RECORDED_AFTER = 4  # days
ATTRIBUTED_AFTER = 3  # the sprint


def acts(stage: Stage) -> Iterator[Act]:
    """Entries at the moment they were recorded, verifications, strategic values, shares."""
    told = stage.read("projects")
    entries: dict[int, Entry] = {}
    for place, row in enumerate(told["entries"]):
        first = from_on(stage, row, told["projects"][row["project"]]["starts"])
        recorded = max(first, stage.day(told["projects"][row["project"]]["starts"])).toordinal() + RECORDED_AFTER
        yield stage.act(date.fromordinal(recorded), 11 + place / 100, _record, entries, place, row, first)
        if "verified" in row:
            yield stage.act(row["verified"], 15, _verify, entries, place, row)
    for row in told["strategic"]:
        for day, amount in row["values"]:
            made: dict[str, Entry] = {}
            yield stage.act(day, 17.5, _strategic, made, row, day, amount)
            yield stage.act(day + RECORDED_AFTER, 15.5, _confirm, made, row)
    for row in stage.read("aiqc")["attributions"]:
        yield stage.act(last_day(stage, ATTRIBUTED_AFTER), 18, _attribute, row)


def from_on(stage: Stage, row: Row, starts: int) -> date:
    """The day an entry counts from: its own, or the first of a month after the project's."""
    if "day" in row:
        return stage.day(row["day"])
    start = stage.day(starts)
    return start if row["month"] == 0 else add_months(start.replace(day=1), row["month"])


def _record(stage: Stage, entries: dict[int, Entry], place: int, row: Row, first: date) -> None:
    values: dict[str, Any] = {name: row[name] for name in ("kind", "recurrence", "realisation") if name in row}
    entries[place] = actions.record_entry(
        stage.people[row["by"]],
        project_id=stage.projects[row["project"]].id,
        dimension="financial",
        basis="measured",
        amount=Decimal(row["amount"]),
        evidence=row.get("evidence", ""),
        note=" · ".join(part for part in (row.get("note"), stage.mark) if part),
        kpi_id=stage.kpis[row["kpi"]].id if "kpi" in row else None,
        **values,
        **{"from": first},
    )


def _verify(stage: Stage, entries: dict[int, Entry], place: int, row: Row) -> None:
    actions.verify(stage.people["qian"], entries[place], row["verification"])


def _strategic(stage: Stage, made: dict[str, Entry], row: Row, day: int, amount: float) -> None:
    values = {"metric": row["metric"], "unit": row["unit"], "value": float(amount), "from": stage.day(day)}
    lin = stage.people["lin"]
    made["entry"] = actions.record_entry(lin, dimension="strategic", kind="benefit", note=stage.mark, **values)


def _confirm(stage: Stage, made: dict[str, Entry], row: Row) -> None:
    actions.verify(stage.people["qian"], made["entry"], row["verification"])


def _attribute(stage: Stage, row: Row) -> None:
    item, kpi = stage.items[row["item"]], stage.kpis[row["kpi"]]
    actions.attribute(stage.people["wu"], item_id=item.id, kpi_id=kpi.id, share_percent=Decimal(row["share"]))
