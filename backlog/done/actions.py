"""Make a new version of a Definition of Done."""

from typing import Any

from backlog.done import queries
from backlog.done.defaults import DEFAULTS
from backlog.done.models import ITEM_TYPES, TICKERS, Criterion, DoneDefinition
from backlog.journal.actions import record
from backlog.journal.models import Fact
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Invalid, Stale, Wrong, refuse_archived, wrong
from backlog.kernel.text import clean_name, is_storable
from backlog.lighthouse.models import Project
from backlog.lighthouse.queries import scope_of
from backlog.people.models import User
from backlog.people.policy import require
from backlog.people.queries import organisation

MOST_CRITERIA = 30
LONGEST = 500


def define(
    actor: User, project: Project, version: int | None = None, *, item_type: str, criteria: list[dict[str, Any]]
) -> DoneDefinition:
    """Make a new version for items of a type made from now on; those at work keep theirs.

    `version` is the number of the one that was seen (R1).
    """
    require(actor, "done_definition.manage", scope_of(project))
    if item_type not in ITEM_TYPES:
        raise Invalid(item_type=wrong("value.unknown_choice", choices=list(ITEM_TYPES)))
    lines = _cleaned(criteria)
    refuse_archived(hold(project), "project.archived")
    last = queries.find_newest(project.id, item_type)
    if version is not None and last is not None and last.number != version:
        raise Stale(last)
    made = _write(actor, project.id, item_type, lines)
    record(
        actor,
        "done_definition.defined",
        ("done_definition", made.id),
        project_id=project.id,
        item_type=item_type,
        number=made.number,
        criteria=[line["text"] for line in lines],
    )
    return made


def make_defaults(actor: User, fact: Fact) -> None:
    """Give a new project a Definition of Done for every type (listens to `project.added`)."""
    if queries.in_force(fact.subject_id):
        return
    for item_type, lines in DEFAULTS[organisation().locale].items():
        written = [{"text": text, "required": required, "by": by} for text, required, by in lines]
        _write(actor, fact.subject_id, item_type, written)


def _write(actor: User, project_id: int, item_type: str, lines: list[dict[str, Any]]) -> DoneDefinition:
    last = queries.find_newest(project_id, item_type)
    made = DoneDefinition(
        project_id=project_id,
        item_type=item_type,
        number=1 if last is None else last.number + 1,
        made_by_id=actor.id,
        at=clock.now(),
    )
    session.add(made)
    session.flush()
    session.add_all(Criterion(definition_id=made.id, position=place, **line) for place, line in enumerate(lines))
    session.flush()
    return made


def _cleaned(criteria: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(criteria) > MOST_CRITERIA:
        raise Invalid(criteria=wrong("value.too_many", most=MOST_CRITERIA))
    lines, errors = [], dict[str, list[Wrong]]()
    for place, each in enumerate(criteria):
        text = clean_name(each.get("text", ""))
        if not 1 <= len(text) <= LONGEST:
            errors[f"criteria.{place}.text"] = [wrong("value.length", least=1, most=LONGEST)]
        elif not is_storable(text):
            errors[f"criteria.{place}.text"] = [wrong("value.characters")]
        if each.get("by", "anyone") not in TICKERS:
            errors[f"criteria.{place}.by"] = [wrong("value.unknown_choice", choices=list(TICKERS))]
        flags = {"required": bool(each.get("required", True)), "needs_evidence": bool(each.get("needs_evidence"))}
        lines.append({"text": text, "by": each.get("by", "anyone"), **flags})
    if errors:
        raise Invalid(errors)
    if len({line["text"] for line in lines}) < len(lines):
        raise Invalid(criteria="value.repeated")
    return lines
