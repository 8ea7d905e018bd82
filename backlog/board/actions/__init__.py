"""The verbs of the board; every way into a column goes through `move` or `enter`."""

from backlog.board.actions.acceptance import set_acceptance, set_met
from backlog.board.actions.columns import make_defaults, remove_column, set_columns
from backlog.board.actions.exceptions import decline, grant, request_override
from backlog.board.actions.items import add, archive, edit, restore
from backlog.board.actions.kinds import change_project, change_type, take_newest_definition
from backlog.board.actions.moves import enter, move
from backlog.board.actions.stopping import on_project_stopped
from backlog.board.actions.ticks import tick, untick

__all__ = [
    "add",
    "archive",
    "change_project",
    "change_type",
    "decline",
    "edit",
    "enter",
    "grant",
    "make_defaults",
    "move",
    "on_project_stopped",
    "remove_column",
    "request_override",
    "restore",
    "set_acceptance",
    "set_columns",
    "set_met",
    "take_newest_definition",
    "tick",
    "untick",
]
