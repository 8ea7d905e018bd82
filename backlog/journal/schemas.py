"""Facts in JSON."""

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, IdField, MomentField, Text
from backlog.api.paging import FromQuery, IdFromQuery, ListQuery
from backlog.journal.models import DOORS


class FactSchema(ApiSchema):
    """Who did what to which thing, when, and through which door."""

    id = IdField(dump_only=True)
    code = Text(dump_only=True)
    actor_id = IdField(dump_only=True, allow_none=True)
    subject_type = Text(dump_only=True)
    subject_id = IdField(dump_only=True)
    values = fields.Dict(dump_only=True)
    door = Choice(DOORS, dump_only=True)
    at = MomentField(dump_only=True)


class FactQuery(ListQuery):
    """From where on, and about what."""

    since_id = FromQuery(0, 2**63 - 1, load_default=0)
    subject_type = Text(most=40)
    subject_id = IdFromQuery()
