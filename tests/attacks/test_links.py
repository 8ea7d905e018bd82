"""What is named for linking but may not be used answers like what does not exist; children answer under their parent only."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from backlog.kernel.database import session, writing
from backlog.people import actions
from tests.api.bodies import BODIES, furnish, sender
from tests.api.test_every_field import filled, send
from tests.attacks import secret
from tests.house.samples import ENTRY
from tests.world import Call, Caller, Sign, World

UNKNOWN = 999_999
USERS = {"business_owner_id", "owner_id", "decided_by_id", "user_id", "assignee_ids", "participant_ids"}


@pytest.fixture
def hidden(world: World, api: Call) -> secret.Secret:
    """The public world, a confidential project, and he's own squad with its project HEXM."""
    secret.public_things(world, api)
    built = secret.build(world, api)
    members = [{"user_id": world.ids["he"], "role": "ml_engineer", "capacity_days": 8}]
    squad = api("lin").make("squads", {"name": "别队", "model": "star", "members": members})["id"]
    api("lin").make("projects", {"key": "HEXM", "name": "别的", "squad_id": squad, "use_case_ids": [1]})
    api("he").make("items", {"project_id": 3, "title": "别项", "type": "task"})
    return built


def told(answer: Any) -> tuple[int, Any]:
    """Status and what is said, without the address and the number asked for."""
    body = answer.get_json()
    return answer.status_code, {name: body.get(name) for name in ("title", "detail", "code", "facts", "errors")}


def bodies(hidden: secret.Secret, own: int) -> list[tuple[str, str, dict[str, Any], str, int]]:
    """Method, path, a body that would work, the field that links, and the confidential id to name there."""
    first = {name: found[0] for name, found in hidden.ids.items()}
    item = {"project_id": 3, "title": "x", "type": "task"}
    entry = {**ENTRY, "project_id": 3, "basis": "measured"}
    found: list[tuple[str, str, dict[str, Any], str, int]] = [
        ("POST", "items", item, "project_id", hidden.project),
        ("POST", "items", item, "column_id", first["column_id"]),
        ("POST", f"items/{own}/moves", {}, "column_id", first["column_id"]),
        ("POST", "ledger-entries", entry, "project_id", hidden.project),
        ("POST", "attributions", {"kpi_id": 1, "share_percent": 1}, "item_id", first["item_id"]),
        ("POST", "attributions", {"item_id": own, "share_percent": 1}, "ledger_entry_id", first["entry_id"]),
    ]
    return found + [
        ("POST", "comments", {"subject_type": kind, "text": "x"}, "subject_id", first[f"{kind}_id"])
        for kind in ("project", "item", "sprint", "review", "entry", "column")
        if f"{kind}_id" in first
    ]


def test_a_confidential_thing_is_linked_like_an_unknown_one(world: World, api: Call, hidden: secret.Secret) -> None:
    he = api("he")
    own = he.get("items?project_id=3")["data"][0]["id"]
    wrong = {}
    for method, path, body, field, number in bodies(hidden, own):
        answers = [told(he(method, path, {**body, field: each})) for each in (number, UNKNOWN)]
        if answers[0] != answers[1] or answers[0][0] not in {404, 422}:
            wrong[path, field] = answers
    assert list(wrong.items()) == []


def test_a_card_is_not_put_beside_one_of_a_hidden_board(world: World, api: Call, hidden: secret.Secret) -> None:
    he = api("he")
    own, column = he.get("items?project_id=3")["data"][0]["id"], he.get("projects/3/columns")["data"][1]["id"]
    for side in ("before_id", "after_id"):
        answers = [
            told(he("POST", f"items/{own}/moves", {"column_id": column, side: each}))
            for each in (hidden.ids["item_id"][0], 1, UNKNOWN)
        ]
        assert answers[0] == answers[1] == answers[2]
        assert answers[0][0] == 422


def test_a_hidden_item_is_edited_into_no_other_project(world: World, api: Call, hidden: secret.Secret) -> None:
    """Case 23: an act that takes a thing elsewhere needs the right at both ends."""
    he = api("he")
    own = he.get("items?project_id=3")["data"][0]["id"]
    assert {told(he.edit(f"items/{own}", {"project_id": each}))[0] for each in (hidden.project, UNKNOWN)} == {422}
    assert he.edit(f"items/{own}", {"project_id": 1}).status_code in {403, 422}
    assert he.get(f"items/{own}")["project_id"] == 3


def gone(world: World, api: Call) -> dict[str, int]:
    """One of each kind that was archived or left, by the field that would name it."""
    lin = api("lin")
    made = {
        "use-cases": lin.make("use-cases", {"title": "旧"})["id"],
        "kpis": lin.make("kpis", {"name": "旧", "direction": "decrease", "use_case_id": 1})["id"],
        "north-stars": lin.make(
            "north-stars", {"title": "旧", "metric": "m", "unit": "%", "target": 1, "due_on": "2028-12-31"}
        )["id"],
        "squads": lin.make("squads", {"name": "旧", "model": "star", "members": []})["id"],
        "projects": lin.make("projects", {"key": "ALT", "name": "旧", "squad_id": world.squad_id})["id"],
        "items": lin.make("items", {"project_id": 1, "title": "旧", "type": "task"})["id"],
    }
    for path, number in made.items():
        assert lin("DELETE", f"{path}/{number}").status_code == 204
    with writing():
        left = actions.add_user(
            None, email="left@dengta.example", name="走", role="member", password="long enough 2026"
        )
        left.active = False
        session.commit()
    plural = {f"{path[:-1].replace('-', '_')}_id": number for path, number in made.items()}
    return {**plural, "into_id": made["use-cases"], "use_case_ids": made["use-cases"], **dict.fromkeys(USERS, left.id)}


def links(names: dict[str, Any], of: dict[str, int]) -> Iterator[tuple[str, str, dict[str, Any], str]]:
    """Every field of every body that names one of these."""
    for (method, place), body in BODIES.items():
        for field in body.keys() & of.keys():
            if place != "use-cases/bulk":  # a batch: what is archived is refused row by row, with its reason
                yield method, place.format(**names), body, field


def test_what_is_archived_is_linked_like_an_unknown_thing(world: World, api: Call) -> None:
    secret.public_things(world, api)
    names, wrong = furnish(world, api), {}
    of = gone(world, api)
    for method, path, body, field in links(names, of):
        caller: Caller = sender(api, path)
        answers = []
        for number in (of[field], UNKNOWN):
            value: Any = [number] if field.endswith("_ids") else number
            answers.append(told(send(caller, method, path, json.dumps({**filled(body), field: value}))))
        if answers[0] != answers[1] or answers[0][0] not in {404, 422}:
            wrong[f"{method} {path} {field}"] = [(each[0], each[1]["errors"] or each[1]["code"]) for each in answers]
    assert list(wrong.items()) == []


def test_a_child_is_found_under_its_own_parent_only(world: World, sign: Sign, api: Call, hidden: secret.Secret) -> None:
    """lin may see both; item 5 under project 3's address when it is project 4's is not there."""
    lin, browser = api("lin"), sign("lin")
    first = {name: found[0] for name, found in hidden.ids.items()}
    answers = {
        "tick": lin("PUT", f"items/1/ticks/{first['criterion_id']}", {}),
        "untick": lin("DELETE", f"items/1/ticks/{first['criterion_id']}"),
        "definition": lin("GET", f"projects/1/done-definitions/{first['definition_id']}"),
        "ceremony": lin("GET", f"sprints/1/ceremonies/{first['ceremony_id']}"),
        "scope": lin("DELETE", f"sprints/1/items/{first['item_id']}"),
        "page tick": browser.post(f"/items/AIQC-1/ticks/{first['criterion_id']}"),
        "page line": browser.post(f"/items/AIQC-1/acceptance/{first['line_id']}"),
        "page action": browser.post(f"/sprints/1/ceremonies/{first['ceremony_id']}/actions/0"),
        "page remove": browser.post(f"/sprints/1/items/{hidden.code}/remove"),
        "page column": browser.get(f"/projects/AIQC/board/columns/{first['column_id']}"),
        "page after": browser.get(f"/projects/AIQC/board/columns/1?after={first['item_id']}"),
        "page item": browser.get(f"/projects/AIQC/board?item={hidden.code}"),
        "page correction": browser.get("/kpis/KPI-1/measurements/999/correction"),
    }
    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 404} == {}
