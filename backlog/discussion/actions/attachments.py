"""Lay a file by a thing, take it away, bring it back; and forget files that no row tells of."""

from pathlib import Path
from typing import IO

from backlog.discussion.models import Attachment
from backlog.discussion.queries.attachments import bytes_in_all, count_on, known_files, scope_of_attachment
from backlog.discussion.queries.comments import sees_subject
from backlog.discussion.rules.kinds import kind_of
from backlog.discussion.rules.names import shown_name
from backlog.journal.actions import record
from backlog.journal.queries import is_living
from backlog.kernel import clock
from backlog.kernel.database import session, take_turn
from backlog.kernel.refusal import Invalid, Refusal, wrong
from backlog.kernel.shelf import Shelf, shelf
from backlog.people.models import User
from backlog.people.policy import require

MIB = 1024 * 1024
ON_THEIR_WAY_SECONDS = 3600.0
TURN = "attachments"  # of one thing and in all they are counted by one at a time


def add_attachment(actor: User, *, subject_type: str, subject_id: int, file: IO[bytes], name: str) -> Attachment:
    """Lay a file by a thing the actor may see; any other thing is an unknown one. The file is judged by its content."""
    require(actor, "attachment.add")
    if not sees_subject(actor, subject_type, subject_id):
        raise Invalid(subject_id="value.unknown_id")
    if not is_living(subject_type, subject_id):
        raise Refusal("attachment.subject_archived")
    place, title = shelf(), shown_name(name)
    kind = kind_of(file, title)
    size = _judged_size(place, file)
    if kind.name not in place.limits.kinds:
        raise Refusal("attachment.kind", kind=kind.name, name=title)
    _refuse_without_room(place, subject_type, subject_id, size)
    stored = place.put(file)
    attachment = Attachment(
        subject_type=subject_type,
        subject_id=subject_id,
        name=title,
        file=stored.name,
        media_type=kind.media_type,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        width=kind.width,
        height=kind.height,
        author_id=actor.id,
        at=clock.now(),
    )
    session.add(attachment)
    session.flush()
    _record(actor, "attachment.added", attachment)
    return attachment


def archive_attachment(actor: User, attachment: Attachment) -> None:
    """Take a file away; it can be brought back."""
    require(actor, "attachment.archive", scope_of_attachment(attachment))
    if attachment.archived_at is None:
        attachment.archived_at = clock.now()
        session.flush()
        _record(actor, "attachment.archived", attachment)


def restore_attachment(actor: User, attachment: Attachment) -> Attachment:
    """Bring a file back."""
    require(actor, "attachment.archive", scope_of_attachment(attachment))
    take_turn(TURN)
    session.refresh(attachment)
    if attachment.archived_at is not None:
        _refuse_too_many(shelf(), attachment.subject_type, attachment.subject_id)
        attachment.archived_at = None
        session.flush()
        _record(actor, "attachment.restored", attachment)
    return attachment


def forget_unknown_files() -> list[Path]:
    """Delete what a killed process left behind; what may still be on its way is let be."""
    place = shelf()
    gone = list(place.unknown_files(known_files(), ON_THEIR_WAY_SECONDS))
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _judged_size(place: Shelf, file: IO[bytes]) -> int:
    file.seek(0, 2)
    size = file.tell()
    if not size:
        raise Invalid(file="attachment.empty")
    if size > place.limits.most_bytes:
        raise Invalid(file=wrong("attachment.too_large", most=_said(place.limits.most_bytes)))
    return size


def _refuse_without_room(place: Shelf, subject_type: str, subject_id: int, size: int) -> None:
    """The limits of one thing and of all; counted by one at a time."""
    take_turn(TURN)
    _refuse_too_many(place, subject_type, subject_id)
    if bytes_in_all() + size > place.limits.most_bytes_in_all:
        raise Refusal("attachment.no_room", most=_said(place.limits.most_bytes_in_all))


def _refuse_too_many(place: Shelf, subject_type: str, subject_id: int) -> None:
    if count_on(subject_type, subject_id) >= place.limits.most_each:
        raise Refusal("attachment.too_many", most=place.limits.most_each)


def _said(size: int) -> str:
    return f"{size / MIB:.4g} MB" if size >= MIB else f"{size / 1024:.4g} KB"


def _record(actor: User, code: str, attachment: Attachment) -> None:
    subject = (attachment.subject_type, attachment.subject_id)
    record(actor, code, subject, attachment_id=attachment.id, name=attachment.name)
