"""KPIs as the API knows them."""

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, Day, Flag, IdField, ListOf, MomentField, Money, Number, Text, Whole
from backlog.api.paging import FromQuery, IdFromQuery, YesNo, list_query
from backlog.kpis.models import BASELINE_KINDS, CADENCES, DIRECTIONS, KINDS, KPI_ROLES
from backlog.kpis.queries.kpis import KPIS
from backlog.kpis.queries.measurements import MEASUREMENTS
from backlog.kpis.rules import WARNINGS, WHEELER_RULES, Verdict


class KpiSchema(ApiSchema):
    """An indicator of a use case or a North Star."""

    id = IdField(dump_only=True)
    code = Text(dump_only=True)
    name = Text(most=120, least=1, required=True)
    kind = Choice(KINDS)
    unit = Text(most=40)
    direction = Choice(DIRECTIONS, required=True)
    cadence = Choice(CADENCES)
    owner_id = IdField(allow_none=True)
    source = Text(most=200)
    use_case_id = IdField(allow_none=True)
    north_star_id = IdField(allow_none=True)
    counting = Text(most=20_000)
    kpi_role = Choice(KPI_ROLES)
    evaluate_on = Day(allow_none=True)
    unit_value = Money(allow_none=True)
    target = Number(allow_none=True)
    target_on = Day(allow_none=True)
    version = Whole(dump_only=True)
    created_at = MomentField(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)


KpiQuery = list_query(KPIS, project_id=IdFromQuery())


class MeasurementSchema(ApiSchema):
    """One value on one day; corrected by a further row."""

    id = IdField(dump_only=True)
    kpi_id = IdField(dump_only=True)
    observed_on = Day()
    value = Number(required=True)
    sample_size = Whole(least=1, most=2**31 - 1, allow_none=True)
    source = Text(most=200)
    supersedes_id = IdField(allow_none=True)
    reason = Text(most=2000)
    superseded_by_id = IdField(dump_only=True, allow_none=True)
    live = Flag(dump_only=True)
    measured_by_id = IdField(dump_only=True)
    measured_at = MomentField(dump_only=True)


class MeasurementsSchema(ApiSchema):
    """Many values, all or nothing."""

    data = ListOf(fields.Nested(MeasurementSchema), most=5000, required=True)


MeasurementQuery = list_query(MEASUREMENTS, since=Day(), until=Day(), live=YesNo(), superseded_by_id=IdFromQuery())


class BaselineSchema(ApiSchema):
    """Where a KPI stood: measured in a window, or declared with evidence."""

    kind = Choice(BASELINE_KINDS, required=True)
    from_on = Day(data_key="from", allow_none=True)
    until_on = Day(data_key="until", allow_none=True)
    mean = Number()
    evidence = Text(most=20_000)
    new_version = Flag(load_only=True)
    reason = Text(most=2000)
    version = Whole(dump_only=True)
    n = Whole(dump_only=True)
    lower = Number(dump_only=True, allow_none=True)
    upper = Number(dump_only=True, allow_none=True)
    agreed_by_id = IdField(dump_only=True, allow_none=True)
    agreed_at = MomentField(dump_only=True, allow_none=True)
    on_behalf = Flag(dump_only=True)
    agreement_reason = Text(dump_only=True)
    refused_by_id = IdField(dump_only=True, allow_none=True)
    refused_at = MomentField(dump_only=True, allow_none=True)
    refusal_reason = Text(dump_only=True)
    set_by_id = IdField(dump_only=True)
    set_at = MomentField(dump_only=True)


class BaselineQuery(ApiSchema):
    """Which version; the newest unless said."""

    version = FromQuery(1, 2**31 - 1)


class AgreementSchema(ApiSchema):
    """In whose name a baseline is agreed, or refused, and why; and which version was shown."""

    on_behalf = Flag()
    reason = Text(most=2000)
    baseline_version = Whole(least=1)


class EffectQuery(ApiSchema):
    """Which measurements count as after."""

    since = Day()
    until = Day()


class BaselineFigures(ApiSchema):
    """The baseline an effect is measured against."""

    kind = Choice(BASELINE_KINDS)
    n = Whole(allow_none=True)
    mean = Number()
    lower = Number(allow_none=True)
    upper = Number(allow_none=True)


class CurrentFigures(ApiSchema):
    """The measurements since."""

    n = Whole()
    mean = Number(allow_none=True)


class SignalSchema(ApiSchema):
    """A run rule that a point completed."""

    observed_on = Day()
    rule = Choice(WHEELER_RULES)


class EffectSchema(ApiSchema):
    """Whether the change is real, and how large."""

    verdict = Choice(tuple(Verdict))
    preliminary = Flag()
    at_a_price = Flag()
    baseline = fields.Nested(BaselineFigures, allow_none=True)
    baseline_version = Whole(allow_none=True)
    baseline_agreed = Flag()
    current = fields.Nested(CurrentFigures)
    change = Number(allow_none=True)
    change_percent = Number(allow_none=True)
    interval_80 = fields.List(Number(), allow_none=True)
    interval_95 = fields.List(Number(), allow_none=True)
    target_share = Number(allow_none=True)
    signals = fields.List(fields.Nested(SignalSchema))
    warnings = fields.List(Choice(WARNINGS))
