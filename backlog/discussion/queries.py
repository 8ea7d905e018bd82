"""Reading comments: whoever may see a thing may read what was said about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from backlog.discussion.models import Comment
from backlog.journal.queries import visible_subjects
from backlog.kernel import paging
from backlog.kernel.database import session
from backlog.kernel.refusal import Missing
from backlog.people.models import User
from backlog.people.policy import Scope

NEVER = frozenset({"user", "settings", "comment"})
MOST_SHOWN = 500


@dataclass(frozen=True)
class Filters:
    """What narrows a list of comments."""

    subject_type: str | None = None
    subject_id: int | None = None
    author_id: int | None = None
    q: str | None = None
    archived: bool = False
    newest_first: bool = False


def sees_subject(actor: User, subject_type: str, subject_id: int) -> bool:
    """Whether the actor may see, and so talk about, a thing."""
    subject = (subject_type, subject_id)
    return subject_type not in NEVER and subject in visible_subjects(actor, {subject})


def scope_of(comment: Comment) -> Scope:
    """Whose comment it is."""
    return Scope(author_id=comment.author_id)


def get_comment(actor: User, comment_id: int, archived: bool = False) -> Comment:
    """A comment on something the actor may see; Missing otherwise, and for removed ones unless asked for."""
    comment = session.get(Comment, comment_id)
    if comment is None or (comment.archived_at is not None) > archived:
        raise Missing
    if not sees_subject(actor, comment.subject_type, comment.subject_id):
        raise Missing
    return comment


def comments_on(actor: User, subject_type: str, subject_id: int) -> list[Comment]:
    """What was said about one thing, oldest first; nothing where the actor may not see it."""
    if not sees_subject(actor, subject_type, subject_id):
        return []
    query = select(Comment).where(Comment.subject_type == subject_type, Comment.subject_id == subject_id)
    newest = query.where(Comment.archived_at.is_(None)).order_by(Comment.id.desc()).limit(MOST_SHOWN)
    return list(reversed(session.scalars(newest).all()))


def counts_on(subject_type: str, subject_ids: Sequence[int]) -> dict[int, int]:
    """How many comments each of several things has; the caller may see them all."""
    query = select(Comment.subject_id, func.count()).where(Comment.subject_type == subject_type)
    query = query.where(Comment.subject_id.in_(subject_ids), Comment.archived_at.is_(None)).group_by(Comment.subject_id)
    return {row[0]: row[1] for row in session.execute(query)}


def page_of_comments(actor: User, filters: Filters, after: Sequence[Any] | None, size: int) -> paging.Page:
    """One page of the comments the actor may see; it may hold fewer than asked for although more follow."""
    subject = (filters.subject_type, filters.subject_id)
    if subject[0] is not None and subject[1] is not None and not sees_subject(actor, subject[0], subject[1]):
        raise Missing
    query = select(Comment)
    for name in ("subject_type", "subject_id", "author_id"):
        if (value := getattr(filters, name)) is not None:
            query = query.where(getattr(Comment, name) == value)
    if filters.q:
        query = query.where(Comment.text.icontains(filters.q, autoescape=True))
    query = query.where(Comment.archived_at.is_not(None) if filters.archived else Comment.archived_at.is_(None))
    found = paging.page(query, [(Comment.id, filters.newest_first)], after, size)
    seen = visible_subjects(actor, {(each.subject_type, each.subject_id) for each in found.rows})
    shown = [
        each for each in found.rows if (each.subject_type, each.subject_id) in seen and each.subject_type not in NEVER
    ]
    return paging.Page(shown, found.last)
