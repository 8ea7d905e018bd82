"""Comments, mentions and attachments in JSON."""

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, IdField, MomentField, Text, Whole
from backlog.api.paging import IdFromQuery, YesNo, list_query
from backlog.discussion.actions import LONGEST
from backlog.discussion.models import WHY_WATCHED
from backlog.discussion.queries import ATTACHMENTS, COMMENTS, MENTIONS, WATCHES


class CalledSchema(ApiSchema):
    """Somebody called in a comment; who could not see its thing was not told."""

    user_id = IdField(dump_only=True)
    called = fields.String(dump_only=True)
    told = fields.Function(lambda mention: mention.told_at is not None, metadata={"type": "boolean"})


class CommentSchema(ApiSchema):
    """A comment."""

    id = IdField(dump_only=True)
    subject_type = Text(most=40, least=1, required=True)
    subject_id = IdField(required=True)
    text = Text(most=LONGEST, least=1, required=True)
    author_id = IdField(dump_only=True)
    mentions = fields.List(fields.Nested(CalledSchema), dump_only=True)
    created_at = MomentField(dump_only=True, attribute="at")
    edited_at = MomentField(dump_only=True, allow_none=True)
    archived_at = MomentField(dump_only=True, allow_none=True)
    version = Whole(dump_only=True)


class CommentEditSchema(ApiSchema):
    """What of a comment can be changed."""

    text = Text(most=LONGEST, least=1)


class MentionSchema(ApiSchema):
    """That one was called: by whom, where, and whether one has seen it."""

    id = IdField(dump_only=True)
    comment_id = IdField(dump_only=True)
    subject_type = Text(dump_only=True)
    subject_id = IdField(dump_only=True)
    author_id = IdField(dump_only=True, attribute="comment.author_id")
    text = Text(most=LONGEST, dump_only=True, attribute="comment.text")
    created_at = MomentField(dump_only=True, attribute="at")
    seen_at = MomentField(dump_only=True, allow_none=True)


class PersonSchema(ApiSchema):
    """Somebody who can be called on a thing: `@` and the handle."""

    user_id = IdField(dump_only=True, attribute="id")
    name = Text(dump_only=True)
    position = Text(dump_only=True)
    handle = Text(dump_only=True)


class PeopleSchema(ApiSchema):
    """Some of those who can be called."""

    data = fields.List(fields.Nested(PersonSchema))


class PeopleQuery(ApiSchema):
    """Whom, on which thing."""

    subject_type = Text(most=40, least=1, required=True)
    subject_id = IdFromQuery(required=True)
    q = Text(most=200, load_default="")


class AttachmentSchema(ApiSchema):
    """A file that lies by a thing."""

    id = IdField(dump_only=True)
    subject_type = Text(most=40, dump_only=True)
    subject_id = IdField(dump_only=True)
    name = Text(dump_only=True)
    media_type = Text(dump_only=True)
    size_bytes = Whole(dump_only=True)
    sha256 = Text(dump_only=True)
    width = Whole(dump_only=True, allow_none=True)
    height = Whole(dump_only=True, allow_none=True)
    author_id = IdField(dump_only=True)
    created_at = MomentField(dump_only=True, attribute="at")
    archived_at = MomentField(dump_only=True, allow_none=True)


class UploadSchema(ApiSchema):
    """The thing that the part `file` shall lie by."""

    subject_type = Text(most=40, least=1, required=True)
    subject_id = IdFromQuery(required=True)
    file = fields.Raw(metadata={"type": "string", "format": "binary"})


class WatchSchema(ApiSchema):
    """That one watches a thing, why and since when."""

    id = IdField(dump_only=True)
    subject_type = Text(dump_only=True)
    subject_id = IdField(dump_only=True)
    why = Choice(WHY_WATCHED, dump_only=True)
    since_at = MomentField(dump_only=True)


class SeenSchema(ApiSchema):
    """Up to which fact one has seen what became of a thing; without it, all there is."""

    fact_id = IdField()


WatchQuery = list_query(WATCHES)
CommentQuery = list_query(COMMENTS)
MentionQuery = list_query(MENTIONS, seen=YesNo())
AttachmentQuery = list_query(ATTACHMENTS)
