"""What a page shows of a discussion: made of plain values, so that every feature's page may use it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import ngettext

from backlog.discussion.models import Attachment, Comment
from backlog.discussion.queries import (
    attachments_on,
    called_by,
    comments_on,
    scope_of,
    scope_of_attachment,
    sees_subject,
)
from backlog.discussion.rules.kinds import is_shown
from backlog.kernel.language import listed
from backlog.people.models import User
from backlog.people.policy import may
from backlog.people.queries import names_of


class Called(NamedTuple):
    """Somebody called in a comment: as it was typed, what they are called now, and whether they were told."""

    typed: str
    name: str
    told: bool


@dataclass(frozen=True)
class Said:
    """One comment as it is drawn."""

    id: int
    author: str
    is_mine: bool
    text: str
    called: tuple[Called, ...]
    at: datetime
    edited_at: datetime | None
    version: int
    may_edit: bool


@dataclass(frozen=True)
class Lying:
    """One attachment as it is drawn; `markdown` shows it in a comment."""

    id: int
    name: str
    size_bytes: int
    author: str
    at: datetime
    is_shown: bool
    may_archive: bool
    markdown: str


@dataclass(frozen=True)
class Discussion:
    """All that was said about one thing, and what lies by it; `is_open`: the thing is in force."""

    subject_type: str
    subject_id: int
    comments: list[Said]
    attachments: list[Lying]
    may_write: bool
    is_open: bool

    @property
    def id(self) -> str:
        """The thing in one word."""
        return f"{self.subject_type}.{self.subject_id}"


def comments_of(actor: User, subject_type: str, subject_id: int, is_open: bool = True) -> Discussion:
    """The discussion of a thing that the caller shows, in force or not; a constant number of queries."""
    comments = comments_on(subject_type, subject_id)
    files = attachments_on(subject_type, subject_id)
    authors = {each.author_id for each in comments} | {each.author_id for each in files}
    names = names_of([*authors, *(call.user_id for each in comments for call in each.mentions)])
    return Discussion(
        subject_type=subject_type,
        subject_id=subject_id,
        comments=[_said(actor, each, names) for each in comments],
        attachments=[lying(actor, each, names) for each in files],
        may_write=may(actor, "comment.write"),
        is_open=is_open,
    )


def called_in(comment: Comment, names: Mapping[int, str]) -> tuple[Called, ...]:
    """Who is called in a comment: as it was typed, as they are called now, and whether they could be told."""
    return tuple(
        Called(each.called, names.get(each.user_id, each.called), each.told_at is not None) for each in comment.mentions
    )


def preview_of(actor: User, subject_type: str, subject_id: int, text: str) -> dict[str, Any]:
    """How a comment would be drawn: who would be called, and a word on those who could not be told."""
    told = called_by(text, subject_type, subject_id) if sees_subject(actor, subject_type, subject_id) else {}
    names = names_of(told)
    called = [Called(typed, names.get(number, typed), sees) for number, (typed, sees) in told.items()]
    return {"called": called, "untold": _untold([each.name for each in called if not each.told])}


def untold_in(comment: Comment) -> str:
    """A word on those who were called and could not be told; '' where there are none."""
    missed = [each.user_id for each in comment.mentions if each.told_at is None]
    names = names_of(missed)
    return _untold([names[each] for each in missed])


def _untold(names: list[str]) -> str:
    if not names:
        return ""
    said: str = ngettext(
        "%(names)s can't see this and is not told.", "%(names)s can't see this and are not told.", len(names),
        names=listed(names),
    )  # fmt: skip
    return said


def _said(actor: User, comment: Comment, names: Mapping[int, str]) -> Said:
    return Said(
        id=comment.id,
        author=names.get(comment.author_id, ""),
        is_mine=comment.author_id == actor.id,
        text=comment.text,
        called=called_in(comment, names),
        at=comment.at,
        edited_at=comment.edited_at,
        version=comment.version,
        may_edit=may(actor, "comment.edit", scope_of(comment)),
    )


def lying(actor: User, attachment: Attachment, names: Mapping[int, str] | None = None) -> Lying:
    """One attachment for a page."""
    known = names_of([attachment.author_id]) if names is None else names
    shown = is_shown(attachment.media_type, attachment.width, attachment.height)
    words = attachment.name.replace("[", "(").replace("]", ")")
    return Lying(
        id=attachment.id,
        name=attachment.name,
        size_bytes=attachment.size_bytes,
        author=known.get(attachment.author_id, ""),
        at=attachment.at,
        is_shown=shown,
        may_archive=may(actor, "attachment.archive", scope_of_attachment(attachment)),
        markdown=f"{'!' if shown else ''}[{words}](/attachments/{attachment.id})",
    )
