"""Write down a stand-up, a review, a retrospective; turn an agreed action into an item."""

from typing import Any

from backlog.board import actions as board
from backlog.board.models import Item
from backlog.journal.actions import record
from backlog.kernel import clock, database
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Missing, Wrong, wrong
from backlog.kernel.text import is_storable
from backlog.people.models import User
from backlog.people.policy import require
from backlog.people.queries import knows_user
from backlog.sprints import queries
from backlog.sprints.models import CEREMONIES, Ceremony, Sprint

LANES = ("well", "improve", "action")
MOST_NOTES, LONGEST_NOTE = 100, 2000
SPOKEN = ("done", "next", "obstacle")


def hold(actor: User, sprint: Sprint, *, kind: str, notes: list[dict[str, Any]]) -> Ceremony:
    """Write a meeting down: per person at a stand-up, per lane at the others."""
    require(actor, "ceremony.record", queries.scope_of(sprint))
    if kind not in CEREMONIES:
        raise Invalid(kind=wrong("value.unknown_choice", choices=list(CEREMONIES)))
    ceremony = Ceremony(sprint_id=sprint.id, kind=kind, notes=_cleaned(kind, notes), by_id=actor.id, at=clock.now())
    session.add(ceremony)
    session.flush()
    told = {"number": sprint.number, "kind": kind, "ceremony_id": ceremony.id}
    record(actor, f"sprint.{kind}_held", ("sprint", sprint.id), project_id=sprint.project_id, **told)
    return ceremony


def action_to_item(actor: User, sprint: Sprint, ceremony: Ceremony, place: int) -> Item:
    """Make an agreed action an item of the backlog; once made, it is the same item."""
    require(actor, "item.create", queries.scope_of(sprint))
    if not 0 <= place < len(ceremony.notes) or ceremony.notes[place].get("lane") != "action":
        raise Missing
    database.hold(ceremony)
    note = ceremony.notes[place]
    if note.get("item_id") is not None:
        return session.get_one(Item, note["item_id"])
    item = board.add(actor, project_id=sprint.project_id, title=note["text"][:200], type="task")
    notes = list(ceremony.notes)
    notes[place] = {**note, "item_id": item.id}
    ceremony.notes = notes
    session.flush()
    return item


def _cleaned(kind: str, notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(notes) > MOST_NOTES:
        raise Invalid(notes=wrong("value.too_many", most=MOST_NOTES))
    errors: dict[str, list[Wrong]] = {}
    clean = _spoken if kind == "standup" else _noted
    found = [clean(each, f"notes.{place}", errors) for place, each in enumerate(notes)]
    if errors:
        raise Invalid(errors)
    return found


def _spoken(note: dict[str, Any], path: str, errors: dict[str, list[Wrong]]) -> dict[str, Any]:
    if note.get("user_id") is None or not knows_user(note["user_id"]):
        errors[f"{path}.user_id"] = [wrong("value.unknown_id")]
    if note.get("lane") or note.get("text"):
        errors[f"{path}.lane"] = [wrong("value.unknown_field")]
    return {
        "user_id": note.get("user_id"),
        **{name: _text(note.get(name, ""), f"{path}.{name}", errors) for name in SPOKEN},
    }


def _noted(note: dict[str, Any], path: str, errors: dict[str, list[Wrong]]) -> dict[str, Any]:
    if note.get("lane") not in LANES:
        errors[f"{path}.lane"] = [wrong("value.unknown_choice", choices=list(LANES))]
    if note.get("user_id") is not None:
        errors[f"{path}.user_id"] = [wrong("value.unknown_field")]
    text = _text(note.get("text", ""), f"{path}.text", errors)
    if not text:
        errors[f"{path}.text"] = [wrong("value.required")]
    return {"lane": note.get("lane"), "text": text}


def _text(value: str, path: str, errors: dict[str, list[Wrong]]) -> str:
    plain = value.replace("\r\n", "\n").strip()
    if len(plain) > LONGEST_NOTE:
        errors[path] = [wrong("value.too_long", most=LONGEST_NOTE)]
    elif not is_storable(plain):
        errors[path] = [wrong("value.characters")]
    return plain
