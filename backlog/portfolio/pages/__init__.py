"""Pages that read across features: Today, the portfolio and the search."""

from backlog.portfolio.pages.portfolio import portfolio
from backlog.portfolio.pages.proposals import proposals
from backlog.portfolio.pages.search import search
from backlog.portfolio.pages.today import today

blueprints = (today, portfolio, proposals, search)

__all__ = ["blueprints"]
