"""Pages of KPIs: the list, one KPI with its chart, measurements, baseline."""

from backlog.kpis.pages import baseline, edit, listing, measurements, show
from backlog.kpis.pages.blueprint import blueprint

__all__ = ["baseline", "blueprint", "edit", "listing", "measurements", "show"]
