"""Keeping the index of the search as it must be."""

from backlog.portfolio.actions.search import fill, follow, note, rebuild

__all__ = ["fill", "follow", "note", "rebuild"]
