"""Estimates in JSON."""

from marshmallow import fields

from backlog.api.fields import (
    ApiSchema,
    Choice,
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
from backlog.api.paging import list_query
from backlog.usecases.actions.estimates import ASSUMABLE, BOUNDS, MOST_WEEKS, OPTIONAL
from backlog.usecases.queries.estimates import ESTIMATES


def _bounded(name: str, required: bool) -> Number:
    least, most = {**BOUNDS, **OPTIONAL}[name]
    return Number(least=least, most=most, required=required, allow_none=not required)


class FiguresSchema(ApiSchema):
    """The figures of an estimate, one person's or the group's."""

    annual_benefit = ThreePoints(Money(), required=True)
    one_off_cost = ThreePoints(Money(), required=True)
    annual_running_cost = ThreePoints(Money(), required=True)
    effort_weeks = ThreePoints(Number(least=0, most=MOST_WEEKS), required=True)
    success_probability = _bounded("success_probability", required=True)
    months_to_value = _bounded("months_to_value", required=True)
    impact = _bounded("impact", required=True)
    feasibility = _bounded("feasibility", required=True)
    measurability = _bounded("measurability", required=True)
    reach = _bounded("reach", required=False)
    confidence = _bounded("confidence", required=False)
    ease = _bounded("ease", required=False)
    business_value = _bounded("business_value", required=False)
    time_criticality = _bounded("time_criticality", required=False)
    risk_reduction = _bounded("risk_reduction", required=False)
    job_size = _bounded("job_size", required=False)


class EstimateSchema(FiguresSchema):
    """One person's estimate."""

    id = IdField(dump_only=True)
    use_case_id = IdField(dump_only=True)
    note = Text(most=2_000)
    assumed = ListOf(Choice(tuple(sorted(ASSUMABLE))), most=len(ASSUMABLE))
    on_behalf_of_id = IdField(load_only=True)
    confirm = Flag(load_only=True)
    estimator_id = IdField(dump_only=True)
    entered_by_id = IdField(dump_only=True, allow_none=True)
    created_at = MomentField(dump_only=True)


class GroupSchema(FiguresSchema):
    """The group's medians; `blind` while one's own is missing in an open round, and then nothing is told."""

    n = Whole(dump_only=True)
    blind = Flag(dump_only=True)


class RoundSchema(ApiSchema):
    """The blind round opened last; all null where none ever was. `saved_by_ids` are those whose estimate is in it."""

    use_case_id = IdField(dump_only=True)
    open = Flag(dump_only=True)
    opened_by_id = IdField(dump_only=True, allow_none=True)
    opened_at = MomentField(dump_only=True, allow_none=True)
    closed_by_id = IdField(dump_only=True, allow_none=True)
    closed_at = MomentField(dump_only=True, allow_none=True)
    saved_by_ids = fields.List(IdField(), dump_only=True)


EstimateQuery = list_query(ESTIMATES)
