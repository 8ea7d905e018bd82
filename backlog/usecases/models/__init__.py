"""Use cases, what people estimate and vote, and how a rank is made."""

from backlog.usecases.models.batches import Batch, BatchLine
from backlog.usecases.models.data_assets import DataAsset, DataAssetUse
from backlog.usecases.models.estimates import Estimate, EstimateRound
from backlog.usecases.models.north_stars import NorthStar
from backlog.usecases.models.pins import Pin
from backlog.usecases.models.risks import RiskAnswer
from backlog.usecases.models.scoring_models import ScoringModel
from backlog.usecases.models.stages import Stage
from backlog.usecases.models.storms import (
    Storm,
    StormDot,
    StormIdea,
    StormLink,
    StormMark,
    StormParticipant,
    StormResult,
    StormRound,
    StormRoundIdea,
    StormStep,
)
from backlog.usecases.models.use_cases import UseCase, UseCaseTag, Vote
from backlog.usecases.models.views import ColumnChoice, SavedView
from backlog.usecases.models.words import (
    AI_MODES,
    CATEGORIES,
    KEPT,
    OUT,
    PERSONAL_DATA,
    PROPOSED,
    RANKED,
    RISK_ANSWERS,
    RISK_TOPICS,
    SCORING_KINDS,
    SOURCINGS,
    STATUSES,
)

__all__ = [
    "AI_MODES",
    "CATEGORIES",
    "KEPT",
    "OUT",
    "PERSONAL_DATA",
    "PROPOSED",
    "RANKED",
    "RISK_ANSWERS",
    "RISK_TOPICS",
    "SCORING_KINDS",
    "SOURCINGS",
    "STATUSES",
    "Batch",
    "BatchLine",
    "ColumnChoice",
    "DataAsset",
    "DataAssetUse",
    "Estimate",
    "EstimateRound",
    "NorthStar",
    "Pin",
    "RiskAnswer",
    "SavedView",
    "ScoringModel",
    "Stage",
    "Storm",
    "StormDot",
    "StormIdea",
    "StormLink",
    "StormMark",
    "StormParticipant",
    "StormResult",
    "StormRound",
    "StormRoundIdea",
    "StormStep",
    "UseCase",
    "UseCaseTag",
    "Vote",
]
