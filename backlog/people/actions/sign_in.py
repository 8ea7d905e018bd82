"""Signing in and out; tries are counted in the database, so that all processes count together."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Update, delete, or_, update

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session, take_turn
from backlog.kernel.refusal import Missing
from backlog.people import queries
from backlog.people.models import ApiToken, Session, Try, User
from backlog.people.rules import PEER_TRIES, TRIES, TRIES_WINDOW, seconds_to_wait
from backlog.people.secrets import hash_secret, new_secret


@dataclass(frozen=True)
class Tried:
    """A try that was let through and counts as failed until it is forgiven; or how many seconds it has to wait."""

    wait: int
    ids: tuple[int, ...] = ()


def begin_try(account: str, peer: str) -> Tried:
    """Count a try for an account from an address, or say how long the next one waits; to be committed before it is judged.

    An account's tries are counted per address as well, so that a stranger can't shut its owner out elsewhere. Counted
    before the password is looked at, twenty at once are no more than ten one after another.
    """
    limits = {_pair(account, peer): TRIES, _peer(peer): PEER_TRIES}
    for bucket in limits:
        take_turn(bucket)
    now = clock.now()
    waits = [
        seconds_to_wait([each.at for each in queries.tries_in(bucket)], now, most) for bucket, most in limits.items()
    ]
    if max(waits):
        return Tried(max(waits))
    session.execute(delete(Try).where(or_(Try.at < now - TRIES_WINDOW, Try.at > now + TRIES_WINDOW)))
    tries = [Try(bucket=bucket, at=now) for bucket in limits]
    session.add_all(tries)
    session.flush()
    return Tried(0, tuple(each.id for each in tries))


def count_act(bucket: str, most: int, seconds: int) -> int:
    """Count an act within a bucket; or the seconds to wait, where there were so many within so many seconds: it is not counted."""
    take_turn(bucket)
    now, window = clock.now(), timedelta(seconds=seconds)
    session.execute(delete(Try).where(Try.bucket == bucket, or_(Try.at <= now - window, Try.at > now + window)))
    acts = [each.at for each in queries.tries_in(bucket)]
    if len(acts) >= most:
        return max(1, int((min(acts) + window - now).total_seconds()))
    session.add(Try(bucket=bucket, at=now))
    session.flush()
    return 0


def forgive(tried: Tried) -> None:
    """The password was right: the try counts no longer."""
    session.execute(delete(Try).where(Try.id.in_(tried.ids)))


def open_session(user: User, agent: str) -> str:
    """Start a session; answers the secret that the cookie will carry."""
    secret = new_secret()
    now = clock.now()
    row = Session(user_id=user.id, secret_hash=hash_secret(secret), started_at=now, last_seen_at=now, agent=agent[:200])
    session.add(row)
    record(user, "user.signed_in", ("user", user.id))
    return secret


def touch_session(session_id: int, seen: datetime) -> bool:
    """Note that a session is in use now, unless somebody did since it was `seen`; answers whether anything changed."""
    query = update(Session).where(Session.id == session_id, Session.last_seen_at == seen)
    return _changes(query.values(last_seen_at=clock.now()))


def touch_token(token_id: int, seen: datetime | None) -> bool:
    """The same of an API token."""
    query = update(ApiToken).where(ApiToken.id == token_id, ApiToken.last_used_at.is_not_distinct_from(seen))
    return _changes(query.values(last_used_at=clock.now()))


def _changes(query: Update) -> bool:
    done: Any = session.execute(query, execution_options={"synchronize_session": False})
    return bool(done.rowcount)


def end_session(actor: User, session_id: int) -> None:
    """End one of one's own sessions; anyone else's is missing."""
    row = session.get(Session, session_id)
    if row is None or row.user_id != actor.id or row.ended_at is not None:
        raise Missing
    row.ended_at = clock.now()
    record(actor, "user.session_ended", ("user", actor.id))


def end_other_sessions(actor: User, keep_id: int | None) -> None:
    """End all sessions of one's own but the present one."""
    query = update(Session).where(Session.user_id == actor.id, Session.ended_at.is_(None))
    session.execute(
        query.where(Session.id != keep_id).values(ended_at=clock.now())
        if keep_id
        else query.values(ended_at=clock.now())
    )
    record(actor, "user.sessions_ended", ("user", actor.id))


def end_sessions_of(user: User) -> None:
    """End every session of a person whose role, account or password changed."""
    query = update(Session).where(Session.user_id == user.id, Session.ended_at.is_(None))
    session.execute(query.values(ended_at=clock.now()))


def _pair(account: str, peer: str) -> str:
    return "account:" + hash_secret(f"{account}\n{peer}")[:40]


def _peer(peer: str) -> str:
    return "peer:" + peer[:60]
