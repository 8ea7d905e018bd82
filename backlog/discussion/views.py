"""What a page shows of a discussion: made of plain values, so that every feature's page may use it."""

from dataclasses import dataclass
from datetime import datetime

from backlog.discussion.models import Comment
from backlog.discussion.queries import comments_on, scope_of
from backlog.people.models import User
from backlog.people.policy import may
from backlog.people.queries import names_of


@dataclass(frozen=True)
class Said:
    """One comment as it is drawn."""

    id: int
    author: str
    is_mine: bool
    text: str
    at: datetime
    edited_at: datetime | None
    version: int
    may_edit: bool


@dataclass(frozen=True)
class Discussion:
    """All that was said about one thing."""

    subject_type: str
    subject_id: int
    comments: list[Said]
    may_write: bool


def comments_of(actor: User, subject_type: str, subject_id: int) -> Discussion:
    """The discussion of a thing for `discussion/_comments.html`; three queries, however long it is."""
    comments = comments_on(actor, subject_type, subject_id)
    names = names_of(each.author_id for each in comments)
    said = [_said(actor, each, names.get(each.author_id, "")) for each in comments]
    return Discussion(subject_type, subject_id, said, may(actor, "comment.write"))


def _said(actor: User, comment: Comment, author: str) -> Said:
    return Said(
        id=comment.id,
        author=author,
        is_mine=comment.author_id == actor.id,
        text=comment.text,
        at=comment.at,
        edited_at=comment.edited_at,
        version=comment.version,
        may_edit=may(actor, "comment.edit", scope_of(comment)),
    )
