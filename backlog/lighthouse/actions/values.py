"""What a project's fields may hold, whatever door they came through."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from backlog.kernel.codes import is_project_key
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Wrong, wrong
from backlog.kernel.text import clean_name, is_storable
from backlog.lighthouse.models import PROJECT_KINDS, Project
from backlog.people import queries as people
from backlog.people.models import Squad
from backlog.usecases.models import UseCase

EDITABLE = (
    "name",
    "kind",
    "squad_id",
    "business_owner_id",
    "starts_on",
    "due_on",
    "sprint_weeks",
    "budget",
    "confidential",
    "tracked_until",
    "use_case_ids",
)
MOST_USE_CASES = 20
LONGEST = 2000
Faults = dict[str, list[Wrong]]


def prose(name: str, text: str, most: int = LONGEST) -> str:
    """Several lines, as both databases keep them; Invalid under the field's name."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > most:
        raise Invalid({name: [wrong("value.too_long", most=most)]})
    if not is_storable(text):
        raise Invalid({name: [wrong("value.characters")]})
    return text


def checked(values: Mapping[str, Any], project: Project | None) -> dict[str, Any]:
    """The values, cleaned; Invalid where they can't be a project's. `project` is the one they change."""
    names = (*EDITABLE, "key") if project is None else EDITABLE
    found = {name: value for name, value in values.items() if name in names}
    errors: Faults = {}
    if "key" in found:
        found["key"] = unicodedata.normalize("NFKC", found["key"] or "").strip()
        _check_key(errors, found["key"])
    if "name" in found:
        found["name"] = clean_name(found["name"] or "")
        if not 1 <= len(found["name"]) <= 120:
            errors["name"] = [wrong("value.length", least=1, most=120)]
        elif not is_storable(found["name"]):
            errors["name"] = [wrong("value.characters")]
    if "kind" in found and found["kind"] not in PROJECT_KINDS:
        errors["kind"] = [wrong("value.unknown_choice", choices=list(PROJECT_KINDS))]
    _check_figures(errors, found, project)
    _check_links(errors, found, project)
    if errors:
        raise Invalid(errors)
    return found


def _check_key(errors: Faults, key: str) -> None:
    if not is_project_key(key):
        errors["key"] = [wrong("project.key_malformed")]
    elif session.scalar(select(Project.id).where(Project.key == key)) is not None:
        errors["key"] = [wrong("project.key_taken")]


def _check_figures(errors: Faults, found: dict[str, Any], project: Project | None) -> None:
    """R4, the budget, and the order of the dates."""
    if "sprint_weeks" in found and found["sprint_weeks"] not in (1, 2):
        errors["sprint_weeks"] = [wrong("value.range", least=1, most=2)]
    if found.get("budget") is not None and found["budget"] < 0:
        errors["budget"] = [wrong("value.money")]
    if "confidential" in found and not isinstance(found["confidential"], bool):
        errors["confidential"] = [wrong("value.flag")]
    starts_on = found.get("starts_on", project.starts_on if project else None)
    due_on = found.get("due_on", project.due_on if project else None)
    if starts_on is not None and due_on is not None and due_on < starts_on:
        errors["due_on" if "due_on" in found else "starts_on"] = [wrong("project.due_before_start")]


def _check_links(errors: Faults, found: dict[str, Any], project: Project | None) -> None:
    owner, squad_id = found.get("business_owner_id"), found.get("squad_id")
    if owner is not None and not people.knows_user(owner) and (project is None or owner != project.business_owner_id):
        errors["business_owner_id"] = [wrong("value.unknown_id")]
    if squad_id is not None and not _knows_squad(squad_id) and (project is None or squad_id != project.squad_id):
        errors["squad_id"] = [wrong("value.unknown_id")]
    ids = found.get("use_case_ids")
    if ids is None:
        return
    if len(set(ids)) < len(ids):
        errors["use_case_ids"] = [wrong("value.repeated")]
    elif len(ids) > MOST_USE_CASES:
        errors["use_case_ids"] = [wrong("value.too_many", most=MOST_USE_CASES)]
    elif len(usable_use_cases(ids)) < len(ids):
        errors["use_case_ids"] = [wrong("value.unknown_id")]


def _knows_squad(squad_id: int) -> bool:
    squad = session.get(Squad, squad_id)
    return squad is not None and squad.archived_at is None


def usable_use_cases(ids: list[int]) -> list[UseCase]:
    """Those of the ids that are use cases in force, neither archived nor merged into another; by code."""
    query = select(UseCase).where(UseCase.id.in_(ids), UseCase.archived_at.is_(None), UseCase.merged_into_id.is_(None))
    return list(session.scalars(query.order_by(UseCase.number)))
