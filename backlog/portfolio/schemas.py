"""What was found, in JSON."""

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, IdField, MomentField, Text
from backlog.api.paging import ListQuery, YesNo
from backlog.portfolio.texts import KINDS


class AboutSchema(ApiSchema):
    """What a comment was said about."""

    subject_type = Text(dump_only=True, attribute="kind")
    subject_id = IdField(dump_only=True, attribute="id")
    code = Text(dump_only=True)
    title = Text(dump_only=True)


class FoundSchema(ApiSchema):
    """One thing that was found."""

    subject_type = Choice(KINDS, dump_only=True, attribute="entry.subject_type")
    subject_id = IdField(dump_only=True, attribute="entry.subject_id")
    code = Text(dump_only=True, attribute="entry.code")
    title = Text(dump_only=True, attribute="entry.title")
    excerpt = fields.Function(lambda found: "".join(text for text, _ in found.excerpt), metadata={"type": "string"})
    project_id = IdField(dump_only=True, allow_none=True, attribute="entry.project_id")
    archived_at = MomentField(dump_only=True, allow_none=True, attribute="entry.archived_at")
    about = fields.Nested(AboutSchema, dump_only=True, allow_none=True)


class SearchQuery(ListQuery):
    """What is searched."""

    q = Text(most=200, least=1, required=True)
    subject_type = Choice(KINDS)
    archived = YesNo()
