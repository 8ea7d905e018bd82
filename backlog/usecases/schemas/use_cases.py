"""Use cases in JSON."""

from typing import Any

from marshmallow import fields, post_load, pre_dump

from backlog.api.fields import (
    ApiSchema,
    Choice,
    Day,
    Flag,
    IdField,
    ListOf,
    MomentField,
    Text,
    Whole,
)
from backlog.api.paging import YesNo, list_query
from backlog.discussion.models import WHY_WATCHED
from backlog.kernel import clock
from backlog.usecases import queries
from backlog.usecases.actions.checks import MOST_PROSE
from backlog.usecases.actions.pins import LOWEST
from backlog.usecases.actions.use_cases import LINES, LONGEST_TAG, MOST_TAGS
from backlog.usecases.models import AI_MODES, CATEGORIES, RISK_ANSWERS, RISK_TOPICS, SOURCINGS, STATUSES, UseCase
from backlog.usecases.queries.use_cases import RANKS, USE_CASES


class RiskAnswerSchema(ApiSchema):
    """What was said to one topic of the sheet."""

    answer = Choice(RISK_ANSWERS, required=True)
    mitigation = Text(most=2_000)
    said_by_id = IdField(dump_only=True)
    said_at = MomentField(dump_only=True)


class RiskSheetSchema(ApiSchema):
    """The risk and compliance sheet: an answer to each topic, and whatever else there is to say."""

    personal_data = fields.Nested(RiskAnswerSchema, allow_none=True)
    decisions_about_people = fields.Nested(RiskAnswerSchema, allow_none=True)
    data_leaving_company = fields.Nested(RiskAnswerSchema, allow_none=True)
    data_licence = fields.Nested(RiskAnswerSchema, allow_none=True)
    note = Text(most=MOST_PROSE)
    open = fields.List(Choice(RISK_TOPICS), dump_only=True)


class Risks(fields.Nested):
    """The sheet; a plain text goes into its note."""

    def __init__(self) -> None:
        super().__init__(RiskSheetSchema)

    def _deserialize(self, value: Any, attr: Any, data: Any, partial: Any = None, **kwargs: Any) -> Any:
        if isinstance(value, str):
            return {"note": Text(most=MOST_PROSE).deserialize(value)}
        found: dict[str, Any] = super()._deserialize(value, attr, data, partial=False, **kwargs)
        return {topic: said for topic, said in found.items() if said is not None}


def told_risks(note: str, sheet: queries.Sheet) -> dict[str, Any]:
    """A sheet as the schema reads it."""
    said = {
        topic: {"answer": row.answer, "mitigation": row.mitigation, "said_by_id": row.by_id, "said_at": row.at}
        for topic, row in sheet.items()
    }
    return {**dict.fromkeys(RISK_TOPICS), **said, "note": note, "open": queries.open_risks(sheet)}


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
    risks = Risks()
    parked_until = Day(allow_none=True)
    is_back = Flag(dump_only=True)
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
        """The rows with tags, votes, rank and sheet beside their columns; four reads, however many they are."""
        rows: list[UseCase] = list(data) if many else [data]
        ids = [row.id for row in rows]
        tags, votes, ranks = queries.tags_of(ids), queries.votes_of(ids), queries.places() if ids else {}
        sheets, today = queries.risk_sheets(ids), clock.today()
        dressed = [
            self._dressed(
                row,
                tags=tags.get(row.id, []),
                votes=votes.get(row.id, 0),
                rank=ranks.get(row.id),
                is_back=row.is_back(today),
                risks=told_risks(row.risks, sheets.get(row.id, {})),
            )
            for row in rows
        ]
        return dressed if many else dressed[0]

    @post_load
    def apart(self, data: Any, **_more: Any) -> Any:
        """The sheet's note is a field of the use case, its answers are an act of their own."""
        if "risks" in data:
            sheet = data.pop("risks")
            note = {"risks": sheet.pop("note")} if "note" in sheet else {}
            return {**data, **note, **({"risk_answers": sheet} if sheet else {})}
        return data

    def _dressed(self, row: UseCase, **beside: Any) -> dict[str, Any]:
        return {name: beside[name] if name in beside else getattr(row, name) for name in self.fields}


UseCaseQuery = list_query(
    USE_CASES,
    tag=Text(most=40),
    merged=YesNo(),
    back=YesNo(),
    aligned=YesNo(),
    watching=YesNo(),
    sort=Choice((*USE_CASES.words, *RANKS)),
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


class WatcherSchema(ApiSchema):
    """Somebody who watches a use case, why and since when."""

    user_id = IdField(dump_only=True)
    why = Choice(WHY_WATCHED, dump_only=True)
    since_at = MomentField(dump_only=True)


class WatchersSchema(ApiSchema):
    """All who watch a use case."""

    data = fields.List(fields.Nested(WatcherSchema), dump_only=True)
