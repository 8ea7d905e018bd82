"""Projects as the API knows them."""

from typing import get_args

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, Day, Flag, IdField, ListOf, MomentField, Money, Text, Whole
from backlog.api.paging import IdFromQuery, list_query
from backlog.lighthouse.models import PROJECT_KINDS, PROJECT_STATUSES
from backlog.lighthouse.queries.projects import PROJECTS
from backlog.lighthouse.rules import KPI_CONTENT, CriterionCode
from backlog.lighthouse.sentences import MISSING


class ProjectSchema(ApiSchema):
    """One scoped delivery of use cases, or everyday work."""

    id = IdField(dump_only=True)
    key = Text(most=20, required=True)
    kind = Choice(PROJECT_KINDS)
    name = Text(most=120, least=1, required=True)
    use_case_ids = ListOf(IdField(), most=20)
    squad_id = IdField(allow_none=True)
    business_owner_id = IdField(allow_none=True)
    starts_on = Day(allow_none=True)
    due_on = Day(allow_none=True)
    sprint_weeks = Whole(least=1, most=2)
    budget = Money(allow_none=True)
    confidential = Flag()
    tracked_until = Day(allow_none=True)
    stage_reason = Text(most=500, load_only=True)
    status = Choice(PROJECT_STATUSES, dump_only=True)
    version = Whole(dump_only=True)
    created_at = MomentField(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)


class ProjectEditSchema(ProjectSchema):
    """What may be changed: a key is for ever."""

    key = Text(dump_only=True)


ProjectQuery = list_query(PROJECTS, use_case_id=IdFromQuery())


class ImpactSchema(ApiSchema):
    """The business owner's word on the pain: that it is real, or that it is not."""

    statement = Text(most=2000)
    on_behalf = Flag()
    reason = Text(most=2000)
    confirmed_by_id = IdField(dump_only=True, allow_none=True)
    confirmed_at = MomentField(dump_only=True, allow_none=True)
    refused_by_id = IdField(dump_only=True, allow_none=True)
    refused_at = MomentField(dump_only=True, allow_none=True)


class ImpactRefusalSchema(ImpactSchema):
    """The business owner's word that the pain is not real, or not for this date."""

    statement = Text(dump_only=True)


class GateLampSchema(ApiSchema):
    """One lamp of the gate."""

    code = Choice(get_args(CriterionCode))
    holds = Flag()
    missing = fields.List(Choice(tuple(MISSING)))


class GateSchema(ApiSchema):
    """What a project must show before it starts."""

    open = Flag()
    reopened_by = fields.List(Choice((*KPI_CONTENT, "kpi", "due_on")))
    criteria = fields.List(fields.Nested(GateLampSchema))
    has_guardrail = Flag()


class ReasonSchema(ApiSchema):
    """Why."""

    reason = Text(most=2000, allow_none=True)


class StopSchema(ReasonSchema):
    """Why, and what becomes of the items that are not done."""

    open_items = Choice(("keep", "archive"))
