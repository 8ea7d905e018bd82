"""Rows become ledger entries: recorded once, never changed, taken back by reversals."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from backlog.exchange.kinds.field import Field, Fields, choice, day, number, shown, text
from backlog.exchange.kinds.kind import Applier, Batch, Kind
from backlog.exchange.kinds.named import id_of
from backlog.exchange.kinds.record import Outcome, Record
from backlog.exchange.reading import figures
from backlog.exchange.reading.cells import Cell
from backlog.kernel.database import session
from backlog.kernel.refusal import Refusal, or_none
from backlog.kernel.together import once
from backlog.ledger import actions, queries
from backlog.ledger.models import Entry
from backlog.ledger.queries.entries import filtered
from backlog.lighthouse import queries as lighthouse
from backlog.people.models import User

SUBJECT = "entry"
DIMENSIONS = {
    "financial": ("Financial", "直接财务", "财务"),
    "operational": ("Operational", "运营效率", "运营"),
    "strategic": ("Strategic", "战略能力", "战略"),
}
KINDS = {
    "cost": ("Cost", "成本", "投入", "费用", "支出"),
    "benefit": ("Benefit", "收益", "效益"),
    "funding": ("Funding", "补贴", "资助"),
}
BASES = {"estimated": ("Estimated", "估算", "预计", "预估"), "measured": ("Measured", "实测", "实际", "已测量")}
RECURRENCES = {
    "once": ("Once", "一次", "一次性"),
    "monthly": ("Monthly", "每月", "按月"),
    "yearly": ("Yearly", "每年", "按年"),
}
REALISATIONS = {
    "cash": ("Cash", "现金", "cash: paid less, or earned more"),
    "avoided": ("Avoided", "避免支出", "避免"),
    "capacity": ("Capacity", "释放产能", "产能", "释放工时"),
}


def _each_time(cell: Cell, unit: str) -> Decimal | None:
    """An amount each time it recurs: 元/月 is the amount of a month."""
    return figures.amount(cell, unit.removesuffix("/月"))


FIELDS = Fields(
    [
        text("project", "Project", "项目", "project key", "项目编号", "所属项目"),
        text("use_case", "Use case", "用例", "use case code", "用例编号"),
        choice("dimension", "Dimension", "维度", DIMENSIONS, "价值维度"),
        choice("kind", "Kind", "类型", KINDS, "类别", "种类"),
        choice("basis", "Basis", "依据", BASES, "口径"),
        Field("amount", "Amount", "金额", ("amount yuan", "数额"), _each_time, unit="元"),
        text("metric", "Metric", "度量", "指标名称"),
        number("value", "Value", "值", "数值"),
        text("unit", "Unit", "单位"),
        choice("recurrence", "Recurrence", "周期", RECURRENCES, "频次", "发生频率"),
        day("from", "From", "开始", "起始", "日期", "date", "发生日期", "开始日期", "起始日期", "from_on"),
        day("until", "Until", "结束", "截止", "结束日期", "until_on"),
        choice("realisation", "Realisation", "实现方式", REALISATIONS, "实现"),
        text("kpi", "KPI", "指标", "kpi code"),
        text("evidence", "Evidence", "凭证", "证据"),
        text("note", "Note", "备注", "说明", "摘要"),
        number("entry", "Entry no.", "条目号"),
        text("hash", "Hash", "哈希", read_only=True),
        shown("verified", "Verified amount", "已核验金额", unit="元"),
        shown("checked_by", "Checked by", "由谁核验"),
        shown("takes_back", "Takes back entry", "冲销条目"),
        shown("by", "By", "由谁记录"),
        text("verified_by", "Verified by", "核验人", "verified_by_id", "verified_at", "verification", read_only=True),
        text("recorded_by", "Recorded by", "记录人", "recorded_by_id", "author", read_only=True),
        text("reverses", "Reverses", "冲销", "reverses_id", read_only=True),
        text("previous_hash", "Previous hash", "前一哈希", read_only=True),
    ]
)
PLAIN = ("dimension", "kind", "basis", "metric", "unit", "recurrence", "realisation", "evidence", "note")
CONTENT = ("project_id", "use_case_id", *PLAIN, "amount", "value", "from_on", "until_on", "kpi_id")


class Ledger(Kind):
    """Ledger entries in and out."""

    name = "ledger"
    fields = FIELDS

    def begin(self, batch: Batch) -> Applier:
        """Read what was recorded."""
        return LedgerRows(batch)

    def undo(self, actor: User, done: Any) -> None:
        """Reverse what was recorded."""
        entry = session.get_one(Entry, done.subject_id)
        if queries.reversal_of(entry) is not None:
            raise Refusal("import.changed_since", thing=f"#{entry.id}")
        actions.reverse(actor, entry, reason=f"undo import #{done.import_id}")


class LedgerRows:
    """The rows of one file."""

    names: Mapping[str, str] = {"project_id": "project", "use_case_id": "use_case", "kpi_id": "kpi"}

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        taken = {each for each in session.scalars(select(Entry.reverses_id)) if each is not None}
        rows = [each for each in session.scalars(filtered(batch.actor, {})) if each.reverses_id is None]
        self.standing: dict[tuple[Any, ...], list[int]] = {}
        for each in rows:
            if each.id not in taken:
                self.standing.setdefault(tuple(getattr(each, name) for name in CONTENT), []).append(each.id)
        self.met: Counter[tuple[Any, ...]] = Counter()

    def apply(self, record: Record) -> Outcome:
        """Record an entry, or find it recorded."""
        if record.is_empty():
            return Outcome("unchanged", SUBJECT, 0)
        if (known := record.values.get("entry")) is not None:
            return self._known(record, known)
        for name in record.values:
            if FIELDS[name].read_only:
                record.refuse(name, "value.read_only")
        values = self._values(record)
        if record.fails():
            return Outcome("unchanged", SUBJECT, 0)
        key = _key(values)
        self.met[key] += 1
        if self.met[key] <= len(self.standing.get(key, ())):
            return Outcome("unchanged", SUBJECT, self.standing[key][self.met[key] - 1])
        return Outcome("created", SUBJECT, actions.record_entry(self.batch.actor, **values).id)

    def _known(self, record: Record, number: Any) -> Outcome:
        entry = queries.find_visible(self.batch.actor, int(number)) if number == int(number) else None
        if entry is None:
            record.refuse("entry", "import.unknown_code", named=str(number))
        else:
            self._compare(record, entry)
        return Outcome("unchanged", SUBJECT, 0 if entry is None else entry.id)

    def _compare(self, record: Record, entry: Entry) -> None:
        """A recorded entry stands in a file only as it is: it is never changed."""
        values = self._values(record)
        for name in (*PLAIN, "amount", "value", "from", "until"):
            column = f"{name}_on" if name in {"from", "until"} else name
            if name in record.values and values[name] != getattr(entry, column) and name != "evidence":
                record.refuse(name, "value.read_only")

    def _values(self, record: Record) -> dict[str, Any]:
        given = record.values
        values = {name: given[name] for name in (*PLAIN, "amount", "from", "until") if name in given}
        if "value" in given:
            values["value"] = float(given["value"])
        values["project_id"] = self._project_id(record)
        values["use_case_id"] = self._id(record, "use_case")
        values["kpi_id"] = self._id(record, "kpi")
        return values

    def _project_id(self, record: Record) -> int | None:
        named = record.values.get("project")
        if named is None:
            return self.batch.project.id if self.batch.project is not None else None
        found = once(("project", named), lambda: or_none(lambda: lighthouse.find_by_key(self.batch.actor, named)))
        if found is None:
            record.refuse("project", "import.unknown_code", named=named)
        return None if found is None else found.id

    def _id(self, record: Record, name: str) -> int | None:
        named = record.values.get(name)
        if named is None:
            return None
        found = once((name, named), lambda: id_of(self.batch.actor, name, named))
        if found is None:
            record.refuse(name, "import.unknown_code", named=named)
        return found


def _key(values: dict[str, Any]) -> tuple[Any, ...]:
    """A row's content as a recorded entry of it has it."""
    defaults = {
        "basis": "measured",
        "recurrence": "once",
        "realisation": None,
        "until": None,
        "amount": None,
        "value": None,
    }
    full = {**dict.fromkeys(("metric", "unit", "evidence", "note"), ""), **defaults, **values}
    if full.get("kind") is None and full.get("dimension") in {"operational", "strategic"}:
        full["kind"] = "benefit"
    full |= {"from_on": full.get("from"), "until_on": full.get("until")}
    return tuple(full.get(name) for name in CONTENT)
