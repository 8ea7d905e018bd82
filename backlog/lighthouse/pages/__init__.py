"""Pages of projects: the list, the gate, its steps, their KPIs."""

from backlog.lighthouse.pages import edit, gate, kpis, listing
from backlog.lighthouse.pages.blueprint import blueprint

__all__ = ["blueprint", "edit", "gate", "kpis", "listing"]
