"""Files that lie by things: whoever may see the thing may have them, while it and they are there."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from backlog.discussion.models import Attachment
from backlog.discussion.queries.comments import NEVER, seen
from backlog.discussion.rules.kinds import is_shown
from backlog.journal.queries import is_living, seen_page
from backlog.kernel.database import session
from backlog.kernel.listing import Listing
from backlog.kernel.paging import Page
from backlog.kernel.refusal import Missing
from backlog.kernel.shelf import shelf
from backlog.people.models import User
from backlog.people.policy import Scope

ATTACHMENTS = Listing(
    filters={
        "subject_type": Attachment.subject_type,
        "subject_id": Attachment.subject_id,
        "author_id": Attachment.author_id,
        "media_type": Attachment.media_type,
    },
    texts=(Attachment.name,),
    sorts={
        "id": Attachment.id,
        "created_at": Attachment.at,
        "name": Attachment.name,
        "size_bytes": Attachment.size_bytes,
    },
    archived=Attachment.archived_at,
)


def scope_of_attachment(attachment: Attachment) -> Scope:
    """Whose it is."""
    return Scope(author_id=attachment.author_id)


def get_attachment(actor: User, attachment_id: int) -> Attachment:
    """An attachment of something the actor may see, archived ones too; Missing otherwise."""
    return seen(actor, session.get(Attachment, attachment_id))


def file_of(attachment: Attachment, in_place: bool = False) -> Path:
    """Where its content lies; Missing while it or its thing is archived, and in place for all that is no safe picture."""
    place = shelf().place_of(attachment.file)
    subject = (attachment.subject_type, attachment.subject_id)
    if attachment.archived_at is not None or not is_living(*subject) or not place.is_file():
        raise Missing
    if in_place and not is_shown(attachment.media_type, attachment.width, attachment.height):
        raise Missing
    return place


def attachments_on(subject_type: str, subject_id: int) -> list[Attachment]:
    """What lies by one thing, oldest first; the caller has seen to it that it may be seen."""
    query = select(Attachment).where(Attachment.subject_type == subject_type, Attachment.subject_id == subject_id)
    return list(session.scalars(query.where(Attachment.archived_at.is_(None)).order_by(Attachment.id).limit(500)))


def page_of_attachments(actor: User, filters: Mapping[str, Any], after: Sequence[Any] | None, size: int) -> Page:
    """One page of the attachments of what the actor may see."""
    query = select(Attachment).where(Attachment.subject_type.not_in(sorted(NEVER)))
    return seen_page(actor, ATTACHMENTS, query, filters, after, size)


def count_on(subject_type: str, subject_id: int) -> int:
    """How many lie by one thing, archived ones aside."""
    query = select(func.count()).where(Attachment.subject_type == subject_type, Attachment.subject_id == subject_id)
    return session.scalar(query.where(Attachment.archived_at.is_(None))) or 0


def bytes_in_all() -> int:
    """The room that all files take, archived ones too: they can be restored."""
    return int(session.scalar(select(func.coalesce(func.sum(Attachment.size_bytes), 0))) or 0)


def known_files() -> set[str]:
    """The names on the shelf of all that has a row."""
    return set(session.scalars(select(Attachment.file)))
