"""Rows become data assets, matched by their name and source system."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from backlog.exchange.kinds.field import Fields, choice, deadline, number, points, several, shown, text
from backlog.exchange.kinds.kind import Applier, Batch, Kind
from backlog.exchange.kinds.named import id_of
from backlog.exchange.kinds.record import Outcome, Record
from backlog.exchange.reading import figures
from backlog.kernel.database import session
from backlog.kernel.refusal import Refusal
from backlog.kernel.text import clean_name, fold
from backlog.kernel.together import once
from backlog.people.models import User
from backlog.usecases import actions, queries
from backlog.usecases.actions.data_assets import PARTS, POINTS
from backlog.usecases.models import DataAsset

SUBJECT = "data_asset"
PERSONAL_DATA = {
    "unknown": ("not checked yet", "尚未核实", "未知", "不清楚"),
    "none": ("no personal data", "不含个人信息", "无", "否", "不含"),
    "personal": ("personal data", "含个人信息", "个人信息", "是", "含"),
    "sensitive": ("sensitive personal data", "含敏感个人信息", "敏感个人信息", "敏感"),
}
PLAIN = ("name", "source_system", "quality", "personal_data", "licence", "ready_on", "notes")
FIELDS = Fields(
    [
        text("name", "Name of the data", "数据名称", "name", "data asset", "数据资产", "名称", "数据", "资产名称"),
        text("source_system", "Source system", "来源系统", "系统", "source", "来源", "数据来源", "所属系统"),
        text("owner", "Owner of the data", "数据负责人", "owner", "负责人", "数据责任人", "责任人", "数据owner"),
        number("quality", "Quality (1 to 5)", "质量(1至5)", "quality", "质量", "数据质量", bears=("分",)),
        choice("personal_data", "Personal data", "个人信息", PERSONAL_DATA, "personal", "是否含个人信息"),
        text("licence", "Licence or permission", "许可或授权", "licence", "license", "授权", "许可", "授权情况", "许可情况"),
        deadline("ready_on", "Ready on", "可用日期", "ready", "就绪日期", "可用时间"),
        several("use_cases", "Needed by", "支撑用例", "use cases", "用例", "使用用例", "被哪些用例使用"),
        *points(
            "enabling_cost", "Enabling cost", "打通成本", figures.amount, "元", "cost", "成本", "投入", "打通费用",
        ),
        *points(
            "enabling_weeks", "Enabling effort (person-weeks)", "打通工作量(人周)", figures.weeks, "person_weeks", "effort",
            "工作量", "人周", "人天", "enabling effort",
        ),
        text("notes", "Notes", "备注", "note", "说明"),
        shown("is_ready", "Ready now", "现在可用", choices={"yes": ("yes", "是"), "no": ("no", "否")}),
    ]
)  # fmt: skip


class DataAssets(Kind):
    """The register of data assets in and out."""

    name = "data-assets"
    fields = FIELDS

    def begin(self, batch: Batch) -> Applier:
        """Read the register."""
        return DataAssetRows(batch)

    def undo(self, actor: User, done: Any) -> None:
        """Archive what was entered, and put back what was changed; what was changed since stays refused."""
        asset = session.get_one(DataAsset, done.subject_id)
        if done.act == "created":
            actions.archive_data_asset(actor, asset)
            return
        present = _plain(_present(asset, queries.uses_of([asset.id]).get(asset.id, [])))
        if any(present[name] != value for name, value in done.after.items()):
            raise Refusal("import.changed_since", thing=asset.name)
        actions.edit_data_asset(actor, asset, **_restored(done.before))


class DataAssetRows:
    """The rows of one file."""

    names: Mapping[str, str] = {
        "owner_id": "owner",
        "use_case_ids": "use_cases",
        **{name: f"{name}_likely" for name in POINTS},
    }

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.known = {_key(each.name, each.source_system): each.id for each in reversed(queries.all_data_assets())}
        self.uses = queries.uses_of(self.known.values())
        self.seen: dict[tuple[str, str], int] = {}

    def apply(self, record: Record) -> Outcome:
        """Enter, change or find the data asset of a row."""
        given = record.values
        if record.is_empty():
            return Outcome("unchanged", SUBJECT, 0)
        if "name" not in given:
            record.refuse("name", "value.required")
            return Outcome("unchanged", SUBJECT, 0)
        key = _key(given["name"], given.get("source_system", ""))
        if self.seen.setdefault(key, record.row) != record.row:
            record.refuse("name", "row.repeated", first=self.seen[key])
        values, found = self._values(record), self.known.get(key)
        if record.fails():
            return Outcome("unchanged", SUBJECT, 0)
        return self._enter(key, values) if found is None else self._change(session.get_one(DataAsset, found), values)

    def _enter(self, key: tuple[str, str], values: dict[str, Any]) -> Outcome:
        made = actions.add_data_asset(self.batch.actor, **values)
        self.known[key], self.uses[made.id] = made.id, list(values.get("use_case_ids", []))
        return Outcome("created", SUBJECT, made.id)

    def _change(self, asset: DataAsset, values: dict[str, Any]) -> Outcome:
        before = _present(asset, self.uses.get(asset.id, []))
        changed = {name: value for name, value in values.items() if before[name] != value}
        if not changed:
            return Outcome("unchanged", SUBJECT, asset.id)
        actions.edit_data_asset(self.batch.actor, asset, **changed)
        self.uses[asset.id] = list(changed.get("use_case_ids", self.uses.get(asset.id, [])))
        after = _present(asset, self.uses[asset.id])
        was, now = _plain({name: before[name] for name in changed}), _plain({name: after[name] for name in changed})
        return Outcome("updated", SUBJECT, asset.id, "", was, now)

    def _values(self, record: Record) -> dict[str, Any]:
        given = record.values
        values = {name: given[name] for name in PLAIN if name in given}
        for name in {"name", "source_system", "licence"} & values.keys():
            values[name] = clean_name(values[name])
        if (quality := values.get("quality")) is not None:
            values["quality"] = int(quality)
            if quality != int(quality):
                record.refuse("quality", "value.whole")
        if owner := given.get("owner"):
            self._owner(record, owner, values)
        if "use_cases" in given:
            values["use_case_ids"] = self._ids(record, given["use_cases"])
        return values | self._points(record)

    def _owner(self, record: Record, owner: str, values: dict[str, Any]) -> None:
        chosen = self.batch.people.find(owner)
        if chosen is not None:
            values["owner_id"] = chosen
        elif not self.batch.people.is_chosen(owner):
            record.warn("owner", "import.unknown_person", person=owner)

    def _ids(self, record: Record, codes: list[str]) -> list[int]:
        """The use cases that codes name, in the order in which the register keeps them."""
        found = set()
        for code in codes:
            one = once(("use_case", code), lambda code=code: id_of(self.batch.actor, "use_case", code))  # type: ignore[misc]
            if one is None:
                record.refuse("use_cases", "import.unknown_code", named=code)
            else:
                found.add(one)
        return sorted(found)

    def _points(self, record: Record) -> dict[str, Any]:
        """Three points of money and of weeks: a single one stands for all three."""
        found = {}
        for name, (kind, _) in POINTS.items():
            parts = {part: record.values.get(f"{name}_{part}", record.values.get(name)) for part in PARTS}
            if any(value is not None for value in parts.values()):
                likely = parts["likely"]
                if likely is None:
                    record.refuse(f"{name}_likely", "value.required")
                    continue
                found[name] = {part: kind(likely if value is None else value) for part, value in parts.items()}
        return found


def _key(name: str, source_system: str) -> tuple[str, str]:
    return fold(clean_name(name)), fold(clean_name(source_system))


def _present(asset: DataAsset, uses: list[int]) -> dict[str, Any]:
    """What stands in the register, as a row gives it."""
    return {
        **{name: getattr(asset, name) for name in (*PLAIN, "owner_id")},
        **{name: {part: getattr(asset, f"{name}_{part}") for part in PARTS} for name in POINTS},
        "use_case_ids": list(uses),
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON keeps them."""
    return {name: _word(value) for name, value in values.items()}


def _word(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: str(inner) for name, inner in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def _restored(values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    if found.get("ready_on"):
        found["ready_on"] = date.fromisoformat(found["ready_on"])
    for name, (kind, _) in POINTS.items():
        if name in found:
            found[name] = {part: kind(value) for part, value in found[name].items()}
    return found
