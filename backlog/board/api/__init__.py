"""The board over REST: columns, items, moves, ticks."""

from backlog.board.api import columns, items, moves, sprint_items, ticks

blueprints = (columns.blueprint, items.blueprint, moves.blueprint, sprint_items.blueprint, ticks.blueprint)
__all__ = ["blueprints"]
