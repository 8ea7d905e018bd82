"""Data assets in JSON."""

from typing import Any

from marshmallow import post_dump

from backlog.api.fields import (
    ApiSchema,
    Choice,
    Day,
    Flag,
    IdField,
    ListOf,
    MomentField,
    Money,
    Number,
    Text,
    ThreePoints,
    Whole,
)
from backlog.api.paging import IdFromQuery, list_query
from backlog.kernel import clock
from backlog.usecases import queries
from backlog.usecases.actions.data_assets import MOST_USES
from backlog.usecases.models import PERSONAL_DATA
from backlog.usecases.queries.data_assets import DATA_ASSETS


class DataAssetSchema(ApiSchema):
    """A body of data, and what it takes until it can be used; that counts no more once it is ready."""

    id = IdField(dump_only=True)
    name = Text(most=120, least=1, required=True)
    owner_id = IdField(allow_none=True)
    source_system = Text(most=120)
    quality = Whole(least=1, most=5, allow_none=True)
    personal_data = Choice(PERSONAL_DATA)
    licence = Text(most=200)
    enabling_cost = ThreePoints(Money())
    enabling_weeks = ThreePoints(Number(least=0, most=5_200))
    ready_on = Day(allow_none=True)
    ready = Flag(dump_only=True)
    notes = Text(most=20_000)
    use_case_ids = ListOf(IdField(), most=MOST_USES)
    version = Whole(dump_only=True)
    created_at = MomentField(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)

    @post_dump(pass_collection=True, pass_original=True)
    def with_uses(self, data: Any, original: Any, many: bool, **_: Any) -> Any:
        """Add which use cases need them, and whether they are ready today."""
        rows, shown = (original, data) if many else ([original], [data])
        uses, today = queries.uses_of([row.id for row in rows]), clock.today()
        for row, one in zip(rows, shown, strict=True):
            one |= {"use_case_ids": uses.get(row.id, []), "ready": row.is_ready(today)}
        return data


DataAssetQuery = list_query(DATA_ASSETS, use_case_id=IdFromQuery())
