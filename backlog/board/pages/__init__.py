"""Pages of the board: its lanes and cards, items, moves, columns."""

from backlog.board.pages import columns, item_acts, item_copies, items, lanes, moves, quick_add
from backlog.board.pages.blueprints import board, item
from backlog.board.pages.rehearsal import rehearse

blueprints = (board, item)
__all__ = ["blueprints", "columns", "item_acts", "item_copies", "items", "lanes", "moves", "quick_add", "rehearse"]
