"""Squads: made, changed, archived."""

from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Wrong, expect_version, refuse_archived, wrong
from backlog.kernel.text import clean_name
from backlog.kernel.unique import or_taken
from backlog.people import queries
from backlog.people.models import SQUAD_MODELS, SQUAD_ROLES, Squad, SquadMember, User
from backlog.people.policy import require

MOST_MEMBERS = 50


def add_squad(actor: User, *, name: str, model: str, members: list[dict[str, Any]] | None = None) -> Squad:
    """Make a squad; a member is {user_id, role, capacity_days}."""
    require(actor, "squad.manage")
    name = clean_name(name)
    _check(name, model, members or [])
    squad = Squad(name=name, model=model, created_at=clock.now(), members=[])
    with or_taken("name", "squad.name_taken"):
        session.add(squad)
    _set_members(squad, members or [])
    session.flush()
    record(actor, "squad.added", ("squad", squad.id), name=name)
    return squad


def edit_squad(actor: User, squad: Squad, version: int | None = None, **changes: Any) -> Squad:
    """Change a squad; members are given whole."""
    require(actor, "squad.manage")
    expect_version(squad, version)
    refuse_archived(squad, "squad.archived")
    name = clean_name(changes.get("name", squad.name))
    model = changes.get("model", squad.model)
    members = changes.get("members")
    _check(name, model, members or [], squad)
    with or_taken("name", "squad.name_taken"):
        squad.name, squad.model = name, model
        if members is not None:
            _set_members(squad, members)
            squad.version = (
                squad.version + 1 if not session.is_modified(squad, include_collections=False) else squad.version
            )
    record(actor, "squad.edited", ("squad", squad.id), name=name)
    return squad


def archive_squad(actor: User, squad: Squad, version: int | None = None) -> None:
    """Take a squad out of use; it can be brought back."""
    require(actor, "squad.manage")
    expect_version(squad, version)
    if squad.archived_at is None:
        squad.archived_at = clock.now()
        record(actor, "squad.archived", ("squad", squad.id))


def restore_squad(actor: User, squad: Squad) -> Squad:
    """Bring an archived squad back, members and all."""
    require(actor, "squad.manage")
    if squad.archived_at is not None:
        squad.archived_at = None
        record(actor, "squad.restored", ("squad", squad.id))
    return squad


def _set_members(squad: Squad, members: list[dict[str, Any]]) -> None:
    present = {each.user_id: each for each in squad.members}
    wanted = {each["user_id"]: each for each in members}
    for user_id in present.keys() - wanted.keys():
        squad.members.remove(present[user_id])
    for user_id, values in wanted.items():
        row = present.get(user_id)
        if row is None:
            row = SquadMember(user_id=user_id, user=queries.get_user(user_id))
            squad.members.append(row)
        row.role = values["role"]
        row.capacity_days = values.get("capacity_days", 8)


def _check(name: str, model: str, members: list[dict[str, Any]], squad: Squad | None = None) -> None:
    present = {each.user_id for each in squad.members} if squad else set()
    errors: dict[str, list[Wrong]] = {}
    if not 1 <= len(name) <= 80:
        errors["name"] = [wrong("value.length", least=1, most=80)]
    elif any(each.name == name and each is not squad for each in queries.all_squads(archived=True)):
        errors["name"] = [wrong("squad.name_taken")]
    if model not in SQUAD_MODELS:
        errors["model"] = [wrong("value.unknown_choice", choices=list(SQUAD_MODELS))]
    ids = [each["user_id"] for each in members]
    if len(ids) > MOST_MEMBERS or len(set(ids)) < len(ids):
        errors["members"] = [wrong("squad.member_twice")]
    elif not set(ids) <= present | queries.known_users(ids):
        errors["members"] = [wrong("value.unknown_id")]
    elif any(each["role"] not in SQUAD_ROLES for each in members):
        errors["members"] = [wrong("value.unknown_choice", choices=list(SQUAD_ROLES))]
    elif any(not 0 <= each.get("capacity_days", 8) <= 14 for each in members):
        errors["members"] = [wrong("value.range", least=0, most=14)]
    if errors:
        raise Invalid(errors)
