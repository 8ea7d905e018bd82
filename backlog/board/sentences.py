"""What the board's refusals and facts say."""

from typing import Any

from flask_babel import gettext, ngettext

from backlog.board.labels import TYPES
from backlog.kernel.language import Sentence, marked


def _joined(lines: list[str]) -> str:
    return str(gettext("; ")).join(lines)


def _not_done(facts: dict[str, Any]) -> str:
    lines = [*facts.get("criteria", []), *facts.get("acceptance", [])]
    text: str = ngettext(
        "%(num)s line is still open: %(lines)s.",
        "%(num)s lines are still open: %(lines)s.",
        len(lines),
        lines=_joined(lines),
    )
    if facts.get("limit") is None:
        return text
    return text + " " + str(gettext("The column is full as well (limit %(limit)s).", limit=facts["limit"]))


def _not_yours(facts: dict[str, Any]) -> str:
    if facts.get("by") == "business_owner":
        return str(gettext("Only the business owner may tick this line."))
    return str(gettext("Someone other than those who work on the item must tick this line."))


def _moved(facts: dict[str, Any]) -> str:
    text: str = gettext(
        "moved it from %(before)s to %(column)s", before=facts.get("from_column"), column=facts.get("column")
    )
    return text + _why(facts)


def _added(facts: dict[str, Any]) -> str:
    return str(gettext("made it in %(column)s", column=facts.get("column"))) + _why(facts)


def _why(facts: dict[str, Any]) -> str:
    if facts.get("override_reason"):
        return str(gettext(", overriding the Definition of Done: %(reason)s", reason=facts["override_reason"]))
    if facts.get("reason"):
        return str(gettext(", because: %(reason)s", reason=facts["reason"]))
    return ""


def _edited(facts: dict[str, Any]) -> str:
    changes = facts.get("changes", {})
    told = [_change(each, changes.get(each)) for each in facts.get("fields", [])]
    return str(gettext("changed %(fields)s", fields=gettext(", ").join(told)))


def _change(field: str, change: Any) -> str:
    """A field, and what it was and is where both are short words."""
    name = str(FIELDS.get(field, field))
    if field not in SHORT or not isinstance(change, list) or len(change) != len(("before", "after")):
        return name
    before, after = (_word(field, each) for each in change)
    return str(gettext("%(field)s from “%(before)s” to “%(after)s”", field=name, before=before, after=after))


def _word(field: str, value: Any) -> str:
    if field == "type":
        return str(TYPES.get(value, value))
    if isinstance(value, list):
        return str(gettext(", ")).join(map(str, value)) or "–"
    return "–" if value in {None, ""} else f"{value:g}" if isinstance(value, float) else str(value)


SHORT = {"title", "type", "points", "tags", "blocked_reason"}
FIELDS = {
    "title": marked("title"),
    "description": marked("description"),
    "type": marked("type"),
    "points": marked("points"),
    "assignee_ids": marked("people"),
    "tags": marked("tags"),
    "use_case_id": marked("use case"),
    "kpi_id": marked("KPI"),
    "blocked_reason": marked("blocked"),
    "acceptance": marked("acceptance criteria"),
}
REFUSALS: dict[str, Sentence] = {
    "item.not_done": _not_done,
    "item.archived": marked("This item is archived; restore it first."),
    "item.project_archived": marked("The item's project is archived; restore that first."),
    "item.is_done": marked("A done item keeps the definition it met."),
    "column.full": marked("The column is full: %(limit)s at most. Say why one more may enter."),
    "column.not_empty": marked("Cards stand in “%(column)s”; say first where they go."),
    "column.last_todo": marked("A board needs a column for what is to do."),
    "column.last_done": marked("A board needs a column for what is done."),
    "criterion.not_yours": _not_yours,
    "override.already_asked": marked("An exception was asked for already; it waits for an answer."),
    "override.answered": marked("This request was answered already."),
}
FACTS: dict[str, Sentence] = {
    "item.added": _added,
    "item.moved": _moved,
    "item.reordered": marked("gave it another place in %(column)s"),
    "item.edited": _edited,
    "item.archived": marked("archived it"),
    "item.restored": marked("restored it"),
    "item.project_changed": marked("brought it here from %(old_code)s"),
    "item.definition_renewed": marked("moved it to version %(number)s of its Definition of Done"),
    "item.override_requested": marked("asks for an exception for %(column)s: %(reason)s"),
    "item.override_granted": marked("granted the exception: %(reason)s"),
    "item.override_declined": marked("declined the exception: %(reason)s"),
    "item.ticked": marked("ticked “%(text)s”"),
    "item.unticked": marked("took back the tick of “%(text)s”"),
    "item.set_aside": marked("set “%(text)s” aside as not applicable: %(reason)s"),
    "item.acceptance_met": marked("saw “%(text)s” met"),
    "item.acceptance_unmet": marked("found “%(text)s” no longer met"),
    "columns.changed": marked("changed the columns: %(names)s"),
}
