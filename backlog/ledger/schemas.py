"""The ledger in JSON."""

import re
from decimal import Decimal
from typing import Any

from marshmallow import fields

from backlog.api.fields import (
    ApiSchema,
    Choice,
    Day,
    Flag,
    Hundredths,
    IdField,
    ListOf,
    MomentField,
    Money,
    Number,
    Text,
    Whole,
    fail,
)
from backlog.api.paging import IdFromQuery, YesNo, list_query
from backlog.kpis.rules import Verdict
from backlog.ledger.models import BASES, DIMENSIONS, ENTRY_KINDS, REALISATIONS, RECURRENCES
from backlog.ledger.queries.entries import ENTRIES
from backlog.ledger.queries.shares import ATTRIBUTIONS
from backlog.ledger.views import WINDOWS

MOST = 1e15


class EntrySchema(ApiSchema):
    """A ledger entry."""

    id = IdField(dump_only=True)
    project_id = IdField(allow_none=True)
    use_case_id = IdField(allow_none=True)
    dimension = Choice(DIMENSIONS, required=True)
    kind = Choice(ENTRY_KINDS)
    basis = Choice(BASES)
    amount = Money(allow_none=True)
    metric = Text(most=120)
    unit = Text(most=40)
    value = Number(-MOST, MOST, allow_none=True)
    recurrence = Choice(RECURRENCES)
    realisation = Choice(REALISATIONS, allow_none=True)
    from_ = Day(data_key="from", attribute="from", required=True)
    until = Day(allow_none=True)
    kpi_id = IdField(allow_none=True)
    evidence = Text(most=20_000)
    evidence_restricted = Flag()
    note = Text(most=20_000)
    verified_by_id = IdField(dump_only=True, allow_none=True)
    verified_at = MomentField(dump_only=True, allow_none=True)
    verified_amount = Money(dump_only=True, allow_none=True)
    reversed_by_id = IdField(dump_only=True, allow_none=True)
    reverses_id = IdField(dump_only=True, allow_none=True)
    corrects_id = IdField(dump_only=True, allow_none=True)
    corrected_by_id = IdField(dump_only=True, allow_none=True)
    hash = fields.String(dump_only=True)
    previous_hash = fields.String(dump_only=True)
    recorded_by_id = IdField(dump_only=True)
    recorded_at = MomentField(dump_only=True)


class VerificationSchema(ApiSchema):
    """Evidence, and the amount where it is reduced."""

    evidence = Text(most=20_000, least=1, required=True)
    amount = Money(allow_none=True)


class ReversalSchema(ApiSchema):
    """Why an entry is taken back."""

    reason = Text(most=2000, least=1, required=True)


class CorrectionSchema(EntrySchema):
    """The right entry, and why the old one is wrong."""

    reason = Text(most=2000, least=1, required=True)


class AttributionSchema(ApiSchema):
    """A share of an effect or an entry."""

    id = IdField(dump_only=True)
    item_id = IdField(allow_none=True)
    cause = Text(most=200)
    kpi_id = IdField(allow_none=True)
    baseline_version = Whole(dump_only=True)
    ledger_entry_id = IdField(allow_none=True)
    share_percent = Hundredths(-1e6, 1e6, required=True)
    version = Whole(dump_only=True)
    created_at = MomentField(dump_only=True, attribute="at")
    archived_at = MomentField(dump_only=True, allow_none=True)


class ShareSchema(ApiSchema):
    """What can be changed of a share."""

    share_percent = Hundredths(-1e6, 1e6, required=True)


EntryQuery = list_query(
    ENTRIES, verified=YesNo(), verified_by_id=IdFromQuery(), reversed_by_id=IdFromQuery(), corrected_by_id=IdFromQuery()
)
AttributionQuery = list_query(ATTRIBUTIONS)


class StatementColumnSchema(ApiSchema):
    """One column of the statement."""

    benefits = Money()
    costs = Money()
    net = Money()
    roi_percent = Number(allow_none=True)
    payback_month = Whole(allow_none=True)
    payback_dips_in = Whole(allow_none=True)
    npv = Money()
    capacity = Money()
    funding = Money()
    entry_ids = ListOf(IdField(), most=100_000)


class FinancialSchema(ApiSchema):
    """The four columns."""

    estimated = fields.Nested(StatementColumnSchema)
    measured = fields.Nested(StatementColumnSchema)
    verified = fields.Nested(StatementColumnSchema)
    projected = fields.Nested(StatementColumnSchema)


class OperationalSchema(ApiSchema):
    """One KPI's change."""

    kpi_id = IdField()
    name = Text()
    verdict = Choice(tuple(Verdict), allow_none=True)
    change = Number(allow_none=True)
    change_percent = Number(allow_none=True)
    interval_95 = ListOf(Number(), allow_none=True)
    target_share = Number(allow_none=True)
    share_percent = Number(allow_none=True)


class StrategicSchema(ApiSchema):
    """A dated value, strategic or operational."""

    metric = Text()
    unit = Text()
    value = Number()
    basis = Text()
    on = Day()
    entry_id = IdField()


class UndefinedSchema(ApiSchema):
    """A figure that is not defined, and why."""

    figure = Text()
    why = Text()


class RoiSchema(ApiSchema):
    """The hybrid ROI."""

    financial = fields.Nested(FinancialSchema)
    operational = ListOf(fields.Nested(OperationalSchema))
    recorded = ListOf(fields.Nested(StrategicSchema))
    strategic = ListOf(fields.Nested(StrategicSchema))
    undefined = ListOf(fields.Nested(UndefinedSchema))
    starts_on = Day()
    as_of = Day()
    rate_percent = Number()


class Rate(fields.Field[Any]):
    """A yearly rate out of an address: a share up to 1 (0.08), per cent above (8)."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        return read_rate(value)


def read_rate(text: Any) -> Any:
    """Per cent as `Decimal`, from 0 to 100."""
    if not isinstance(text, str) or not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", text, re.ASCII):
        raise fail("value.range", least=0, most=100)
    rate = Decimal(text)
    percent = rate * 100 if rate <= 1 else rate
    if percent > 100:
        raise fail("value.range", least=0, most=100)
    return percent


class RoiQuerySchema(ApiSchema):
    """Window, day and rate."""

    window = Choice(WINDOWS, load_default="to_date")
    as_of = Day()
    rate = Rate()
