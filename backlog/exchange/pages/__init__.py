"""The pages of imports and exports."""

from backlog.exchange.pages import routes
from backlog.exchange.pages.blueprint import blueprint

__all__ = ["blueprint", "routes"]
