"""North Stars in JSON."""

from backlog.api.fields import (
    ApiSchema,
    Day,
    IdField,
    MomentField,
    Number,
    Text,
    Whole,
)
from backlog.api.paging import list_query
from backlog.usecases.queries.north_stars import NORTH_STARS


class NorthStarSchema(ApiSchema):
    """A North Star."""

    id = IdField(dump_only=True)
    title = Text(most=200, least=1, required=True)
    metric = Text(most=200)
    baseline = Number(allow_none=True)
    target = Number(allow_none=True)
    unit = Text(most=40)
    due_on = Day(allow_none=True)
    version = Whole(dump_only=True)
    created_at = MomentField(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)


NorthStarQuery = list_query(NORTH_STARS)
