"""Reviews in the browser."""

from backlog.reviews.pages.routes import blueprint

__all__ = ["blueprint"]
