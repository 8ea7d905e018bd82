"""Say something about a thing, change it, take it back."""

from backlog.discussion.actions.mentions import answer_calls, call_people
from backlog.discussion.actions.watches import watch_by_itself
from backlog.discussion.models import Comment
from backlog.discussion.queries.comments import scope_of, sees_subject
from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, expect_version, refuse_archived, wrong
from backlog.kernel.text import is_storable
from backlog.people.models import User
from backlog.people.policy import require

LONGEST = 20_000


def add_comment(actor: User, *, subject_type: str, subject_id: int, text: str) -> Comment:
    """Comment on a thing the actor may see; any other is an unknown one."""
    require(actor, "comment.write")
    if not sees_subject(actor, subject_type, subject_id):
        raise Invalid(subject_id="value.unknown_id")
    values = {"subject_type": subject_type, "subject_id": subject_id, "text": _cleaned(text)}
    comment = Comment(**values, author_id=actor.id, at=clock.now(), mentions=[])
    session.add(comment)
    session.flush()
    call_people(actor, comment)
    answer_calls(actor, comment)
    _record(actor, "comment.added", comment)
    watch_by_itself(actor.id, subject_type, subject_id, "commented")
    return comment


def edit_comment(actor: User, comment: Comment, version: int | None = None, *, text: str) -> Comment:
    """Say it differently; that it was changed is shown."""
    require(actor, "comment.edit", scope_of(comment))
    expect_version(comment, version)
    refuse_archived(comment, "comment.archived")
    if (text := _cleaned(text)) != comment.text:
        comment.text, comment.edited_at = text, clock.now()
        session.flush()
        call_people(actor, comment)
        _record(actor, "comment.edited", comment)
    return comment


def archive_comment(actor: User, comment: Comment, version: int | None = None) -> None:
    """Take a comment back; it can be restored."""
    require(actor, "comment.edit", scope_of(comment))
    expect_version(comment, version)
    if comment.archived_at is None:
        comment.archived_at = clock.now()
        session.flush()
        _record(actor, "comment.archived", comment)


def restore_comment(actor: User, comment: Comment) -> Comment:
    """Show a comment again."""
    require(actor, "comment.edit", scope_of(comment))
    if comment.archived_at is not None:
        comment.archived_at = None
        session.flush()
        _record(actor, "comment.restored", comment)
    return comment


def _record(actor: User, code: str, comment: Comment) -> None:
    record(actor, code, (comment.subject_type, comment.subject_id), comment_id=comment.id)


def _cleaned(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Invalid(text="value.required")
    if len(text) > LONGEST:
        raise Invalid(text=wrong("value.too_long", most=LONGEST))
    if not is_storable(text):
        raise Invalid(text="value.characters")
    return text
