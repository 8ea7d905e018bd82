"""What somebody else changed while a form was filled in: who, when, and a field's value in words."""

from typing import Any

from flask_babel import gettext
from wtforms import Field

from backlog.journal.queries import of_subject
from backlog.kernel.language import listed
from backlog.people.queries import names_of
from backlog.web.formats import moment

SUBJECTS = {
    "use_cases": "use_case",
    "north_stars": "north_star",
    "data_assets": "data_asset",
    "scoring_models": "scoring_model",
    "kpis": "kpi",
    "projects": "project",
    "squads": "squad",
    "users": "user",
    "organisation": "settings",
    "sprints": "sprint",
    "reviews": "review",
    "storms": "storm",
}


def who_changed(current: Any) -> str:
    """Who changed a thing last, and when; '' where the journal does not tell."""
    subject = SUBJECTS.get(getattr(current, "__tablename__", ""))
    facts = of_subject(subject, current.id, 1) if subject else []
    if not facts:
        return ""
    name = names_of([facts[0].actor_id]).get(facts[0].actor_id or 0, "")
    return gettext("Last changed by %(name)s, %(at)s.", name=name, at=moment(facts[0].at).striptags()) if name else ""


def shown(field: Field) -> str:
    """A field's value in words: of choices their names."""
    if not getattr(field, "choices", None):
        written = getattr(field, "_value", None)
        return str(written() if written else field.data or "").strip()
    names = {str(each.value): str(each.label) for each in field.iter_choices()}
    wanted = field.data if isinstance(field.data, list) else [field.data]
    return str(listed(names.get(str(each), "") for each in wanted if each not in (None, "")))
