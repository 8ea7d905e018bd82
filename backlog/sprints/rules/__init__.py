"""The arithmetic of sprints: days, points and flow. Plain values; no clock, no database."""

from backlog.sprints.rules.burndown import Day, Points, ScopeItem, Span, burndown, ideal_line, points_on, velocity
from backlog.sprints.rules.flow import (
    CycleTime,
    Flow,
    Transition,
    cumulative_flow,
    cycle_time,
    finished_at,
    littles_law,
    percentile,
    started_at,
    wip_age_days,
)
from backlog.sprints.rules.timebox import days_between, days_left, ends_on, is_working_day, working_days

__all__ = [
    "CycleTime",
    "Day",
    "Flow",
    "Points",
    "ScopeItem",
    "Span",
    "Transition",
    "burndown",
    "cumulative_flow",
    "cycle_time",
    "days_between",
    "days_left",
    "ends_on",
    "finished_at",
    "ideal_line",
    "is_working_day",
    "littles_law",
    "percentile",
    "points_on",
    "started_at",
    "velocity",
    "wip_age_days",
    "working_days",
]
