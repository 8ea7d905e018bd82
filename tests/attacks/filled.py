"""What a careful person would type: so that of a form's many fields one alone is hostile."""

import re
from typing import Any

from tests.attacks.forms import Field, Form
from tests.world import World

TEXT, NUMBER, DAY = "文字", "1", "2026-11-20"
BY_NAME = {
    "email": "new@dengta.example", "password": "correct horse 12", "new_password": "another horse 13", "key": "NEUE",
    "titles": "一\n二", "pasted": "2026-11-20\t12", "lines": "可复算", "external_key": "EX-9", "tags": "甲, 乙", "unit": "%",
    "observed_on": "2026-11-19", "due_on": "2027-01-29", "starts_on": "2026-11-23", "until_on": "", "cause": "", "next": "",
    "from_on": "2026-01-05", "name": "名字九", "share_percent": "5", "into": "UC-3", "rank": "1", "months_to_value": "3",
    "success_probability": "70", "held_on": "2026-11-20", "parked_until": "2027-01-01", "alignment": "3",
    "starts_time": "14:00", "votes_per_person": "3", "duration_minutes": "60", "hours": "24", "departments": "生产\n物流",
    "personal_data_answer": "yes", "decisions_about_people_answer": "no", "data_leaving_company_answer": "yes",
    "data_licence_answer": "unknown", "holidays": "2026-10-01", "make_up_days": "2026-10-10",
}  # fmt: skip
ROWS = ("/done/", "/columns")  # an empty row stays empty
LATER = {"/kpis/KPI-2/baseline": {"kind": "declared", "mean": "12", "from_on": ""}}
NUMBERS = re.compile(
    r"amount|value|target$|baseline$|mean|percent|weight|points|size|weeks|low|likely|high|days|limit|budget|months|position|"
    r"impact|feasib|measurab|reach|confid|ease|critical|risk_r|^rank|^off_"
)


def plausible(each: Field) -> list[str]:
    """What the field holds, or something that fits where it is empty."""
    if each.kind in {"checkbox", "submit", "button"}:
        return each.values
    if each.kind == "select":
        chosen = [value for value in each.values if value]
        return chosen or [value for value in each.options if value][:1] or each.values
    if each.kind == "hidden" or any(value.strip() for value in each.values):
        return each.values
    if each.name in BY_NAME:
        return [BY_NAME[each.name]]
    if each.kind == "date" or each.name.endswith("_on"):
        return [DAY]
    return [NUMBER if NUMBERS.search(each.name) else TEXT]


def pairs(form: Form) -> list[tuple[str, str]]:
    """The whole form, filled."""
    given = next((values for part, values in LATER.items() if part in form.action), {})
    rows = any(part in form.action for part in ROWS)
    found = [(each.name, value) for each in form.fields for value in (each.values if rows else plausible(each))]
    return [(name, given.get(name, value)) for name, value in found]


def furnish(world: World, api: Any) -> None:
    """More for pages to show: a thing in every state that has a form of its own."""
    lin = api("lin")
    lin.make("attributions", {"item_id": 1, "ledger_entry_id": 1, "share_percent": 5})
    star = {"title": "暗", "metric": "m", "unit": "%", "target": 1, "due_on": "2028-12-31"}
    gone = lin.make("north-stars", star)["id"]
    assert lin("DELETE", f"north-stars/{gone}").status_code == 204
    lin.make("ledger-entries", {
        "project_id": 1, "dimension": "financial", "kind": "benefit", "basis": "measured", "amount": "500.00",
        "recurrence": "once", "realisation": "cash", "from": "2026-11-10", "evidence": "月报",
    })  # fmt: skip
    lin.make("sprints/1/items", {"item_ids": [1]})
    lin.make("items", {"project_id": 1, "title": "验收项", "type": "task", "acceptance": [{"text": "可复算"}]})
