"""Give what was said about a thing, and what lies by it, to another: when two become one."""

from sqlalchemy import update

from backlog.discussion.actions.watches import hand_watches_over
from backlog.discussion.models import Attachment, Comment
from backlog.kernel.database import session


def hand_over(subject_type: str, from_id: int, to_id: int) -> None:
    """Comments with their mentions, attachments, and who watches; the caller has judged who may."""
    for table in (Comment, Attachment):
        hung = update(table).where(table.subject_type == subject_type, table.subject_id == from_id)
        session.execute(hung.values(subject_id=to_id), execution_options={"synchronize_session": "fetch"})
    hand_watches_over(subject_type, from_id, to_id)
