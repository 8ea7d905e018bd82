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
from backlog.discussion.actions.watches import see_all_changes, see_changes, unwatch, watch, watch_by_itself

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
    "see_all_changes",
    "see_all_mentions",
    "see_changes",
    "see_mention",
    "unwatch",
    "watch",
    "watch_by_itself",
]
