"""The ranking in JSON."""

from marshmallow import fields

from backlog.api.fields import (
    ApiSchema,
    Choice,
    Day,
    Flag,
    IdField,
    Money,
    Number,
    Text,
    Whole,
)
from backlog.api.paging import FromQuery
from backlog.usecases.models import SCORING_KINDS

BOOLEAN = ("true", "false")


class RankingRowSchema(ApiSchema):
    """A ranked use case; `blind` while one's own estimate is missing in an open round, and then its figures are null."""

    use_case_id = IdField()
    code = Text()
    title = Text()
    status = Text()
    rank = Whole(allow_none=True)
    computed_rank = Whole()
    pinned = Flag()
    pin_reason = Text()
    pin_until_on = Day(allow_none=True)
    blind = Flag()
    mean = Number()
    p10 = Number()
    p90 = Number()
    net_mean = Number()
    net_p10 = Number()
    net_p90 = Number()
    expected_rank = Number()
    rank_p10 = Whole()
    rank_p90 = Whole()
    top5_probability = Number()
    delay_cost_per_week = Money(allow_none=True, negative=True)
    indistinct_from_id = IdField(allow_none=True)


class UnrankedSchema(ApiSchema):
    """A use case that lacks what the model needs."""

    use_case_id = IdField()
    code = Text()
    title = Text()
    missing = fields.List(Text())


class KeptSchema(ApiSchema):
    """A use case under way, with the rank it was chosen with."""

    use_case_id = IdField()
    code = Text()
    title = Text()
    status = Text()
    rank = Whole(allow_none=True)


class RankingSchema(ApiSchema):
    """A ranking and what it was made with."""

    model = Choice(SCORING_KINDS)
    scoring_model_id = IdField(allow_none=True)
    horizon_months = Whole()
    draws = Whole()
    seed = Whole()
    data = fields.List(fields.Nested(RankingRowSchema))
    unranked = fields.List(fields.Nested(UnrankedSchema))
    kept = fields.List(fields.Nested(KeptSchema))


class RankingQuery(ApiSchema):
    """With which model, draws and seed to rank."""

    model = Choice(SCORING_KINDS)
    scoring_model_id = FromQuery(1, 2**63 - 1)
    draws = FromQuery(1, 20_000)
    seed = FromQuery(0, 2**63 - 1)
    calibrated = Choice(BOOLEAN)
