"""The columns of the portfolio's board in JSON."""

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, Flag, IdField, Text, Whole
from backlog.usecases.actions.stages import MOST_POLICY
from backlog.usecases.models import STATUSES
from backlog.usecases.rules.stages import MOST_LIMIT


class StageSchema(ApiSchema):
    """A status as a column: its limit and policy, and how it stands to them."""

    status = Choice(STATUSES, required=True)
    wip_limit = Whole(least=1, most=MOST_LIMIT, allow_none=True)
    policy = Text(most=MOST_POLICY)
    count = Whole(dump_only=True)
    full = Flag(dump_only=True)
    over = Flag(dump_only=True)


class StagesSchema(ApiSchema):
    """All columns; those not sent stay as they are."""

    id = IdField(dump_only=True)
    columns = fields.List(fields.Nested(StageSchema), required=True)
    version = Whole(dump_only=True)
