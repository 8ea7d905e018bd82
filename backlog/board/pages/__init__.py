"""Pages of the board: its lanes and cards, items, moves, columns."""

from backlog.board.pages import (
    archived,
    columns,
    exceptions,
    item_acts,
    item_copies,
    items,
    lanes,
    moves,
    other_project,
    quick_add,
)
from backlog.board.pages.blueprints import board, item
from backlog.board.pages.rehearsal import rehearse

blueprints = (board, item)
__all__ = [
    "archived",
    "blueprints",
    "columns",
    "exceptions",
    "item_acts",
    "item_copies",
    "items",
    "lanes",
    "moves",
    "other_project",
    "quick_add",
    "rehearse",
]
