"""Storms, their ideas, rounds, links and results in JSON."""

from typing import Any

from marshmallow import fields, pre_dump

from backlog.api.fields import ApiSchema, Choice, Flag, IdField, ListOf, MomentField, Number, Text, Whole
from backlog.api.paging import IdFromQuery, list_query
from backlog.usecases import queries
from backlog.usecases.actions.storms.ideas import LONGEST_PAIN
from backlog.usecases.actions.storms.links import LEAST_HOURS, MOST_HOURS
from backlog.usecases.actions.storms.prepare import LONGEST_DEPARTMENT, LONGEST_GOAL, MOST_DEPARTMENTS, WHOLE
from backlog.usecases.actions.storms.rounds import MOST_AT_ONCE
from backlog.usecases.models import Storm
from backlog.usecases.queries.storms.storms import IDEAS, ROUNDS, STORMS
from backlog.usecases.rules.storms import LEAST_MARK, MOST_MARK, STAGES


class StormPersonSchema(ApiSchema):
    """Somebody who sits in; a guest has a name and no account."""

    user_id = IdField(dump_only=True, allow_none=True)
    name = Text(dump_only=True)
    guest = Flag(dump_only=True)


class StormSchema(ApiSchema):
    """A storm; `participant_ids` are the accounts invited, and none means everybody."""

    id = IdField(dump_only=True)
    title = Text(most=200, least=1, required=True)
    goal = Text(most=LONGEST_GOAL)
    departments = ListOf(Text(most=LONGEST_DEPARTMENT), most=MOST_DEPARTMENTS)
    starts_at = MomentField()
    duration_minutes = Whole(*WHOLE["duration_minutes"])
    votes_per_person = Whole(*WHOLE["votes_per_person"])
    votes_hidden = Flag()
    facilitator_id = IdField()
    participant_ids = ListOf(IdField())
    stage = Choice(STAGES, dump_only=True)
    created_at = MomentField(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)
    version = Whole(dump_only=True)

    @pre_dump(pass_collection=True)
    def gather(self, data: Any, many: bool, **_more: Any) -> Any:
        """The rows with whom they invite beside their columns; one read, however many they are."""
        rows: list[Storm] = list(data) if many else [data]
        invited = queries.storms.invited_of([row.id for row in rows])
        own = [name for name in self._declared_fields if name != "participant_ids"]
        dressed = [
            {name: getattr(row, name) for name in own} | {"participant_ids": invited.get(row.id, [])} for row in rows
        ]
        return dressed if many else dressed[0]


class StormStageSchema(ApiSchema):
    """The next stage, or the one before."""

    stage = Choice(STAGES[:-1], required=True)


class StormIdeaSchema(ApiSchema):
    """An idea; `votes` is null while votes are hidden, and counts those of ideas merged into it."""

    id = IdField(dump_only=True)
    title = Text(most=200, least=1, required=True)
    pain = Text(most=LONGEST_PAIN)
    theme = Text(dump_only=True)
    author = fields.Nested(StormPersonSchema, dump_only=True)
    votes = Whole(dump_only=True, allow_none=True)
    own_votes = Whole(dump_only=True)
    merged_into_id = IdField(dump_only=True, allow_none=True)
    alike_id = IdField(dump_only=True, allow_none=True)
    alike_use_case_id = IdField(dump_only=True, allow_none=True)
    use_case_id = IdField(dump_only=True, allow_none=True)
    created_at = MomentField(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)
    version = Whole(dump_only=True)


class StormSortSchema(ApiSchema):
    """What to do with an idea: put it under a heading ("" for none), merge it into another, or take it out (null)."""

    theme = Text(most=80)
    merged_into_id = IdField(allow_none=True)


class StormMarkSchema(ApiSchema):
    """One person's marks for an idea."""

    idea_id = IdField(required=True)
    impact = Whole(LEAST_MARK, MOST_MARK, required=True)
    feasibility = Whole(LEAST_MARK, MOST_MARK, required=True)


class StormMarksSchema(ApiSchema):
    """One's own marks for a round."""

    marks = ListOf(fields.Nested(StormMarkSchema), most=MOST_AT_ONCE, required=True)


class StormSpreadSchema(ApiSchema):
    """Marks of several people."""

    count = Whole(dump_only=True)
    low = Whole(dump_only=True)
    median = Number(dump_only=True)
    high = Whole(dump_only=True)


class StormGivenSchema(ApiSchema):
    """Marks somebody gave."""

    name = Text(dump_only=True)
    impact = Whole(dump_only=True)
    feasibility = Whole(dump_only=True)


class StormRoundIdeaSchema(ApiSchema):
    """What a round says of an idea: of others nothing before it is shown."""

    idea_id = IdField(dump_only=True)
    impact = fields.Nested(StormSpreadSchema, dump_only=True, allow_none=True)
    feasibility = fields.Nested(StormSpreadSchema, dump_only=True, allow_none=True)
    own = fields.Nested(StormMarkSchema, dump_only=True, allow_none=True)
    given = fields.List(fields.Nested(StormGivenSchema), dump_only=True)


class StormRoundSchema(ApiSchema):
    """A blind round."""

    number = Whole(dump_only=True)
    idea_ids = ListOf(IdField(), most=MOST_AT_ONCE, required=True, load_only=True)
    opened_at = MomentField(dump_only=True)
    revealed_at = MomentField(dump_only=True, allow_none=True)
    answered = Whole(dump_only=True)
    has_answered = Flag(dump_only=True)
    ideas = fields.List(fields.Nested(StormRoundIdeaSchema), dump_only=True)


class StormCloseSchema(ApiSchema):
    """Which ideas become use cases; all that stand, where none are named."""

    idea_ids = ListOf(IdField(), most=1_000, allow_none=True)


class StormResultSchema(ApiSchema):
    """The result of a closed storm, as it stood then."""

    made_at = MomentField(dump_only=True)
    made_by_id = IdField(dump_only=True)
    content = fields.Dict(dump_only=True)


class StormLinkSchema(ApiSchema):
    """The join link; `hours` after the storm's end it expires."""

    hours = Whole(LEAST_HOURS, MOST_HOURS, load_only=True)
    url = Text(dump_only=True, allow_none=True)
    expires_at = MomentField(dump_only=True)
    made_by_id = IdField(dump_only=True)
    made_at = MomentField(dump_only=True)


StormQuery = list_query(STORMS, participant_id=IdFromQuery())
IdeaQuery = list_query(IDEAS)
RoundQuery = list_query(ROUNDS)
