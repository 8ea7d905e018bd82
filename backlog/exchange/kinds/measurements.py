"""Rows become measurements of a KPI: one value a day, corrected only with a reason."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from backlog.exchange.kinds.field import Field, Fields, day, number, shown, text
from backlog.exchange.kinds.kind import Applier, Batch, Kind
from backlog.exchange.kinds.named import id_of
from backlog.exchange.kinds.record import Outcome, Record
from backlog.exchange.reading import cells, figures
from backlog.exchange.reading.cells import Cell
from backlog.exchange.reading.layout import Layout
from backlog.kernel.database import session
from backlog.kernel.figures import read_figure
from backlog.kernel.refusal import Refusal
from backlog.kernel.together import once
from backlog.kpis import actions, queries
from backlog.kpis.models import Kpi, Measurement
from backlog.people.models import User

SUBJECT = "measurement"
LOOKED_AT = 20
BEARING = re.compile(r"^[+-]?\d+(?:[.,]\d+)* ?[^\d\s/.-]{1,6}$")


def _value(cell: Cell, _unit: str) -> Decimal | str | None:
    """A number; other text waits for the KPI, whose unit it may bear."""
    try:
        return figures.number(cell)
    except cells.Unread as unread:
        if unread.code != "value.number" or not isinstance(cell, str):
            raise
        return cells.plain(cell)[:60]


FIELDS = Fields(
    [
        day(
            "observed_on", "Day", "日期", "date", "week start", "week", "周", "周起始", "周开始", "月份", "月", "month",
            "统计日期", "观测日期", "测量日期", "时间", "period", "日", "observed", "周次", "统计周", "统计月份", "统计时间", "年月", "day of",
        ),
        Field("value", "Value", "值", ("测量值", "数值", "指标值", "实际值", "measured value", "figure"), _value),
        number("sample_size", "Sample size", "样本量", "样本数", "n", "tickets", "count", "数量", "单量", "工单数", "sample"),
        text("source", "Source", "来源", "数据来源", "系统"),
        text("reason", "Reason of the correction", "更正原因", "原因", "修正原因"),
        text("kpi", "KPI", "指标", "指标编号", "kpi code"),
        text("id", "Id", "编号", read_only=True),
        shown("by", "By", "由谁测量"),
        text("measured_by", "Measured by", "测量人", "measured_by_id", "author", read_only=True),
    ]
)  # fmt: skip


class Measurements(Kind):
    """Measurements in and out."""

    name = "measurements"
    fields = FIELDS

    def settled(self, layout: Layout) -> Layout:
        """Where no header says which column is the value, the first column is that holds mostly numbers."""
        if any(each.field == "value" for each in layout.columns):
            return layout
        for at, column in enumerate(layout.columns):
            found = [row.cells[column.at] for row in layout.rows[:LOOKED_AT] if column.at < len(row.cells)]
            if not column.field and sum(map(_is_number, found)) * 2 > len(found):
                columns = [*layout.columns]
                columns[at] = replace(column, field="value")
                return replace(layout, columns=columns)
        return layout

    def begin(self, batch: Batch) -> Applier:
        """Read what was measured."""
        return MeasurementRows(batch)

    def undo(self, actor: User, done: Any) -> None:
        """Measurements stay (R2): a correction is corrected back; what was new can't be taken away."""
        if done.act == "created":
            raise Refusal("import.append_only")
        corrected = session.get_one(Measurement, done.subject_id)
        kpi = session.get_one(Kpi, corrected.kpi_id)
        if queries.superseded_by([corrected]):
            raise Refusal("import.changed_since", thing=corrected.observed_on.isoformat())
        before = session.get_one(Measurement, corrected.supersedes_id)
        back = {"value": before.value, "sample_size": before.sample_size, "source": before.source}
        actions.measure(actor, kpi, **back, supersedes_id=corrected.id, reason=f"#{before.id}")


class MeasurementRows:
    """The rows of one file."""

    names: Mapping[str, str] = {"supersedes_id": "reason"}

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.live: dict[int, dict[Any, Measurement]] = {}
        self.seen: dict[tuple[int, Any], int] = {}
        self.bears_percent = _rows_with_percent(batch.layout)
        self.told_of_shares: set[int] = set()

    def apply(self, record: Record) -> Outcome:
        """Write a value down, correct one, or find it as it was."""
        if record.is_empty():
            return Outcome("unchanged", SUBJECT, 0)
        kpi, given = self._kpi(record), record.values
        for name in ("observed_on", "value"):
            if name not in given and not record.fails():
                record.refuse(name, "value.required")
        if "sample_size" in given and given["sample_size"] != int(given["sample_size"]):
            record.refuse("sample_size", "value.whole")
        for name in given:
            if FIELDS[name].read_only:
                record.refuse(name, "value.read_only")
        if kpi is None or record.fails() or not self._is_clear(record, kpi):
            return Outcome("unchanged", SUBJECT, 0)
        first = self.seen.setdefault((kpi.id, given["observed_on"]), record.row)
        if first != record.row:
            record.refuse("observed_on", "row.repeated", first=first)
            return Outcome("unchanged", SUBJECT, 0)
        return self._measure(record, kpi)

    def _is_clear(self, record: Record, kpi: Kpi) -> bool:
        """Whether the value is one: with the unit of the KPI behind it, and in per cent where others of its column say so."""
        value = record.values["value"]
        if isinstance(value, str):
            try:
                value = record.values["value"] = read_figure(value, (kpi.unit,))
            except ValueError:
                record.refuse("value", "value.number")
                return False
        if kpi.unit == "%" and 0 < abs(value) <= 1 and record.row not in self.bears_percent:
            facts = {
                "text": f"{value.normalize():f}",
                "first": f"{value.normalize():f}",
                "second": f"{(value * 100).normalize():f}",
            }
            if self.bears_percent:
                record.refuse("value", "value.percent_either", **facts)
            elif not self.told_of_shares:
                self.told_of_shares.add(record.row)
                record.warn("value", "value.percent_either", **facts)
        return not record.fails()

    def _measure(self, record: Record, kpi: Kpi) -> Outcome:
        given = record.values
        row: dict[str, Any] = {"value": given["value"], "observed_on": given["observed_on"]}
        row |= {name: given[name] for name in ("source", "reason") if name in given}
        if "sample_size" in given:
            row["sample_size"] = int(given["sample_size"])
        present = self._live(kpi).get(given["observed_on"])
        if present is not None and _same(present, row):
            return Outcome("unchanged", SUBJECT, present.id)
        if present is not None and "reason" in row:
            row["supersedes_id"] = present.id
        elif present is None:
            row.pop("reason", None)
        made = actions.measure(self.batch.actor, kpi, **row)
        self._live(kpi)[made.observed_on] = made
        return Outcome("created" if present is None else "updated", SUBJECT, made.id)

    def _kpi(self, record: Record) -> Kpi | None:
        """The KPI a row names, else the one the whole file is for."""
        named = record.values.get("kpi")
        if named is None:
            if self.batch.kpi is None:
                record.refuse("kpi_id", "value.required")
            return self.batch.kpi
        id_ = once(("kpi", named), lambda: id_of(self.batch.actor, "kpi", named))
        found = None if id_ is None else session.get(Kpi, id_)
        if found is None:
            record.refuse("kpi", "import.unknown_code", named=named)
        return found

    def _live(self, kpi: Kpi) -> dict[Any, Measurement]:
        if kpi.id not in self.live:
            self.live[kpi.id] = {each.observed_on: each for each in queries.live_measurements(kpi.id)}
        return self.live[kpi.id]


def _rows_with_percent(layout: Layout | None) -> set[int]:
    """The rows whose value is written with a per cent sign."""
    if layout is None:
        return set()
    at = [each.at for each in layout.columns if each.field == "value"]
    found = ((row.number, row.cells[one]) for row in layout.rows for one in at if one < len(row.cells))
    return {number for number, cell in found if isinstance(cell, str) and cells.plain(cell).endswith("%")}


def _is_number(cell: Any) -> bool:
    """Whether a cell is a number, perhaps with a unit behind it."""
    try:
        return figures.number(cell) is not None
    except cells.Unread as unread:
        return unread.code == "value.number" and isinstance(cell, str) and bool(BEARING.match(cells.plain(cell)))


def _same(present: Measurement, row: dict[str, Any]) -> bool:
    return (
        abs(present.value - float(row["value"])) < 1e-9
        and row.get("sample_size", present.sample_size) == present.sample_size
        and row.get("source", present.source) == present.source
    )
