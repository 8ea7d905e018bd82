"""The verbs of KPIs."""

from backlog.kpis.actions.baselines import agree_baseline, refuse_baseline, set_baseline
from backlog.kpis.actions.kpis import add_kpi, archive_kpi, edit_kpi, restore_kpi
from backlog.kpis.actions.measurements import last_day, measure, measure_all

__all__ = [
    "add_kpi",
    "agree_baseline",
    "archive_kpi",
    "edit_kpi",
    "last_day",
    "measure",
    "measure_all",
    "refuse_baseline",
    "restore_kpi",
    "set_baseline",
]
