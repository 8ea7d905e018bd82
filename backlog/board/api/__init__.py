"""The board over REST: columns, items, moves, ticks."""

from backlog.board.api import columns, items, moves, ticks

blueprints = (columns.blueprint, items.blueprint, moves.blueprint, ticks.blueprint)
__all__ = ["blueprints"]
