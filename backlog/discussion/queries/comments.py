"""Reading comments: whoever may see a thing may read what was said about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from backlog.discussion.models import Attachment, Comment, Mention, Watch
from backlog.journal.queries import seen_page, visible_subjects
from backlog.kernel.database import session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Missing
from backlog.people.models import User
from backlog.people.policy import Scope

NEVER = frozenset({"user", "settings", "comment"})
MOST_SHOWN = 500


About = TypeVar("About", Attachment, Comment, Mention, Watch)


@dataclass(frozen=True)
class Stranger:
    """An account with nothing to do with anything: what it may see, everybody may."""

    id: int = 0
    role: str = "stakeholder"
    active: bool = True
    may_verify: bool = False
    squad_ids: frozenset[int] = frozenset()


COMMENTS = Listing(
    filters={
        "subject_type": Comment.subject_type,
        "subject_id": Comment.subject_id,
        "author_id": Comment.author_id,
    },
    texts=(Comment.text,),
    sorts={"id": Comment.id, "created_at": Comment.at, "edited_at": Comment.edited_at},
    archived=Comment.archived_at,
)


def sees_subject(actor: User | Stranger, subject_type: str, subject_id: int) -> bool:
    """Whether the actor may see, and so talk about, a thing."""
    subject = (subject_type, subject_id)
    return subject_type not in NEVER and subject in visible_subjects(actor, {subject})


def seen(actor: User, found: About | None) -> About:
    """A row about a thing the actor may see; Missing where there is none or they may not."""
    if found is None or not sees_subject(actor, found.subject_type, found.subject_id):
        raise Missing
    return found


def who_sees(user_ids: Sequence[int], subject_type: str, subject_id: int) -> Iterator[int]:
    """Those of some people who may see a thing, in their order; of what is open to everybody it is asked once."""
    if sees_subject(Stranger(), subject_type, subject_id):
        yield from user_ids
        return
    query = select(User).where(User.id.in_(user_ids)).options(selectinload(User.memberships))
    people = {each.id: each for each in session.scalars(query)}
    yield from (each for each in user_ids if sees_subject(people[each], subject_type, subject_id))


def scope_of(comment: Comment) -> Scope:
    """Whose comment it is."""
    return Scope(author_id=comment.author_id)


def get_comment(actor: User, comment_id: int) -> Comment:
    """A comment on something the actor may see, those taken back too; Missing otherwise."""
    return seen(actor, session.get(Comment, comment_id, options=[selectinload(Comment.mentions)]))


def comments_on(subject_type: str, subject_id: int) -> list[Comment]:
    """What was said about one thing, oldest first; the caller has seen to it that it may be seen."""
    query = select(Comment).where(Comment.subject_type == subject_type, Comment.subject_id == subject_id)
    newest = query.where(Comment.archived_at.is_(None)).order_by(Comment.id.desc()).limit(MOST_SHOWN)
    return list(reversed(session.scalars(newest.options(selectinload(Comment.mentions))).all()))


def counts_on(subject_type: str, subject_ids: Sequence[int]) -> dict[int, int]:
    """How many comments each of several things has; the caller may see them all."""
    query = select(Comment.subject_id, func.count()).where(Comment.subject_type == subject_type)
    query = query.where(Comment.subject_id.in_(subject_ids), Comment.archived_at.is_(None)).group_by(Comment.subject_id)
    return {row[0]: row[1] for row in session.execute(query)}


def page_of_comments(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of the comments the actor may see; on a thing that may not be seen there are none."""
    query = select(Comment).where(Comment.subject_type.not_in(sorted(NEVER))).options(selectinload(Comment.mentions))
    return seen_page(actor, COMMENTS, query, filters, after, size)
