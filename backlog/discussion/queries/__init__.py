"""Reading discussions: whoever may see a thing may read what was said about it and open what was attached to it."""

from backlog.discussion.queries.attachments import (
    ATTACHMENTS,
    attachments_on,
    file_of,
    get_attachment,
    page_of_attachments,
    scope_of_attachment,
)
from backlog.discussion.queries.comments import (
    COMMENTS,
    comments_on,
    counts_on,
    get_comment,
    page_of_comments,
    scope_of,
    sees_subject,
)
from backlog.discussion.queries.mentions import (
    MENTIONS,
    Called,
    called_by,
    get_mention,
    mentionable,
    page_of_mentions,
    unseen_mentions,
)

__all__ = [
    "ATTACHMENTS",
    "COMMENTS",
    "MENTIONS",
    "Called",
    "attachments_on",
    "called_by",
    "comments_on",
    "counts_on",
    "file_of",
    "get_attachment",
    "get_comment",
    "get_mention",
    "mentionable",
    "page_of_attachments",
    "page_of_comments",
    "page_of_mentions",
    "scope_of",
    "scope_of_attachment",
    "sees_subject",
    "unseen_mentions",
]
