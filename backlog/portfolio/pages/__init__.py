"""Pages that read across features: Today and the portfolio."""

from backlog.portfolio.pages.portfolio import portfolio
from backlog.portfolio.pages.today import today

blueprints = (today, portfolio)

__all__ = ["blueprints"]
