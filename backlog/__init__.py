"""灯塔 Dengta: the use-case backlog that proves its value."""

from backlog.app import create_app

__all__ = ["create_app"]
