"""Pages of the board: its lanes and cards, items, moves, columns."""

from backlog.board.pages import columns, item_acts, items, lanes, moves
from backlog.board.pages.blueprints import board, item

blueprints = (board, item)
__all__ = ["blueprints", "columns", "item_acts", "items", "lanes", "moves"]
