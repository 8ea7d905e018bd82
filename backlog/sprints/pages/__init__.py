"""Pages of sprints."""

from backlog.sprints.pages.views import blueprint

__all__ = ["blueprint"]
