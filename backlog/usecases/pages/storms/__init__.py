"""Storms in the browser: for accounts, and for guests by a link."""

from backlog.usecases.pages.storms import close, guests, lead, plan, room
from backlog.usecases.pages.storms.blueprint import blueprint

blueprints = (blueprint, guests.blueprint)

__all__ = ["blueprints", "close", "lead", "plan", "room"]
