"""KPIs and projects as tables."""

from collections.abc import Sequence
from typing import Any

from backlog.exchange.kinds.field import shown
from backlog.exchange.out.named import codes_of_use_cases
from backlog.exchange.out.table import Table
from backlog.kpis import queries as kpis
from backlog.kpis.queries.kpis import KPIS
from backlog.lighthouse import queries as lighthouse
from backlog.lighthouse.queries.projects import PROJECTS
from backlog.people.models import User
from backlog.people.queries import all_squads, names_of

KPI_COLUMNS = [
    shown("code", "Code", "编号"), shown("name", "Name", "名称"), shown("counting", "How it is counted", "口径"),
    shown("kpi_role", "Role", "角色"), shown("kind", "Kind", "种类"), shown("unit", "Unit", "单位"),
    shown("direction", "Direction", "方向"), shown("cadence", "Cadence", "频率"), shown("owner", "Owner", "负责人"),
    shown("source", "Source", "来源"), shown("use_case", "Use case", "用例"), shown("target", "Target", "目标"),
    shown("target_on", "Target date", "目标日期"), shown("evaluate_on", "Evaluated on", "评估日期"),
    shown("unit_value", "Yuan a year per unit", "每单位年价值", unit="元"),
]  # fmt: skip
PROJECT_COLUMNS = [
    shown("key", "Key", "代号"), shown("name", "Name", "名称"), shown("kind", "Kind", "种类"),
    shown("status", "Status", "状态"), shown("squad", "Squad", "小分队"), shown("business_owner", "Business owner", "业务负责人"),
    shown("starts_on", "Starts on", "开始日期"), shown("due_on", "Due on", "截止日期"),
    shown("sprint_weeks", "Weeks of a sprint", "冲刺周数"), shown("budget", "Budget", "预算", unit="元"),
    shown("tracked_until", "Tracked until", "跟踪到"),
]  # fmt: skip


def _kpis(_actor: User, rows: Sequence[Any]) -> list[dict[str, Any]]:
    names, cases = names_of(row.owner_id for row in rows), codes_of_use_cases(row.use_case_id for row in rows)
    beside = [{"owner": names.get(row.owner_id, ""), "use_case": cases.get(row.use_case_id, "")} for row in rows]
    return [_told(row, KPI_COLUMNS, more) for row, more in zip(rows, beside, strict=True)]


def _projects(_actor: User, rows: Sequence[Any]) -> list[dict[str, Any]]:
    names = names_of(row.business_owner_id for row in rows)
    squads = {each.id: each.name for each in all_squads(archived=True)}
    beside = [
        {"business_owner": names.get(row.business_owner_id, ""), "squad": squads.get(row.squad_id, "")} for row in rows
    ]
    return [_told(row, PROJECT_COLUMNS, more) for row, more in zip(rows, beside, strict=True)]


def _told(row: Any, columns: Sequence[Any], more: dict[str, Any]) -> dict[str, Any]:
    return {each.name: more[each.name] if each.name in more else getattr(row, each.name) for each in columns}


KPIS_TABLE = Table("kpis", KPI_COLUMNS, KPIS, lambda a, f, after, n: kpis.page_of_kpis(a, dict(f), after, n), _kpis)
PROJECTS_TABLE = Table(
    "projects",
    PROJECT_COLUMNS,
    PROJECTS,
    lambda a, f, after, n: lighthouse.page_of_projects(a, dict(f), after, n),
    _projects,
)
