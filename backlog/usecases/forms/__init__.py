"""Forms of the use-case pages."""

from backlog.usecases.forms.anchors import AnchorsForm
from backlog.usecases.forms.bulk import BulkForm
from backlog.usecases.forms.data_assets import DataAssetForm
from backlog.usecases.forms.estimates import EstimateForm
from backlog.usecases.forms.north_stars import NorthStarForm
from backlog.usecases.forms.risks import RisksForm
from backlog.usecases.forms.scoring_models import ScoringModelForm
from backlog.usecases.forms.stages import MoveForm, StagesForm
from backlog.usecases.forms.use_cases import MergeForm, PinForm, SeveralForm, StatusForm, TitleForm, UseCaseForm
from backlog.usecases.forms.views import ViewForm

__all__ = [
    "AnchorsForm",
    "BulkForm",
    "DataAssetForm",
    "EstimateForm",
    "MergeForm",
    "MoveForm",
    "NorthStarForm",
    "PinForm",
    "RisksForm",
    "ScoringModelForm",
    "SeveralForm",
    "StagesForm",
    "StatusForm",
    "TitleForm",
    "UseCaseForm",
    "ViewForm",
]
