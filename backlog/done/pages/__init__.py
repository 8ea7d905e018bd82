"""Pages of Definitions of Done: what holds, a new version, and the open items that keep an older one."""

from backlog.done.pages import definitions, renewal
from backlog.done.pages.definitions import blueprint

__all__ = ["blueprint", "definitions", "renewal"]
