"""The roadmap by business system, in JSON."""

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, IdField, Number, Text, Whole
from backlog.api.paging import IdFromQuery, YesNo
from backlog.usecases.actions.use_cases import LINES
from backlog.usecases.models import AI_MODES, STATUSES


class PlacedSchema(ApiSchema):
    """A use case on the roadmap; its rank is null where it is not estimated, and the one it was chosen with once under way."""

    use_case_id = IdField(attribute="id")
    code = Text()
    title = Text()
    department = Text()
    status = Choice(STATUSES)
    ai_mode = Choice(AI_MODES, allow_none=True)
    north_star_id = IdField(allow_none=True)
    alignment = Whole(allow_none=True)
    rank = Whole(allow_none=True)


class SystemSchema(ApiSchema):
    """A business system: what it has, and what it gets now, next and later; an empty name where none is said."""

    name = Text()
    has = fields.List(fields.Nested(PlacedSchema))
    now = fields.List(fields.Nested(PlacedSchema))
    next = fields.List(fields.Nested(PlacedSchema))
    later = fields.List(fields.Nested(PlacedSchema))


class RoadmapSchema(ApiSchema):
    """The roadmap; `ideas` have no place yet, and of `hidden_ids` the estimates are hidden, so that none is chosen."""

    capacity_weeks = Number()
    systems = fields.List(fields.Nested(SystemSchema))
    ideas = Whole()
    hidden_ids = fields.List(IdField())


class RoadmapQuery(ApiSchema):
    """What narrows it."""

    department = Text(most=LINES["department"])
    ai_mode = Choice(AI_MODES)
    north_star_id = IdFromQuery()
    aligned = YesNo()
    q = Text(most=200)
