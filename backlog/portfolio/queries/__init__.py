"""Reads across features: what waits for a person, how the sprints stand, what came of the pains, what it is worth."""

from backlog.portfolio.queries.calls import Thing, calls_of
from backlog.portfolio.queries.cases import (
    Funnel,
    back_from_parking,
    counts,
    funnel,
    proposals,
    to_estimate,
    wide_apart,
)
from backlog.portfolio.queries.desk import Desk, desk_of
from backlog.portfolio.queries.money import financial, financial_by_project
from backlog.portfolio.queries.search import Found, Group, Subject, jump, overview, page_of_found
from backlog.portfolio.queries.work import (
    Slice,
    active_items,
    asked_exceptions,
    blocked_items,
    planned_sprints,
    reviews_to_hold,
    running_sprints,
    to_verify,
)

__all__ = [
    "Desk",
    "Found",
    "Funnel",
    "Group",
    "Slice",
    "Subject",
    "Thing",
    "active_items",
    "asked_exceptions",
    "back_from_parking",
    "blocked_items",
    "calls_of",
    "counts",
    "desk_of",
    "financial",
    "financial_by_project",
    "funnel",
    "jump",
    "overview",
    "page_of_found",
    "planned_sprints",
    "proposals",
    "reviews_to_hold",
    "running_sprints",
    "to_estimate",
    "to_verify",
    "wide_apart",
]
