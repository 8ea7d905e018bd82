"""The board over REST: columns, items, moves, ticks."""

from backlog.board.api import columns, exceptions, items, moves, sprint_items, ticks

blueprints = (
    columns.blueprint,
    exceptions.blueprint,
    items.blueprint,
    moves.blueprint,
    sprint_items.blueprint,
    ticks.blueprint,
)
__all__ = ["blueprints"]
