"""Sprints in the API."""

from marshmallow import fields

from backlog.api.fields import ApiSchema, Choice, Day, IdField, ListOf, MomentField, Number, Text, Whole
from backlog.api.paging import list_query
from backlog.sprints.actions.ceremonies import LANES
from backlog.sprints.actions.closing import PLACES
from backlog.sprints.models import CEREMONIES, STATES
from backlog.sprints.queries import CEREMONIES_HELD, SPRINTS


class DaysOffSchema(ApiSchema):
    """How long somebody of the squad is away."""

    user_id = IdField(required=True)
    days = Number(least=0, most=14, required=True)


class SprintSchema(ApiSchema):
    """One sprint; the end is the day after its last."""

    id = IdField(dump_only=True)
    number = Whole(dump_only=True)
    project_id = IdField(required=True)
    goal = Text(most=2000)
    starts_on = Day()
    ends_on = Day(dump_only=True)
    weeks = Whole(least=1, most=2)
    days_off = ListOf(fields.Nested(DaysOffSchema), most=50)
    capacity_days = Number(dump_only=True)
    state = Choice(STATES, dump_only=True)
    committed_points = Number(dump_only=True, allow_none=True)
    done_points = Number(dump_only=True)
    started_at = MomentField(dump_only=True, allow_none=True)
    closed_at = MomentField(dump_only=True, allow_none=True)
    figures = fields.Dict(dump_only=True, allow_none=True)
    created_at = MomentField(dump_only=True)
    version = Whole(dump_only=True)


class SprintChangesSchema(SprintSchema):
    """What of a sprint can change."""

    project_id = IdField(dump_only=True)


SprintQuery = list_query(SPRINTS)


class StartSchema(ApiSchema):
    """What may be said on starting."""

    goal = Text(most=2000)


class PlaceSchema(ApiSchema):
    """Where one unfinished item goes."""

    item_id = IdField(required=True)
    to = Choice(PLACES, required=True)


class CloseSchema(ApiSchema):
    """Where unfinished items go."""

    unfinished = Choice(PLACES, load_default="next")
    items = ListOf(fields.Nested(PlaceSchema), most=200)


class DaySchema(ApiSchema):
    """One day of a burndown, at its end; null for days to come."""

    date = Day(dump_only=True)
    remaining_points = Number(dump_only=True, allow_none=True)
    scope_points = Number(dump_only=True, allow_none=True)
    ideal_points = Number(dump_only=True)


class BurndownSchema(ApiSchema):
    """A sprint's days."""

    data = fields.List(fields.Nested(DaySchema), dump_only=True)


class NoteSchema(ApiSchema):
    """What one person said at a stand-up, or one card of another meeting."""

    user_id = IdField()
    done = Text(most=2000)
    next = Text(most=2000)
    obstacle = Text(most=2000)
    lane = Choice(LANES)
    text = Text(most=2000)
    item_id = IdField(dump_only=True)


class CeremonySchema(ApiSchema):
    """One meeting."""

    id = IdField(dump_only=True)
    sprint_id = IdField(dump_only=True)
    kind = Choice(CEREMONIES, required=True)
    notes = ListOf(fields.Nested(NoteSchema), most=100, load_default=list)
    held_by_id = IdField(dump_only=True, attribute="by_id")
    held_at = MomentField(dump_only=True, attribute="at")


CeremonyQuery = list_query(CEREMONIES_HELD)
