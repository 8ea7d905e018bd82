"""Saved views in JSON."""

from typing import Any

from marshmallow import fields, pre_dump

from backlog.api.fields import ApiSchema, Choice, Flag, IdField, ListOf, MomentField, Text, Whole, fail
from backlog.api.paging import YesNo, list_query
from backlog.kernel.codes import read_id
from backlog.usecases.actions.views import MOST_NAME
from backlog.usecases.models import AI_MODES, CATEGORIES, SCORING_KINDS, SOURCINGS, STATUSES
from backlog.usecases.queries.views import VIEWS
from backlog.usecases.rules.views import COLUMNS, GROUPS, LONGEST, READY_MADE, sort_words


class HowRanked(Text):
    """A kind of scoring model, or the id of a model with own weights."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text not in SCORING_KINDS and read_id(text) is None:
            raise fail("value.unknown_choice", choices=list(SCORING_KINDS))
        return text


class ShowsSchema(ApiSchema):
    """What a view shows: the arguments of the backlog's address."""

    view = Choice(READY_MADE[1:])
    status = Choice(STATUSES)
    department = Text(most=LONGEST)
    category = Choice(CATEGORIES)
    sourcing = Choice(SOURCINGS)
    ai_mode = Choice(AI_MODES)
    north_star = Text(most=LONGEST)
    owner = Text(most=LONGEST)
    tag = Text(most=LONGEST)
    q = Text(most=LONGEST)
    mine = Choice(("1",))
    watching = Choice(("1",))
    model = HowRanked()
    group = Choice(GROUPS)
    sort = Choice(sort_words())


class ViewSchema(ApiSchema):
    """A saved view; `shared` says whether everybody sees it."""

    id = IdField(dump_only=True)
    name = Text(most=MOST_NAME, least=1, required=True)
    owner_id = IdField(dump_only=True)
    shared = Flag()
    shows = fields.Nested(ShowsSchema)
    columns = ListOf(Choice(COLUMNS), most=len(COLUMNS))
    version = Whole(dump_only=True)
    created_at = MomentField(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)

    @pre_dump
    def gather(self, data: Any, **_more: Any) -> Any:
        """`shared` out of its witness."""
        found = {name: getattr(data, name) for name in self.fields if name != "shared"}
        return {**found, "shared": data.shared_at is not None}


ViewQuery = list_query(VIEWS, shared=YesNo())
