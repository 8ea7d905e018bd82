"""A confidential project with one of everything in it, beside a public one that shares its use case and KPI."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from backlog.board.models import AcceptanceLine, Column, Item
from backlog.discussion.models import Comment
from backlog.done.models import Criterion, DoneDefinition
from backlog.kernel.database import session
from backlog.ledger.models import Attribution, Entry
from backlog.lighthouse.models import Project
from backlog.reviews.models import Review
from backlog.sprints.models import Ceremony, Sprint
from tests.house import samples
from tests.house.samples import ENTRY
from tests.world import Call, Caller, World

WORD, KEY = "玄武", "XWJH"
FIGURE = "777"
OUTSIDERS = ("he", "zhao", "sun")
OPEN_DONE = {"item_type": "task", "criteria": [{"text": f"{WORD}复核", "required": False, "by": "anyone"}]}
COLUMNS = [
    {"name": f"{WORD}待办", "category": "todo", "wip_limit": None, "policy": WORD},
    {"name": f"{WORD}做", "category": "doing", "wip_limit": None, "policy": ""},
    {"name": f"{WORD}完", "category": "done", "wip_limit": None, "policy": ""},
]


@dataclass(frozen=True)
class Secret:
    """The ids of what is confidential, by the name an address gives them; `code` is an item's."""

    project: int
    ids: dict[str, list[int]]
    code: str


def build(world: World, api: Call) -> Secret:
    """Make it through the API as lin; qian owns it, its squad is wu and chen."""
    lin = api("lin")
    project = _project(world, lin)
    items = [_item(lin, project, number) for number in range(4)]
    lin("PUT", f"projects/{project}/columns", {"data": COLUMNS, "reason": WORD}, If_Match=_tag(lin, project))
    lin.make(f"projects/{project}/done-definitions", OPEN_DONE)
    _sprint(world, lin, project, items[:2])
    _value(world, api, project, items)
    _talk(world, api, project, items)
    assert lin("DELETE", f"items/{items[3]}").status_code == 204
    session.expire_all()
    return _secret(project, lin.get(f"items/{items[0]}")["code"])


def _project(world: World, lin: Caller) -> int:
    made = lin.make(
        "projects",
        {
            "key": KEY, "name": f"{WORD}计划", "confidential": True, "use_case_ids": [1], "squad_id": world.squad_id,
            "business_owner_id": world.ids["qian"], "starts_on": "2026-09-01", "due_on": "2026-11-29",
            "budget": "777777.00",
        },
    )["id"]  # fmt: skip
    behalf = {"statement": WORD, "on_behalf": True, "reason": WORD}
    assert lin("PUT", f"projects/{made}/impact-confirmation", behalf).status_code == 200
    lin.make(f"projects/{made}/start", {"reason": WORD})
    return int(made)


def _item(lin: Caller, project: int, number: int) -> int:
    body = {
        "project_id": project, "type": "task", "title": f"{WORD}事项{number}", "description": WORD, "points": 5,
        "acceptance": [{"text": f"{WORD}验收"}], "tags": [WORD], "use_case_id": 1, "kpi_id": 1,
    }  # fmt: skip
    return int(lin.make("items", body)["id"])


def _tag(lin: Caller, project: int) -> str:
    return str(lin("GET", f"projects/{project}/columns").headers["ETag"])


def _sprint(world: World, lin: Caller, project: int, items: list[int]) -> None:
    """A closed sprint, and a running one with its meetings."""
    for at, start in enumerate(("2026-10-05", "2026-10-19")):
        sprint = lin.make("sprints", {"project_id": project, "goal": WORD, "starts_on": start, "weeks": 2})["id"]
        lin.make(f"sprints/{sprint}/items", {"item_ids": [items[at]]})
        lin.make(f"sprints/{sprint}/start", {})
        lin.make(f"sprints/{sprint}/ceremonies", {"kind": "retrospective", "notes": [{"lane": "action", "text": WORD}]})
        notes = [{"user_id": world.ids["wu"], "done": WORD, "next": WORD, "obstacle": WORD}]
        lin.make(f"sprints/{sprint}/ceremonies", {"kind": "standup", "notes": notes})
        if at == 0:
            lin.make(f"sprints/{sprint}/close", {"unfinished": "backlog_top"})


def _value(world: World, api: Call, project: int, items: list[int]) -> None:
    """Entries that stand, are verified, taken back; shares of them and of the KPI."""
    lin = api("lin")
    base = {**ENTRY, "project_id": project, "basis": "measured", "note": WORD, "evidence": WORD, "from": "2026-10-10"}
    made = [lin.make("ledger-entries", {**base, "amount": f"{each}.77"})["id"] for each in (777111, 777222, 777333)]
    cost = {"kind": "cost", "realisation": None, "amount": "777444.77", "use_case_id": 1, "kpi_id": 1}
    lin.make("ledger-entries", {**base, **cost})
    strategic = {"dimension": "strategic", "metric": WORD, "unit": WORD, "value": 777, "amount": None}
    lin.make("ledger-entries", {**base, **strategic, "realisation": None})
    api("zhou").make(f"ledger-entries/{made[0]}/verification", {"evidence": WORD})
    lin.make(f"ledger-entries/{made[1]}/reversal", {"reason": WORD})
    lin.make("attributions", {"item_id": items[0], "ledger_entry_id": made[0], "share_percent": 17.77})
    lin.make("attributions", {"cause": WORD, "ledger_entry_id": made[0], "share_percent": 7.77})
    lin.make("attributions", {"item_id": items[0], "kpi_id": 1, "share_percent": 27.77})
    given_back = lin.make("attributions", {"item_id": items[1], "kpi_id": 1, "share_percent": 3.77})["id"]
    assert lin("DELETE", f"attributions/{given_back}").status_code == 204


def _talk(world: World, api: Call, project: int, items: list[int]) -> None:
    """A review with its words, and comments on everything."""
    lin, qian = api("lin"), api("qian")
    sprint = lin.get(f"sprints?project_id={project}")["data"][0]["id"]
    held = {"held_at": "2026-11-20T08:00:00Z"}
    reviews = [
        lin.make("reviews", {**held, name: value})["id"]
        for name, value in (("project_id", project), ("sprint_id", sprint))
    ]
    for review in reviews:
        qian.make(f"reviews/{review}/feedback", {"text": WORD, "sentiment": "positive"})
        lin.make(f"reviews/{review}/decisions", {"decision": "continue", "reason": WORD})
    entry = lin.get(f"ledger-entries?project_id={project}")["data"][0]["id"]
    about = {"project": project, "item": items[0], "sprint": sprint, "review": reviews[0], "entry": entry}
    for subject_type, subject_id in about.items():
        api("wu").make("comments", {"subject_type": subject_type, "subject_id": subject_id, "text": WORD})


def _ids(query: Any) -> list[int]:
    return sorted(session.scalars(query))


def _secret(project: int, code: str) -> Secret:
    items = _ids(select(Item.id).where(Item.project_id == project))
    sprints = _ids(select(Sprint.id).where(Sprint.project_id == project))
    definitions = _ids(select(DoneDefinition.id).where(DoneDefinition.project_id == project))
    entries = _ids(select(Entry.id).where(Entry.project_id == project))
    shares = Attribution.item_id.in_(items) | Attribution.ledger_entry_id.in_(entries)
    ids = {
        "project_id": [project],
        "item_id": items,
        "sprint_id": sprints,
        "definition_id": definitions,
        "entry_id": entries,
        "attribution_id": _ids(select(Attribution.id).where(shares)),
        "review_id": _ids(select(Review.id).where((Review.project_id == project) | Review.sprint_id.in_(sprints))),
        "comment_id": _ids(select(Comment.id).where(Comment.text == WORD)),
        "column_id": _ids(select(Column.id).where(Column.project_id == project)),
        "ceremony_id": _ids(select(Ceremony.id).where(Ceremony.sprint_id.in_(sprints))),
        "criterion_id": _ids(select(Criterion.id).where(Criterion.definition_id.in_(definitions))),
        "line_id": _ids(select(AcceptanceLine.id).where(AcceptanceLine.item_id.in_(items))),
    }
    assert session.get(Project, project) is not None
    assert all(ids.values())
    return Secret(project, ids, code)


def public_things(world: World, api: Call) -> None:
    """The world everybody sees: AIQC with its use case 1, KPI 1, sprint, entry, review; what others share of KPI 1."""
    assert set(samples.fill(world, api).values()) == {201}
    api("lin").make("attributions", {"item_id": 1, "kpi_id": 1, "share_percent": 5})
    assert api("zhou").edit(f"users/{world.ids['zhou']}", {"may_verify": True}).status_code == 200
