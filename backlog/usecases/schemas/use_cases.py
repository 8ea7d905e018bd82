"""Use cases in JSON."""

from typing import Any

from marshmallow import pre_dump

from backlog.api.fields import (
    ApiSchema,
    Choice,
    Day,
    IdField,
    ListOf,
    MomentField,
    Text,
    Whole,
)
from backlog.api.paging import YesNo, list_query
from backlog.usecases import queries
from backlog.usecases.actions.checks import MOST_PROSE
from backlog.usecases.actions.pins import LOWEST
from backlog.usecases.actions.use_cases import LINES, LONGEST_TAG, MOST_TAGS
from backlog.usecases.models import AI_MODES, CATEGORIES, SOURCINGS, STATUSES, UseCase
from backlog.usecases.queries.use_cases import RANKS, USE_CASES


class UseCaseSchema(ApiSchema):
    """A use case. What it needs beside its row (tags, votes, rank) is read once for a whole list."""

    id = IdField(dump_only=True)
    code = Text(dump_only=True)
    title = Text(most=LINES["title"], least=1, required=True)
    pain = Text(most=MOST_PROSE)
    solution = Text(most=MOST_PROSE)
    department = Text(most=LINES["department"])
    category = Choice(CATEGORIES, allow_none=True)
    business_owner_id = IdField(allow_none=True)
    sourcing = Choice(SOURCINGS)
    sourcing_reason = Text(most=MOST_PROSE)
    north_star_id = IdField(allow_none=True)
    alignment = Whole(least=0, most=5, allow_none=True)
    system = Text(most=LINES["system"])
    ai_mode = Choice(AI_MODES, allow_none=True)
    supplier = Text(most=LINES["supplier"])
    data_readiness = Text(most=MOST_PROSE)
    risks = Text(most=MOST_PROSE)
    parked_until = Day(allow_none=True)
    tags = ListOf(Text(most=LONGEST_TAG, least=1), most=MOST_TAGS)
    external_key = Text(most=LINES["external_key"])
    proposer_id = IdField(dump_only=True)
    votes = Whole(dump_only=True)
    status = Choice(STATUSES, dump_only=True)
    status_reason = Text(dump_only=True)
    rank = Whole(dump_only=True, allow_none=True)
    merged_into_id = IdField(dump_only=True, allow_none=True)
    version = Whole(dump_only=True)
    created_at = MomentField(dump_only=True)
    updated_at = MomentField(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)

    @pre_dump(pass_collection=True)
    def gather(self, data: Any, many: bool, **_more: Any) -> Any:
        """The rows with tags, votes and rank beside their columns; three reads, however many they are."""
        rows: list[UseCase] = list(data) if many else [data]
        ids = [row.id for row in rows]
        tags, votes, ranks = queries.tags_of(ids), queries.votes_of(ids), queries.places() if ids else {}
        dressed = [self._dressed(row, tags.get(row.id, []), votes.get(row.id, 0), ranks.get(row.id)) for row in rows]
        return dressed if many else dressed[0]

    def _dressed(self, row: UseCase, tags: list[str], votes: int, rank: int | None) -> dict[str, Any]:
        beside = {"tags": tags, "votes": votes, "rank": rank}
        return {name: beside[name] if name in beside else getattr(row, name) for name in self.fields}


UseCaseQuery = list_query(
    USE_CASES, tag=Text(most=40), merged=YesNo(), aligned=YesNo(), sort=Choice((*USE_CASES.words, *RANKS))
)


class StatusSchema(ApiSchema):
    """Where a use case shall stand, and why."""

    status = Choice(STATUSES, required=True)
    reason = Text(most=2_000)
    parked_until = Day(allow_none=True)


class RestoreSchema(ApiSchema):
    """Why one more may enter a full column."""

    reason = Text(most=2_000)


class MergeSchema(ApiSchema):
    """The survivor."""

    into_id = IdField(required=True)
    reason = Text(most=2_000)


class PinSchema(ApiSchema):
    """A rank set by hand."""

    use_case_id = IdField(dump_only=True)
    rank = Whole(least=1, most=LOWEST, required=True)
    reason = Text(most=2_000, least=1, required=True)
    until_on = Day()
    pinned_by_id = IdField(dump_only=True)
    pinned_at = MomentField(dump_only=True, attribute="at")
