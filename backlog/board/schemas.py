"""Columns, items, moves and ticks in the API."""

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, Flag, IdField, ListOf, MomentField, Number, Text, Whole
from backlog.api.paging import IdFromQuery, YesNo, list_query
from backlog.board.lists import COLUMNS, ITEMS, LINES, MOVES, REQUESTS
from backlog.board.models import CATEGORIES, REQUEST_STATES
from backlog.done.models import ITEM_TYPES, TICKERS


class ColumnSchema(ApiSchema):
    """One column."""

    id = IdField(allow_none=True)
    name = Text(most=60, least=1, required=True)
    category = Choice(CATEGORIES, required=True)
    wip_limit = Whole(least=1, most=1000, allow_none=True, load_default=None)
    policy = Text(most=300, load_default="")
    position = Whole(dump_only=True)
    version = Whole(dump_only=True)


class CardsToSchema(ApiSchema):
    """Where the cards of a removed column go."""

    column_id = IdField(required=True)
    to_id = IdField(required=True)


class ColumnsSchema(ApiSchema):
    """The whole list, in order."""

    data = ListOf(fields.Nested(ColumnSchema), most=20, required=True)
    cards_to = ListOf(fields.Nested(CardsToSchema), most=20)
    reason = Text(most=500)
    override_reason = Text(most=500)
    next_cursor = fields.String(dump_only=True, allow_none=True)


class AcceptanceSchema(ApiSchema):
    """One acceptance criterion."""

    id = IdField()
    text = Text(most=500, least=1, required=True)
    met = Flag()
    met_by_id = IdField(dump_only=True, allow_none=True)
    met_at = MomentField(dump_only=True, allow_none=True)


class ItemSchema(ApiSchema):
    """An item as it is changed and shown."""

    id = IdField(dump_only=True)
    number = Whole(dump_only=True)
    code = Text(dump_only=True)
    project_id = IdField(required=True)
    type = Choice(ITEM_TYPES)
    title = Text(most=200, least=1, required=True)
    description = Text(most=100_000)
    acceptance = ListOf(fields.Nested(AcceptanceSchema), most=100)
    points = Number(least=0, most=1000, allow_none=True)
    assignee_ids = ListOf(IdField(), most=20)
    tags = ListOf(Text(most=40, least=1), most=20)
    use_case_id = IdField(allow_none=True)
    kpi_id = IdField(allow_none=True)
    blocked_reason = Text(most=500)
    blocked_at = MomentField(dump_only=True, allow_none=True)
    column_id = IdField(dump_only=True)
    sprint_id = IdField(dump_only=True, allow_none=True)
    done_definition_id = IdField(dump_only=True, allow_none=True)
    checks_met = Whole(dump_only=True)
    checks_total = Whole(dump_only=True)
    done_at = MomentField(dump_only=True, allow_none=True)
    override_reason = Text(dump_only=True, allow_none=True)
    override_by_id = IdField(dump_only=True, allow_none=True)
    archived = Flag(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)
    created_by_id = IdField(dump_only=True)
    created_at = MomentField(dump_only=True)
    version = Whole(dump_only=True)


class ItemChangesSchema(ItemSchema):
    """What of an item can change, and why it may enter the full first column of another project."""

    reason = Text(most=500, load_only=True)


class NewItemSchema(ItemSchema):
    """An item as it is made: also into which column, and why that may be."""

    column_id = IdField()
    before_id = IdField(load_only=True)
    after_id = IdField(load_only=True)
    reason = Text(most=500, load_only=True)
    override_reason = Text(most=500, allow_none=True)


ItemQuery = list_query(ITEMS, sprint_id=IdFromQuery(), assignee_id=IdFromQuery(), tag=Text(most=40), blocked=YesNo())
ColumnQuery = list_query(COLUMNS)
MoveQuery = list_query(MOVES)
OverrideRequestQuery = list_query(REQUESTS)
TickQuery = list_query(LINES, ticked_by_id=IdFromQuery(), not_applicable=YesNo())


class ItemIdsSchema(ApiSchema):
    """Items to take into a sprint."""

    item_ids = ListOf(IdField(), most=200, required=True)


class ActionSchema(ApiSchema):
    """Which note of a meeting is an agreed action: its place, counted from 0."""

    place = Whole(least=0, most=99, required=True)


class ReasonsSchema(ApiSchema):
    """Why a rule may be passed over."""

    reason = Text(most=500)
    override_reason = Text(most=500)


class MoveSchema(ReasonsSchema):
    """One move."""

    id = IdField(dump_only=True)
    item_id = IdField(dump_only=True)
    column_id = IdField(required=True)
    from_column_id = IdField(dump_only=True, allow_none=True)
    to_column_id = IdField(dump_only=True)
    before_id = IdField(load_only=True, allow_none=True)
    after_id = IdField(load_only=True, allow_none=True)
    moved_by_id = IdField(dump_only=True)
    moved_at = MomentField(dump_only=True)
    item_version = Whole(dump_only=True)


class OverrideRequestSchema(ApiSchema):
    """A request for an exception, and its answer."""

    id = IdField(dump_only=True)
    item_id = IdField(dump_only=True)
    column_id = IdField(required=True)
    reason = Text(most=500, least=1, required=True)
    asked_by_id = IdField(dump_only=True, attribute="by_id")
    asked_at = MomentField(dump_only=True, attribute="at")
    state = Choice(REQUEST_STATES, dump_only=True)
    answer = Text(dump_only=True)
    answered_by_id = IdField(dump_only=True, allow_none=True)
    answered_at = MomentField(dump_only=True, allow_none=True)


class DeclineSchema(ApiSchema):
    """Why not."""

    reason = Text(most=500, least=1, required=True)


class TickSchema(ApiSchema):
    """A criterion of an item's definition, and who settled it."""

    criterion_id = IdField(dump_only=True)
    text = Text(dump_only=True)
    required = Flag(dump_only=True)
    by = Choice(TICKERS, dump_only=True)
    ticked_by_id = IdField(dump_only=True, allow_none=True)
    ticked_at = MomentField(dump_only=True, allow_none=True)
    needs_evidence = Flag(dump_only=True)
    not_applicable = Flag()
    reason = Text(most=500)
    evidence = Text(most=500)
