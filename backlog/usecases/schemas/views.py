"""Saved views in JSON."""

from typing import Any

from marshmallow import fields, pre_dump

from backlog.api.fields import ApiSchema, Choice, Flag, IdField, ListOf, MomentField, Text, Whole
from backlog.api.paging import YesNo, list_query
from backlog.usecases.actions.views import MOST_NAME
from backlog.usecases.models import CATEGORIES, SCORING_KINDS, SOURCINGS, STATUSES
from backlog.usecases.queries.views import VIEWS
from backlog.usecases.rules.views import COLUMNS, GROUPS, LONGEST, sort_words


class ShowsSchema(ApiSchema):
    """What a view shows: the arguments of the backlog's address."""

    view = Choice(("to_estimate", "under_way", "out", "archived"))
    status = Choice(STATUSES)
    department = Text(most=LONGEST)
    category = Choice(CATEGORIES)
    sourcing = Choice(SOURCINGS)
    north_star = Text(most=LONGEST)
    owner = Text(most=LONGEST)
    tag = Text(most=LONGEST)
    q = Text(most=LONGEST)
    mine = Choice(("1",))
    watching = Choice(("1",))
    model = Choice(SCORING_KINDS)
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
