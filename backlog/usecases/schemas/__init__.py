"""Use cases, their estimates and the ranking in JSON."""

from backlog.usecases.schemas.bulk import BatchLineSchema, BatchSchema, BulkSchema
from backlog.usecases.schemas.choice import ChoiceQuery, ChoiceSchema, WhyQuery, WhySchema
from backlog.usecases.schemas.data_assets import DataAssetQuery, DataAssetSchema
from backlog.usecases.schemas.estimates import (
    EstimateQuery,
    EstimateSchema,
    FiguresSchema,
    GroupSchema,
    RoundSchema,
)
from backlog.usecases.schemas.north_stars import NorthStarQuery, NorthStarSchema
from backlog.usecases.schemas.progress import ProgressSchema, told_progress
from backlog.usecases.schemas.ranking import (
    BOOLEAN,
    KeptSchema,
    RankingQuery,
    RankingRowSchema,
    RankingSchema,
    UnrankedSchema,
)
from backlog.usecases.schemas.roadmap import RoadmapQuery, RoadmapSchema
from backlog.usecases.schemas.scoring_models import ScoringModelQuery, ScoringModelSchema, WeightSchema
from backlog.usecases.schemas.stages import StageSchema, StagesSchema
from backlog.usecases.schemas.use_cases import (
    MergeSchema,
    PinSchema,
    RestoreSchema,
    RiskSheetSchema,
    StatusSchema,
    UseCaseQuery,
    UseCaseSchema,
    WatcherSchema,
    WatchersSchema,
    told_risks,
)
from backlog.usecases.schemas.views import ShowsSchema, ViewQuery, ViewSchema

__all__ = [
    "BOOLEAN",
    "BatchLineSchema",
    "BatchSchema",
    "BulkSchema",
    "ChoiceQuery",
    "ChoiceSchema",
    "DataAssetQuery",
    "DataAssetSchema",
    "EstimateQuery",
    "EstimateSchema",
    "FiguresSchema",
    "GroupSchema",
    "KeptSchema",
    "MergeSchema",
    "NorthStarQuery",
    "NorthStarSchema",
    "PinSchema",
    "ProgressSchema",
    "RankingQuery",
    "RankingRowSchema",
    "RankingSchema",
    "RestoreSchema",
    "RiskSheetSchema",
    "RoadmapQuery",
    "RoadmapSchema",
    "RoundSchema",
    "ScoringModelQuery",
    "ScoringModelSchema",
    "ShowsSchema",
    "StageSchema",
    "StagesSchema",
    "StatusSchema",
    "UnrankedSchema",
    "UseCaseQuery",
    "UseCaseSchema",
    "ViewQuery",
    "ViewSchema",
    "WatcherSchema",
    "WatchersSchema",
    "WeightSchema",
    "WhyQuery",
    "WhySchema",
    "told_progress",
    "told_risks",
]
