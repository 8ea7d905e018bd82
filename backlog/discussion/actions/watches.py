"""Watch a thing, stop it, have seen what became of it."""

from datetime import datetime

from sqlalchemy import select, update

from backlog.discussion.models import WATCHED, Watch
from backlog.discussion.queries.comments import sees_subject
from backlog.discussion.queries.watches import watch_of
from backlog.journal.actions import record
from backlog.journal.queries import newest_id
from backlog.kernel import clock
from backlog.kernel.database import session, take_turn
from backlog.kernel.refusal import Invalid
from backlog.people.models import User
from backlog.people.policy import require


def watch(actor: User, subject_type: str, subject_id: int) -> Watch:
    """Hear from now on what becomes of a thing; twice is once."""
    require(actor, "thing.watch")
    if subject_type not in WATCHED or not sees_subject(actor, subject_type, subject_id):
        raise Invalid(subject_id="value.unknown_id")
    _turn(subject_type, subject_id)
    found = watch_of(actor.id, subject_type, subject_id)
    if found is not None and found.stopped_at is None:
        return found
    made = _begin(found, actor.id, subject_type, subject_id, "asked")
    record(actor, "watch.begun", (subject_type, subject_id))
    return made


def unwatch(actor: User, subject_type: str, subject_id: int) -> None:
    """Hear no more of a thing, until one asks for it again; who does not watch it is let be."""
    require(actor, "thing.watch")
    _turn(subject_type, subject_id)
    found = watch_of(actor.id, subject_type, subject_id)
    if found is not None and found.stopped_at is None:
        found.stopped_at = clock.now()
        session.flush()
        record(actor, "watch.stopped", (subject_type, subject_id))


def watch_by_itself(user_id: int, subject_type: str, subject_id: int, why: str) -> None:
    """Who proposed a thing or spoke about it watches it from now on, unless they ever stopped."""
    if subject_type in WATCHED:
        _turn(subject_type, subject_id)
        if watch_of(user_id, subject_type, subject_id) is None:
            _begin(None, user_id, subject_type, subject_id, why)


def see_changes(actor: User, watch: Watch, up_to: int | None = None) -> Watch:
    """Have seen what became of a thing, up to a fact that was shown; never less than before."""
    require(actor, "thing.watch")
    newest = newest_id()
    watch.seen_fact_id = max(watch.seen_fact_id, newest if up_to is None else min(up_to, newest))
    session.flush()
    return watch


def see_all_changes(actor: User, up_to: int) -> None:
    """Have seen what became of all one watches, up to the newest fact that was shown."""
    require(actor, "thing.watch")
    up_to = min(up_to, newest_id())
    own = update(Watch).where(Watch.user_id == actor.id, Watch.stopped_at.is_(None), Watch.seen_fact_id < up_to)
    session.execute(own.values(seen_fact_id=up_to), execution_options={"synchronize_session": "fetch"})


def hand_watches_over(subject_type: str, from_id: int, to_id: int) -> None:
    """Who watched a thing watches what it became part of, but for those who stopped there; the caller has judged who may."""
    _turn(subject_type, to_id)
    query = select(Watch).where(Watch.subject_type == subject_type)
    there = set(session.scalars(query.with_only_columns(Watch.user_id).where(Watch.subject_id == to_id)))
    newest, now = newest_id(), clock.now()
    for each in session.scalars(query.where(Watch.subject_id == from_id).order_by(Watch.id)).all():
        if each.user_id in there or each.stopped_at is not None:
            session.delete(each)
        else:
            each.subject_id, each.why, each.seen_fact_id, each.since_at = to_id, "merged", newest, now
    session.flush()


def _begin(found: Watch | None, user_id: int, subject_type: str, subject_id: int, why: str) -> Watch:
    made = found or Watch(user_id=user_id, subject_type=subject_type, subject_id=subject_id)
    at: datetime = clock.now()
    made.why, made.since_at, made.stopped_at, made.seen_fact_id = why, at, None, newest_id()
    session.add(made)
    session.flush()
    return made


def _turn(subject_type: str, subject_id: int) -> None:
    take_turn(f"watches {subject_type} {subject_id}")
