"""One thing of each kind, made through the API, for walking all routes; kinds whose resource is not there are left out."""

import io
from typing import Any

from flask import Flask

from tests.lighthouse.factory import started
from tests.world import Call, Caller, World

THREE = {"low": 1, "likely": 2, "high": 3}
MONEY = {"low": "10000", "likely": "20000.00", "high": "30000"}
ESTIMATE = {
    "annual_benefit": MONEY, "one_off_cost": MONEY, "annual_running_cost": MONEY, "effort_weeks": THREE,
    "success_probability": 0.7, "months_to_value": 3, "impact": 4, "feasibility": 4, "measurability": 4,
}  # fmt: skip
ENTRY = {
    "dimension": "financial", "kind": "benefit", "basis": "estimated", "amount": "1000.00", "recurrence": "once",
    "realisation": "cash", "from": "2026-11-10",
}  # fmt: skip
FILES: dict[str, tuple[bytes, dict[str, str]]] = {
    "用例清单.csv": ("用例名称,部门\n质检,生产部\n".encode("gb18030"), {"kind": "use-cases"}),
    "工作项.csv": ("标题,状态\n标定相机,待办\n".encode(), {"kind": "items", "project_id": "1"}),
    "处理时间.csv": ("日期,值\n2026-01-05,很多\n".encode(), {"kind": "measurements", "kpi_id": "1"}),
}


def steps(world: World) -> list[tuple[str, dict[str, Any]]]:
    """Paths and bodies in the order in which they need each other; each is the first of its kind."""
    star = {"title": "无人值守的质检", "metric": "自动判定", "unit": "%", "target": 90, "due_on": "2028-12-31"}
    return [
        ("north-stars", star),
        ("data-assets", {"name": "缺陷照片", "use_case_ids": [1], "enabling_cost": MONEY}),
        ("use-cases/1/estimates", ESTIMATE),
        ("items", {"project_id": 1, "title": "标注样本", "type": "task"}),
        ("sprints", {"project_id": 1, "goal": "先有基线", "starts_on": "2026-11-02", "weeks": 2}),
        ("ledger-entries", {**ENTRY, "project_id": 1}),
        ("reviews", {"project_id": 1, "held_at": "2026-11-20T08:00:00Z"}),
        ("comments", {"subject_type": "squad", "subject_id": world.squad_id, "text": "*好*"}),
        ("storms", {"title": "质检风暴会", "starts_at": "2026-11-20T08:00:00Z", "votes_per_person": 3}),
        ("storms/1/ideas", {"title": "小样本学习", "pain": "新缺陷要等三周"}),
        ("posts", {"kind": "lesson", "title": "先量后做", "text": "基线在前"}),
    ]


def resources(app: Flask) -> set[str]:
    """Paths that take a POST, with numbers for their arguments."""
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return {_with_ones(rule.rule).removeprefix("/api/v1/") for rule in rules if rule.rule.startswith("/api/v1/")}


def _with_ones(rule: str) -> str:
    return "/".join("1" if part.startswith("<") else part for part in rule.split("/"))


def fill(world: World, api: Call) -> dict[str, int]:
    """A running project AIQC with its use case and KPI, and the rest of the kinds; answers the status of each."""
    started(world)
    known = resources(world.app)
    made = {path: api("lin")("POST", path, body).status_code for path, body in steps(world) if path in known}
    return made | {name: _tried(api("lin"), name, raw, more) for name, (raw, more) in FILES.items()}


def _tried(caller: Caller, name: str, raw: bytes, more: dict[str, str]) -> int:
    """A file that was looked at."""
    form = {**more, "dry_run": "true", "file": (io.BytesIO(raw), name)}
    headers = {"Authorization": f"Bearer {caller.token}"}
    answer = caller.client.post("/api/v1/imports", data=form, headers=headers, content_type="multipart/form-data")
    return int(answer.status_code)
