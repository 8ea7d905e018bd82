"""The way in for colleagues without an account: opened, renewed, ended; and whom it lets in."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from itertools import count

from sqlalchemy import select

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import hold, session
from backlog.kernel.refusal import Missing, Refusal
from backlog.people.models import User
from backlog.people.policy import require
from backlog.people.secrets import hash_secret
from backlog.usecases import queries
from backlog.usecases.actions.checks import Faults
from backlog.usecases.actions.storms.prepare import refuse_closed
from backlog.usecases.actions.storms.seats import held
from backlog.usecases.models import Storm, StormLink, StormParticipant

LEAST_HOURS, MOST_HOURS, MOST_GUESTS, LONGEST_NAME = 1, 168, 300, 40


def open_link(actor: User, storm: Storm, key: str, hours: int = 24) -> tuple[StormLink, str]:
    """A new link, valid until so many hours after the storm's end; the one before ends. Answers its token too."""
    require(actor, "storm.manage")
    held(storm)
    refuse_closed(storm)
    faults = Faults()
    faults.within("hours", hours, LEAST_HOURS, MOST_HOURS)
    faults.end()
    _end(actor, storm)
    now = clock.now()
    ends = max(storm.starts_at + timedelta(minutes=storm.duration_minutes), now)
    seed = secrets.token_urlsafe(32)
    token = queries.storms.token_of(seed, key)
    link = StormLink(
        storm_id=storm.id,
        door=secrets.token_hex(8),
        seed=seed,
        token_hash=hash_secret(token),
        made_by_id=actor.id,
        made_at=now,
        expires_at=ends + timedelta(hours=hours),
    )
    session.add(link)
    session.flush()
    record(actor, "storm.link_opened", ("storm", storm.id), title=storm.title, expires_at=link.expires_at)
    return link, token


def revoke_link(actor: User, storm: Storm) -> Storm:
    """End the link in force, and with it what its guests may do."""
    require(actor, "storm.manage")
    held(storm)
    if _end(actor, storm):
        record(actor, "storm.link_revoked", ("storm", storm.id), title=storm.title)
    return storm


def _end(actor: User, storm: Storm) -> bool:
    links = session.scalars(select(StormLink).where(StormLink.storm_id == storm.id, StormLink.revoked_at.is_(None)))
    ended = [each for each in links.all() if each.expires_at > clock.now()]
    for each in ended:
        each.revoked_at, each.revoked_by_id = clock.now(), actor.id
    session.flush()
    return bool(ended)


def admit(link: StormLink, name: str) -> StormParticipant:
    """Let a guest in under a name; it is shown as a guest's, and with a number where another guest bears it."""
    storm = held(session.get_one(Storm, link.storm_id))
    if not queries.storms.is_in_force(hold(link)):
        raise Missing
    refuse_closed(storm)
    faults = Faults()
    name = faults.line("name", name, LONGEST_NAME, needed=True)
    faults.end()
    of_guests = (StormParticipant.storm_id == storm.id, StormParticipant.link_id.is_not(None))
    taken = list(session.scalars(select(StormParticipant.guest_name).where(*of_guests)))
    if len(taken) >= MOST_GUESTS:
        raise Refusal("storm.room_full", most=MOST_GUESTS)
    name = _told_apart(name, taken)
    seat = StormParticipant(storm_id=storm.id, link_id=link.id, guest_name=name, joined_at=clock.now())
    session.add(seat)
    session.flush()
    record(None, "storm.guest_joined", ("storm", storm.id), guest=name)
    return seat


def _told_apart(name: str, taken: Collection[str]) -> str:
    """The name, or it with the first number that nobody has.

    >>> _told_apart("老王", ["老王", "老王 2", "小李"])
    '老王 3'
    """
    if name not in taken:
        return name
    numbered = (f"{name[: LONGEST_NAME - 5]} {number}" for number in count(2))
    return next(each for each in numbered if each not in taken)
