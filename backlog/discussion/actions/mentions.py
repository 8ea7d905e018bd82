"""Call people in a comment, and see that one was called."""

from typing import Any

from sqlalchemy import Select, update

from backlog.discussion.models import Comment, Mention
from backlog.discussion.queries.mentions import MOST_CALLED, called_by, waiting_for
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, wrong
from backlog.people.models import User
from backlog.people.policy import require


def call_people(actor: User, comment: Comment) -> None:
    """Keep who is called in a comment: those who may see its thing are told, others not; oneself neither."""
    before = {each.user_id: each for each in comment.mentions}
    names = {each.called: each.user_id for each in before.values()}
    wanted = called_by(comment.text, comment.subject_type, comment.subject_id, names)
    if len(wanted) > MOST_CALLED:
        raise Invalid(text=wrong("comment.most_called", most=MOST_CALLED))
    for user_id in before.keys() - wanted.keys():
        comment.mentions.remove(before[user_id])
    for user_id in wanted.keys() - before.keys():
        comment.mentions.append(_mention(actor, user_id, *wanted[user_id]))
    session.flush()


def _mention(actor: User, user_id: int, called: str, sees: bool) -> Mention:
    now = clock.now()
    return Mention(
        user_id=user_id,
        called=called,
        at=now,
        told_at=now if sees else None,
        seen_at=now if user_id == actor.id else None,
    )


def see_mention(actor: User, mention: Mention) -> Mention:
    """Have seen that one was called; twice changes nothing."""
    require(actor, "mention.see")
    if mention.seen_at is None:
        mention.seen_at = clock.now()
        session.flush()
    return mention


def see_all_mentions(actor: User, up_to: int) -> None:
    """Have seen all that is waiting, up to the newest that was shown."""
    require(actor, "mention.see")
    _see(waiting_for(actor).where(Mention.id <= up_to))


def answer_calls(actor: User, comment: Comment) -> None:
    """Who says something about a thing has seen what they were called for there."""
    there = (Comment.subject_type == comment.subject_type) & (Comment.subject_id == comment.subject_id)
    _see(waiting_for(actor).where(there, Comment.id < comment.id))


def _see(waiting: Select[Any]) -> None:
    ids = waiting.with_only_columns(Mention.id)
    session.execute(update(Mention).where(Mention.id.in_(ids)).values(seen_at=clock.now()))
