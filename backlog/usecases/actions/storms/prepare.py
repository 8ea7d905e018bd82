"""Prepare a storm: what for, who with, how many votes, when and how long; and who leads it."""

from collections.abc import Iterable
from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Refusal, expect_version, or_none
from backlog.people import queries as people
from backlog.people.models import User
from backlog.people.policy import may, require
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults, told
from backlog.usecases.actions.storms.seats import held
from backlog.usecases.models import Storm, StormParticipant, StormStep

WHOLE = {"votes_per_person": (1, 20), "duration_minutes": (5, 480)}
DEFAULTS: dict[str, Any] = {
    "goal": "",
    "departments": (),
    "votes_per_person": 3,
    "votes_hidden": True,
    "duration_minutes": 60,
}
EDITABLE = ("title", "starts_at", "facilitator_id", *DEFAULTS)
OF_VOTING = ("votes_per_person", "votes_hidden")
MOST_DEPARTMENTS, LONGEST_DEPARTMENT, LONGEST_GOAL = 20, 80, 2_000


def prepare(actor: User, *, title: str, participant_ids: Iterable[int] = (), **values: Any) -> Storm:
    """Prepare a storm; a title is enough: it then begins when somebody begins it, and whoever prepares it leads it."""
    require(actor, "storm.manage")
    now = clock.now()
    begun = {**DEFAULTS, "starts_at": now, "facilitator_id": actor.id}
    given, invited = _checked({**begun, "title": title, **values}, participant_ids)
    made = Storm(**given, stage="prepared", created_at=now)
    session.add(made)
    session.flush()
    session.add(StormStep(storm_id=made.id, stage="prepared", by_id=actor.id, at=now))
    _invite(made, invited)
    record(actor, "storm.prepared", ("storm", made.id), title=made.title)
    return made


def edit(actor: User, storm: Storm, version: int | None = None, **changes: Any) -> Storm:
    """Change what was sent; how one votes no more once somebody has."""
    require(actor, "storm.manage")
    held(storm)
    expect_version(storm, version)
    refuse_closed(storm)
    present = queries.storms.invited_ids(storm.id)
    before = {name: getattr(storm, name) for name in EDITABLE} | {"participant_ids": present}
    sent = {name: changes[name] for name in EDITABLE if name in changes}
    given, invited = _checked(sent, changes.get("participant_ids", ()), present)
    after = given | ({"participant_ids": invited} if "participant_ids" in changes else {})
    difference = told(before, after)
    if difference.keys() & set(OF_VOTING) and queries.storms.has_dots(storm.id):
        raise Refusal("storm.voting_begun")
    if not difference:
        return storm
    for name, value in given.items():
        setattr(storm, name, value)
    if "participant_ids" in difference:
        _invite(storm, invited)
    session.flush()
    record(actor, "storm.edited", ("storm", storm.id), title=storm.title, changes=difference)
    return storm


def archive(actor: User, storm: Storm) -> Storm:
    """Put a storm away: it leaves the lists, its link lets nobody in; twice is once."""
    require(actor, "storm.manage")
    hold(storm)
    if storm.archived_at is None:
        storm.archived_at = clock.now()
        session.flush()
        record(actor, "storm.archived", ("storm", storm.id), title=storm.title)
    return storm


def restore(actor: User, storm: Storm) -> Storm:
    """Bring a storm back as it was."""
    require(actor, "storm.manage")
    hold(storm)
    if storm.archived_at is not None:
        storm.archived_at = None
        session.flush()
        record(actor, "storm.restored", ("storm", storm.id), title=storm.title)
    return storm


def refuse_closed(storm: Storm) -> None:
    """What was closed stays as it was."""
    if storm.stage == "closed":
        raise Refusal("storm.closed")


def _checked(
    values: dict[str, Any], participant_ids: Iterable[int], present: Iterable[int] = ()
) -> tuple[dict[str, Any], list[int]]:
    faults, given = Faults(), dict(values)
    if "title" in values:
        given["title"] = faults.line("title", values["title"], 200, needed=True)
    if "goal" in values:
        given["goal"] = faults.prose("goal", values["goal"], LONGEST_GOAL)
    if "departments" in values:
        given["departments"] = _departments(faults, values["departments"])
    for name, (least, most) in WHOLE.items():
        if name in values:
            faults.within(name, values[name], least, most)
    if "starts_at" in values:
        faults.day("starts_at", None if values["starts_at"] is None else values["starts_at"].date())
        if values["starts_at"] is None:
            faults.add("starts_at", "value.null")
    if "facilitator_id" in values and not _leads(values["facilitator_id"]):
        faults.add("facilitator_id", "value.unknown_id")
    invited = sorted(set(participant_ids))
    if not set(invited) <= people.known_users(invited).union(present):
        faults.add("participant_ids", "value.unknown_id")
    faults.end()
    return given, invited


def _departments(faults: Faults, told_ones: Iterable[str]) -> list[str]:
    """Each once, in the order told."""
    lines = [faults.line("departments", each, LONGEST_DEPARTMENT) for each in told_ones]
    found = [each for each in dict.fromkeys(lines) if each]
    if len(found) > MOST_DEPARTMENTS:
        faults.add("departments", "value.too_many", most=MOST_DEPARTMENTS)
    return found


def _leads(user_id: int) -> bool:
    """Whether a person may lead a storm."""
    found = or_none(lambda: people.get_user(user_id))
    return may(found, "storm.manage")


def _invite(storm: Storm, user_ids: list[int]) -> None:
    """Invite exactly these; who already took a seat keeps it."""
    seats = {each.user_id: each for each in queries.storms.participants_of(storm.id) if each.user_id is not None}
    now = clock.now()
    for user_id, seat in seats.items():
        if user_id not in user_ids:
            seat.invited_at = None
    for user_id in user_ids:
        if user_id not in seats:
            session.add(StormParticipant(storm_id=storm.id, user_id=user_id, invited_at=now))
        elif seats[user_id].invited_at is None:
            seats[user_id].invited_at = now
    session.flush()
