"""Bring a file in: try it, run it all or nothing, take it back. Every row goes through the acts of the pages."""

from backlog.exchange.actions.ahead import Ahead
from backlog.exchange.actions.bring_in import bring_in, bring_in_soon, get_ready, give_up, take_up
from backlog.exchange.actions.undo import undo
from backlog.exchange.actions.wanted import Wanted, read_file

__all__ = ["Ahead", "Wanted", "bring_in", "bring_in_soon", "get_ready", "give_up", "read_file", "take_up", "undo"]
