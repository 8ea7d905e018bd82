"""Use cases, their estimates and the ranking in JSON."""

from typing import Any

from marshmallow import fields, pre_dump

from backlog.api.fields import (
    ApiSchema,
    Choice,
    Day,
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
from backlog.api.paging import FromQuery, YesNo, list_query
from backlog.usecases import queries
from backlog.usecases.actions.checks import MOST_PROSE
from backlog.usecases.actions.estimates import BOUNDS, MOST_WEEKS, OPTIONAL
from backlog.usecases.actions.pins import LOWEST
from backlog.usecases.actions.use_cases import LINES, LONGEST_TAG, MOST_TAGS
from backlog.usecases.models import AI_MODES, CATEGORIES, SCORING_KINDS, SOURCINGS, STATUSES, UseCase
from backlog.usecases.queries.estimates import ESTIMATES
from backlog.usecases.queries.north_stars import NORTH_STARS
from backlog.usecases.queries.scoring_models import SCORING_MODELS
from backlog.usecases.queries.use_cases import RANKS, USE_CASES
from backlog.usecases.rules.scores import DIRECTIONS, WEIGHABLE

BOOLEAN = ("true", "false")


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


UseCaseQuery = list_query(USE_CASES, tag=Text(most=40), merged=YesNo(), sort=Choice((*USE_CASES.words, *RANKS)))


class StatusSchema(ApiSchema):
    """Where a use case shall stand, and why."""

    status = Choice(STATUSES, required=True)
    reason = Text(most=2_000)
    parked_until = Day(allow_none=True)


class MergeSchema(ApiSchema):
    """The survivor."""

    into_id = IdField(required=True)
    reason = Text(most=2_000)


class PinSchema(ApiSchema):
    """A rank set by hand."""

    use_case_id = IdField(dump_only=True)
    rank = Whole(least=1, most=LOWEST, required=True)
    reason = Text(most=2_000, least=1, required=True)
    pinned_by_id = IdField(dump_only=True)
    pinned_at = MomentField(dump_only=True, attribute="at")


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
    estimator_id = IdField(dump_only=True)
    created_at = MomentField(dump_only=True)


class GroupSchema(FiguresSchema):
    """The group's medians; `blind` while one's own is missing in an open round, and then nothing is told."""

    n = Whole(dump_only=True)
    blind = Flag(dump_only=True)


EstimateQuery = list_query(ESTIMATES)


class RankingRowSchema(ApiSchema):
    """A ranked use case."""

    use_case_id = IdField()
    code = Text()
    title = Text()
    status = Text()
    rank = Whole(allow_none=True)
    computed_rank = Whole()
    pinned = Flag()
    pin_reason = Text()
    mean = Number()
    p10 = Number()
    p90 = Number()
    net_mean = Number()
    net_p10 = Number()
    net_p90 = Number()
    expected_rank = Number()
    rank_p10 = Whole()
    rank_p90 = Whole()
    top5_probability = Number()


class UnrankedSchema(ApiSchema):
    """A use case that lacks what the model needs."""

    use_case_id = IdField()
    code = Text()
    title = Text()
    missing = fields.List(Text())


class KeptSchema(ApiSchema):
    """A use case under way, with the rank it was chosen with."""

    use_case_id = IdField()
    code = Text()
    title = Text()
    status = Text()
    rank = Whole(allow_none=True)


class RankingSchema(ApiSchema):
    """A ranking and what it was made with."""

    model = Choice(SCORING_KINDS)
    scoring_model_id = IdField(allow_none=True)
    horizon_months = Whole()
    draws = Whole()
    seed = Whole()
    data = fields.List(fields.Nested(RankingRowSchema))
    unranked = fields.List(fields.Nested(UnrankedSchema))
    kept = fields.List(fields.Nested(KeptSchema))


class RankingQuery(ApiSchema):
    """With which model, draws and seed to rank."""

    model = Choice(SCORING_KINDS)
    draws = FromQuery(1, 20_000)
    seed = FromQuery(0, 2**63 - 1)
    calibrated = Choice(BOOLEAN)


class WeightSchema(ApiSchema):
    """One figure in a model with own weights."""

    name = Choice(WEIGHABLE, required=True)
    weight = Number(least=0, most=1_000, required=True)
    direction = Choice(DIRECTIONS)


class ScoringModelSchema(ApiSchema):
    """A scoring model."""

    id = IdField(dump_only=True)
    name = Text(most=80, least=1, required=True)
    kind = Choice(SCORING_KINDS, required=True)
    criteria = ListOf(fields.Nested(WeightSchema), most=len(WEIGHABLE))
    active = Flag()
    version = Whole(dump_only=True)
    created_at = MomentField(dump_only=True)


ScoringModelQuery = list_query(SCORING_MODELS)


class NorthStarSchema(ApiSchema):
    """A North Star."""

    id = IdField(dump_only=True)
    title = Text(most=200, least=1, required=True)
    metric = Text(most=200)
    baseline = Number(allow_none=True)
    target = Number(allow_none=True)
    unit = Text(most=40)
    due_on = Day(allow_none=True)
    version = Whole(dump_only=True)
    created_at = MomentField(dump_only=True)
    archived_at = MomentField(dump_only=True, allow_none=True)


NorthStarQuery = list_query(NORTH_STARS)
