"""Scoring models in JSON."""

from marshmallow import fields

from backlog.api.fields import (
    ApiSchema,
    Choice,
    Flag,
    IdField,
    ListOf,
    MomentField,
    Number,
    Text,
    Whole,
)
from backlog.api.paging import list_query
from backlog.usecases.models import SCORING_KINDS
from backlog.usecases.queries.scoring_models import SCORING_MODELS
from backlog.usecases.rules.scores import DIRECTIONS, WEIGHABLE


class WeightSchema(ApiSchema):
    """One figure in a model with own weights."""

    name = Choice(WEIGHABLE, required=True)
    weight = Number(least=0, most=1_000, required=True)
    direction = Choice(DIRECTIONS)


class ScoringModelSchema(ApiSchema):
    """A scoring model."""

    id = IdField(dump_only=True)
    name = Text(most=80, least=1, required=True)
    kind = Choice(SCORING_KINDS, required=True)
    criteria = ListOf(fields.Nested(WeightSchema), most=len(WEIGHABLE))
    active = Flag()
    version = Whole(dump_only=True)
    created_at = MomentField(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)


ScoringModelQuery = list_query(SCORING_MODELS)
