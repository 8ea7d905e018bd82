"""The verbs of discussions."""

from backlog.discussion.actions.attachments import (
    add_attachment,
    archive_attachment,
    forget_unknown_files,
    restore_attachment,
)
from backlog.discussion.actions.comments import (
    LONGEST,
    add_comment,
    archive_comment,
    edit_comment,
    restore_comment,
)
from backlog.discussion.actions.hand_over import hand_over
from backlog.discussion.actions.mentions import see_all_mentions, see_mention

__all__ = [
    "LONGEST",
    "add_attachment",
    "add_comment",
    "archive_attachment",
    "archive_comment",
    "edit_comment",
    "forget_unknown_files",
    "hand_over",
    "restore_attachment",
    "restore_comment",
    "see_all_mentions",
    "see_mention",
]
