"""Definitions of Done in the API."""

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, Flag, IdField, ListOf, MomentField, Text, Whole
from backlog.api.paging import list_query
from backlog.done.models import ITEM_TYPES, TICKERS
from backlog.done.queries import DEFINITIONS


class CriterionSchema(ApiSchema):
    """One line."""

    id = IdField(dump_only=True)
    text = Text(most=500, least=1, required=True)
    required = Flag(load_default=True)
    by = Choice(TICKERS, load_default="anyone")
    needs_evidence = Flag(load_default=False)


class DoneDefinitionSchema(ApiSchema):
    """One version for items of a type."""

    id = IdField(dump_only=True)
    project_id = IdField(dump_only=True)
    item_type = Choice(ITEM_TYPES, required=True)
    criteria = ListOf(fields.Nested(CriterionSchema), most=30, required=True)
    version = Whole(dump_only=True)
    made_by_id = IdField(dump_only=True)
    created_at = MomentField(dump_only=True)


DoneDefinitionQuery = list_query(DEFINITIONS)
