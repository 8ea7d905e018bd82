"""For every resource that takes a body: a full body that works in the filled world, and who sends it."""

from typing import Any

from tests.discussion import files
from tests.house.samples import ESTIMATE
from tests.world import Call, Caller, World

ENTRY = {
    "project_id": 1, "use_case_id": 1, "dimension": "financial", "kind": "benefit", "basis": "measured",
    "amount": "1000.00", "metric": "", "unit": "", "recurrence": "once", "realisation": "cash", "from": "2026-11-10",
    "until": None, "kpi_id": 1, "evidence": "月报", "evidence_restricted": False, "note": "十一月",
}  # fmt: skip
USE_CASE = {
    "title": "排产建议", "pain": "排产靠经验", "solution": "求解器", "department": "生产", "category": "operations",
    "business_owner_id": 1, "sourcing": "build", "sourcing_reason": "自有数据", "north_star_id": 1, "alignment": 3,
    "system": "MES", "ai_mode": "copilot", "supplier": "自研", "data_readiness": "三年", "risks": "个人信息",
    "parked_until": None, "tags": ["排产"], "external_key": "EX-1",
}  # fmt: skip
ITEM = {
    "project_id": 1, "type": "task", "title": "清洗数据", "description": "*去重*", "acceptance": [{"text": "可复算"}],
    "points": 3, "assignee_ids": [], "tags": ["数据"], "use_case_id": 1, "kpi_id": 1, "blocked_reason": "",
}  # fmt: skip
KPI = {
    "name": "误检率", "kind": "share", "unit": "%", "direction": "decrease", "cadence": "weekly", "owner_id": 1,
    "source": "MES", "use_case_id": 1, "counting": "误检 ÷ 全部", "kpi_role": "guardrail",
    "evaluate_on": "2027-03-01", "unit_value": "1000.00", "target": 3, "target_on": "2027-03-01",
}  # fmt: skip
PROJECT = {
    "kind": "lighthouse", "name": "排产", "use_case_ids": [], "squad_id": 1, "business_owner_id": 1,
    "starts_on": "2026-11-02", "due_on": "2027-01-29", "sprint_weeks": 2, "budget": "1000.00", "confidential": False,
    "tracked_until": "2027-12-31", "stage_reason": "客户等着",
}  # fmt: skip
USER = {"name": "新人", "role": "member", "may_verify": False, "locale": "zh", "time_zone": "Asia/Shanghai"}
ASSET = {
    "name": "缺陷照片{n}", "owner_id": 1, "source_system": "MES", "quality": 3, "personal_data": "personal",
    "licence": "自有", "enabling_cost": {"low": "1.00", "likely": "2.00", "high": "3.00"},
    "enabling_weeks": {"low": 1, "likely": 2, "high": 3}, "ready_on": "2027-01-04", "notes": "三条线",
    "use_case_ids": [1],
}  # fmt: skip
STAR = {"title": "零缺陷", "metric": "合格率", "baseline": 90, "target": 99, "unit": "%", "due_on": "2028-12-31"}
STORM = {
    "title": "现场风暴会", "goal": "三个可做的", "departments": ["生产"], "starts_at": "2026-11-20T08:00:00Z",
    "duration_minutes": 90, "votes_per_person": 3, "votes_hidden": True, "facilitator_id": 2, "participant_ids": [3],
}  # fmt: skip
WEIGHTS = [{"name": "impact", "weight": 1, "direction": "increase"}]
NOTES = [{"user_id": 1, "done": "标注", "next": "训练", "obstacle": "无"}]

# method and path → a body that works; {n} makes what must be unique.
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("PATCH", "me"): {"locale": "en", "time_zone": "Asia/Shanghai"},
    ("POST", "users"): {**USER, "email": "n{n}@dengta.example", "password": "long enough 2026 {n}"},
    ("PATCH", "users/4"): {**USER, "email": "chen@dengta.example"},
    ("PATCH", "settings"): {
        "name": "启航", "horizon_months": 24, "discount_rate_percent": 8, "tracked_months": 12, "locale": "zh",
    },
    ("POST", "squads"): {"name": "队{n}", "model": "star", "members": []},
    ("PATCH", "squads/1"): {"name": "质检小分队", "model": "hybrid"},
    ("POST", "comments"): {"subject_type": "use_case", "subject_id": 1, "text": "好"},
    ("PATCH", "comments/{comment}"): {"text": "更好"},
    ("POST", "use-cases"): USE_CASE,
    ("PATCH", "use-cases/1"): USE_CASE,
    ("POST", "use-cases/2/status"): {"status": "idea", "reason": "重来", "parked_until": None},
    ("POST", "use-cases/3/merge"): {"into_id": 1, "reason": "重复"},
    ("PUT", "use-cases/2/pin"): {"rank": 1, "reason": "董事会要求"},
    ("POST", "use-cases/2/estimates"): {
        **ESTIMATE, "reach": 10, "confidence": 0.5, "ease": 3, "business_value": 3, "time_criticality": 3,
        "risk_reduction": 3, "job_size": 3, "note": "三家报价",
    },
    ("POST", "scoring-models"): {"name": "自定{n}", "kind": "weighted", "criteria": WEIGHTS, "active": False},
    ("PATCH", "scoring-models/{model}"): {"name": "另一个", "criteria": WEIGHTS},
    ("POST", "north-stars"): STAR,
    ("PATCH", "north-stars/1"): STAR,
    ("POST", "use-cases/bulk"): {
        "use_case_ids": [2, 3], "status": "triaged", "reason": "一起初筛", "parked_until": None, "category": "operations",
        "department": "生产", "business_owner_id": 1, "north_star_id": 1, "add_tags": ["甲"], "remove_tags": ["乙"],
        "archive": False, "system": "MES", "supplier": "某厂",
    },
    ("PUT", "use-cases/columns"): {"columns": [{"status": "ready", "wip_limit": 900, "policy": "数据齐了"}]},
    ("POST", "use-cases/1/restore"): {"reason": "好"},
    ("POST", "projects/1/restore"): {"reason": "好"},
    ("POST", "data-assets"): ASSET,
    ("PATCH", "data-assets/1"): ASSET,
    ("POST", "views"): {
        "name": "视图{n}", "shared": False, "columns": ["votes", "status"],
        "shows": {"status": "idea", "department": "生产", "group": "status", "sort": "-votes"},
    },
    ("PATCH", "views/1"): {"name": "我的", "shared": True, "columns": ["votes"], "shows": {"q": "质检"}},
    ("POST", "storms"): STORM,
    ("PATCH", "storms/1"): STORM,
    ("POST", "storms/1/stage"): {"stage": "collecting"},
    ("POST", "storms/1/ideas"): {"title": "少样本", "pain": "样本少"},
    ("PATCH", "storms/{sorted}/ideas/{grouped}"): {"title": "少样本学习", "pain": "样本太少"},
    ("POST", "storms/1/join-link"): {"hours": 2},
    ("POST", "storms/1/close"): {"idea_ids": [1]},
    ("POST", "storms/{sorted}/ideas/{grouped}/place"): {"theme": "现场", "merged_into_id": None},
    ("POST", "storms/{marked}/rounds"): {"idea_ids": [4]},
    ("POST", "storms/{asked}/rounds/1/marks"): {"marks": [{"idea_id": 5, "impact": 4, "feasibility": 3}]},
    ("POST", "kpis"): KPI,
    ("PATCH", "kpis/2"): {name: KPI[name] for name in KPI if name != "use_case_id"},
    ("POST", "kpis/1/measurements"): {
        "observed_on": "2025-{m}-{d}", "value": 1.5, "sample_size": 30, "source": "MES",
    },
    ("POST", "kpis/2/baseline"): {"kind": "declared", "mean": 12, "evidence": "去年年报"},
    ("POST", "kpis/1/baseline/agreement"): {"on_behalf": True, "reason": "出差"},
    ("POST", "kpis/1/baseline/refusal"): {"on_behalf": True, "reason": "出差"},
    ("POST", "projects"): {**PROJECT, "key": "N{k}"},
    ("PATCH", "projects/2"): PROJECT,
    ("PUT", "projects/2/impact-confirmation"): {"statement": "痛", "on_behalf": True, "reason": "出差"},
    ("PUT", "projects/2/impact-refusal"): {"on_behalf": True, "reason": "出差"},
    ("POST", "projects/2/start"): {"reason": "好"},
    ("POST", "projects/2/deliver"): {"reason": "好"},
    ("POST", "projects/2/scale"): {"reason": "好"},
    ("POST", "projects/2/stop"): {"reason": "好"},
    ("POST", "projects/1/done-definitions"): {
        "item_type": "bug", "criteria": [{"text": "复现", "required": True, "by": "anyone"}],
    },
    ("PUT", "projects/1/columns"): {
        "data": [
            {"name": "待办", "category": "todo", "wip_limit": None, "policy": ""},
            {"name": "做", "category": "doing", "wip_limit": 9, "policy": "两人看过"},
            {"name": "完", "category": "done", "wip_limit": None, "policy": ""},
        ],
        "reason": "简化",
    },
    ("POST", "items"): ITEM,
    ("PATCH", "items/1"): ITEM,
    ("POST", "items/1/restore"): {"reason": "好", "override_reason": "好"},
    ("POST", "items/1/moves"): {"column_id": 1, "reason": "好", "override_reason": "好"},
    ("POST", "items/1/override-requests"): {"column_id": 4, "reason": "展会"},
    ("POST", "items/1/override-requests/1/grant"): {"reason": "好", "override_reason": "展会"},
    ("POST", "items/1/override-requests/1/decline"): {"reason": "先测完"},
    ("PUT", "items/1/ticks/{tick}"): {"not_applicable": True, "reason": "不适用"},
    ("POST", "sprints"): {"project_id": 1, "goal": "基线", "starts_on": "2026-11-02", "weeks": 2},
    ("PATCH", "sprints/1"): {"goal": "基线", "starts_on": "2026-11-02", "weeks": 1},
    ("POST", "sprints/1/items"): {"item_ids": [1]},
    ("POST", "sprints/1/start"): {"goal": "基线"},
    ("POST", "sprints/1/close"): {"unfinished": "next", "items": []},
    ("POST", "sprints/1/ceremonies"): {"kind": "standup", "notes": NOTES},
    ("POST", "sprints/1/ceremonies/{meeting}/actions"): {"place": 0},
    ("POST", "ledger-entries"): ENTRY,
    ("POST", "ledger-entries/1/verification"): {"evidence": "凭证", "amount": "900.00"},
    ("POST", "ledger-entries/1/reversal"): {"reason": "记错"},
    ("POST", "attributions"): {"item_id": 1, "kpi_id": 1, "share_percent": 0.01},
    ("PATCH", "attributions/1"): {"share_percent": 10},
    ("POST", "reviews"): {"project_id": 1, "held_at": "2026-11-20T08:00:00Z"},
    ("PATCH", "reviews/1"): {"held_at": "2026-11-20T08:00:00Z"},
    ("POST", "reviews/1/feedback"): {"text": "快了", "sentiment": "positive"},
    ("POST", "reviews/1/decisions"): {"decision": "continue", "reason": "有效", "decided_by_id": 1},
}  # fmt: skip


def sender(api: Call, path: str) -> Caller:
    """Who may do it: zhou (admin) for accounts and settings, wu for her comment, lin for the rest."""
    return api("wu" if path.startswith("comments/") else "zhou" if path.startswith(("users", "settings")) else "lin")


def furnish(world: World, api: Call) -> dict[str, Any]:
    """What the bodies need beside the samples, and the ids that are not 1."""
    lin = api("lin")
    lin.make("use-cases", {"title": "二"})
    lin.make("use-cases", {"title": "三"})
    lin.make("views", {"name": "生产部", "shared": True, "shows": {"department": "生产"}})
    lin.make("projects", {"key": "DRAFT", "name": "草稿", "squad_id": world.squad_id})
    lin.make("kpis", {"name": "工时", "direction": "decrease", "use_case_id": 2})
    lin.make("attributions", {"item_id": 1, "kpi_id": 1, "share_percent": 5})
    model = lin.make("scoring-models", {"name": "自定", "kind": "weighted", "criteria": WEIGHTS})["id"]
    tick = lin.get("items/1/ticks")["data"][0]["criterion_id"]
    said = {"subject_type": "squad", "subject_id": world.squad_id, "text": "好"}
    lin.make("items/1/override-requests", {"column_id": 4, "reason": "展会"})
    held = {"kind": "retrospective", "notes": [{"lane": "action", "text": "早点测"}]}
    meeting = lin.make("sprints/1/ceremonies", held)["id"]
    storms = storms_at(lin)
    files.send(api("wu"), b"x", kind="squad", number=world.squad_id)
    return {
        **storms,
        "model": model,
        "tick": tick,
        "meeting": meeting,
        "comment": api("wu").make("comments", said)["id"],
    }


def storms_at(lin: Caller) -> dict[str, int]:
    """Storms beside that of the samples: one whose ideas 2 and 3 are sorted, one that estimates 4, one that asks of 5."""
    found = {}
    for name, ideas, stages in (("sorted", 2, 1), ("marked", 1, 4), ("asked", 1, 4)):
        storm = found[name] = int(lin.make("storms", {"title": name})["id"])
        made = [lin.make(f"storms/{storm}/ideas", {"title": f"{name} {number}"})["id"] for number in range(ideas)]
        for stage in ("collecting", "grouping", "voting", "estimating")[:stages]:
            assert lin("POST", f"storms/{storm}/stage", {"stage": stage}).status_code == 200
    found["grouped"] = made[0] - 3
    lin.make(f"storms/{found['asked']}/rounds", {"idea_ids": made})
    return found
