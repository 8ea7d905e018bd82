"""Facts in JSON."""

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, IdField, MomentField, Text
from backlog.api.paging import FromQuery, list_query
from backlog.journal.models import DOORS
from backlog.journal.queries import FACTS


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


FactQuery = list_query(FACTS, since_id=FromQuery(0, 2**63 - 1))
