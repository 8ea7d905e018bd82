"""Serving the application with waitress: strict at the door, unharmed by slow senders, stopping gracefully."""

from backlog.web.server.run import serve

__all__ = ["serve"]
