"""Comments in JSON."""

from backlog.api.fields import ApiSchema, IdField, MomentField, Text, Whole
from backlog.api.paging import list_query
from backlog.discussion.actions import LONGEST
from backlog.discussion.queries import COMMENTS


class CommentSchema(ApiSchema):
    """A comment."""

    id = IdField(dump_only=True)
    subject_type = Text(most=40, least=1, required=True)
    subject_id = IdField(required=True)
    text = Text(most=LONGEST, least=1, required=True)
    author_id = IdField(dump_only=True)
    created_at = MomentField(dump_only=True, attribute="at")
    edited_at = MomentField(dump_only=True, allow_none=True)
    archived_at = MomentField(dump_only=True, allow_none=True)
    version = Whole(dump_only=True)


class CommentEditSchema(ApiSchema):
    """What of a comment can be changed."""

    text = Text(most=LONGEST, least=1)


CommentQuery = list_query(COMMENTS)
