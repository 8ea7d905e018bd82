"""The verbs of the use-case backlog."""

from backlog.usecases.actions.bulk import edit_several, undo_batch
from backlog.usecases.actions.data_assets import (
    add_data_asset,
    archive_data_asset,
    edit_data_asset,
    restore_data_asset,
)
from backlog.usecases.actions.estimates import estimate
from backlog.usecases.actions.merge import merge
from backlog.usecases.actions.north_stars import (
    add_north_star,
    archive_north_star,
    edit_north_star,
    restore_north_star,
)
from backlog.usecases.actions.pins import pin, unpin
from backlog.usecases.actions.risks import answer_risks
from backlog.usecases.actions.rounds import close_round, open_round
from backlog.usecases.actions.scoring_models import (
    activate_kind,
    activate_scoring_model,
    add_scoring_model,
    archive_scoring_model,
    edit_scoring_model,
    restore_scoring_model,
)
from backlog.usecases.actions.stages import set_stages
from backlog.usecases.actions.status import follow, set_status
from backlog.usecases.actions.use_cases import archive, edit, propose, propose_several, restore
from backlog.usecases.actions.views import archive_view, choose_columns, edit_view, restore_view, save_view
from backlog.usecases.actions.votes import unvote, vote
from backlog.usecases.actions.watches import unwatch, watch

__all__ = [
    "activate_kind",
    "activate_scoring_model",
    "add_data_asset",
    "add_north_star",
    "add_scoring_model",
    "answer_risks",
    "archive",
    "archive_data_asset",
    "archive_north_star",
    "archive_scoring_model",
    "archive_view",
    "choose_columns",
    "close_round",
    "edit",
    "edit_data_asset",
    "edit_north_star",
    "edit_scoring_model",
    "edit_several",
    "edit_view",
    "estimate",
    "follow",
    "merge",
    "open_round",
    "pin",
    "propose",
    "propose_several",
    "restore",
    "restore_data_asset",
    "restore_north_star",
    "restore_scoring_model",
    "restore_view",
    "save_view",
    "set_stages",
    "set_status",
    "undo_batch",
    "unpin",
    "unvote",
    "unwatch",
    "vote",
    "watch",
]
