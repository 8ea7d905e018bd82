"""Values of an item as people and programs give them, cleaned; what can't be used is named by field."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from backlog.done.models import ITEM_TYPES
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Wrong, wrong
from backlog.kernel.text import clean_name, is_storable
from backlog.kernel.together import once
from backlog.kpis.models import Kpi
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import scope_of
from backlog.people.models import User
from backlog.people.policy import may_see
from backlog.usecases.models import UseCase

LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_REASON, LONGEST_TAG = 200, 100_000, 500, 40
MOST_TAGS, MOST_ASSIGNEES, MOST_LINES, MOST_POINTS = 20, 20, 100, 1000


def cleaned(project: Project, values: dict[str, Any]) -> dict[str, Any]:
    """The sent fields of an item, ready to be stored; raises Invalid with every fault."""
    found: dict[str, Any] = {}
    errors: dict[str, list[Wrong]] = {}
    for name, value in values.items():
        try:
            found[name] = _CLEANERS[name](project, value)
        except Invalid as invalid:
            errors |= invalid.errors
    if errors:
        raise Invalid(errors)
    return found


def reason(text: str | None, field: str = "reason") -> str:
    """A reason on one line, perhaps empty."""
    plain = clean_name(text or "")
    if len(plain) > LONGEST_REASON:
        raise Invalid({field: [wrong("value.too_long", most=LONGEST_REASON)]})
    if not is_storable(plain):
        raise Invalid({field: [wrong("value.characters")]})
    return plain


def line_text(text: str, field: str = "acceptance") -> str:
    """The text of an acceptance criterion."""
    plain = clean_name(text)
    if not 1 <= len(plain) <= LONGEST_REASON:
        raise Invalid({field: [wrong("value.length", least=1, most=LONGEST_REASON)]})
    if not is_storable(plain):
        raise Invalid({field: [wrong("value.characters")]})
    return plain


def may_be_assigned(project: Project, user_ids: Collection[int]) -> bool:
    """Whether all of them are active people who can see the project."""
    users = list(session.scalars(select(User).where(User.id.in_(user_ids), User.active)))
    return len(users) == len(set(user_ids)) and all(may_see(user, scope_of(project)) for user in users)


def _title(_project: Project, value: str) -> str:
    plain = clean_name(value)
    if not 1 <= len(plain) <= LONGEST_TITLE:
        raise Invalid(title=wrong("value.length", least=1, most=LONGEST_TITLE))
    if not is_storable(plain):
        raise Invalid(title="value.characters")
    return plain


def _description(_project: Project, value: str) -> str:
    plain = value.replace("\r\n", "\n").strip()
    if len(plain) > LONGEST_DESCRIPTION:
        raise Invalid(description=wrong("value.too_long", most=LONGEST_DESCRIPTION))
    if not is_storable(plain):
        raise Invalid(description="value.characters")
    return plain


def _type(_project: Project, value: str) -> str:
    if value not in ITEM_TYPES:
        raise Invalid(type=wrong("value.unknown_choice", choices=list(ITEM_TYPES)))
    return value


def _points(_project: Project, value: float | None) -> float | None:
    if value is not None and not 0 <= value <= MOST_POINTS:
        raise Invalid(points=wrong("value.range", least=0, most=MOST_POINTS))
    return None if value is None else float(value)


def _assignees(project: Project, value: list[int]) -> list[int]:
    if len(value) > MOST_ASSIGNEES:
        raise Invalid(assignee_ids=wrong("value.too_many", most=MOST_ASSIGNEES))
    if not once(("assigned", project.id, *value), lambda: may_be_assigned(project, value)):
        raise Invalid(assignee_ids="value.unknown_id")
    return sorted(set(value))


def _tags(_project: Project, value: list[str]) -> list[str]:
    plain = sorted({clean_name(each) for each in value} - {""})
    if len(plain) > MOST_TAGS:
        raise Invalid(tags=wrong("value.too_many", most=MOST_TAGS))
    if any(len(each) > LONGEST_TAG for each in plain):
        raise Invalid(tags=wrong("value.too_long", most=LONGEST_TAG))
    if not all(map(is_storable, plain)):
        raise Invalid(tags="value.characters")
    return plain


def _use_case(_project: Project, value: int | None) -> int | None:
    found = session.get(UseCase, value) if value is not None else None
    if value is not None and (found is None or found.archived_at is not None):
        raise Invalid(use_case_id="value.unknown_id")
    return value


def _kpi(_project: Project, value: int | None) -> int | None:
    found = session.get(Kpi, value) if value is not None else None
    if value is not None and (found is None or found.archived_at is not None):
        raise Invalid(kpi_id="value.unknown_id")
    return value


def _acceptance(_project: Project, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(value) > MOST_LINES:
        raise Invalid(acceptance=wrong("value.too_many", most=MOST_LINES))
    ids = [each["id"] for each in value if each.get("id") is not None]
    if len(set(ids)) < len(ids):
        raise Invalid(acceptance="value.repeated")
    if any(each.get("text") is None and each.get("id") is None for each in value):
        raise Invalid(acceptance="value.required")
    return [{**each, "text": line_text(each["text"])} if "text" in each else each for each in value]


_CLEANERS: dict[str, Any] = {
    "title": _title,
    "description": _description,
    "type": _type,
    "points": _points,
    "assignee_ids": _assignees,
    "tags": _tags,
    "use_case_id": _use_case,
    "kpi_id": _kpi,
    "acceptance": _acceptance,
    "blocked_reason": lambda _project, value: reason(value, "blocked_reason"),
}
__all__ = ["cleaned", "line_text", "may_be_assigned", "reason"]
