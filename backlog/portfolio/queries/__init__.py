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
from backlog.portfolio.queries.proposed import (
    PROPOSALS,
    Decision,
    Led,
    Proposal,
    counts_of_proposals,
    page_of_proposals,
)
from backlog.portfolio.queries.search import Found, Group, Subject, jump, overview, page_of_found
from backlog.portfolio.queries.watched import Change, Changed, watched_changes
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
    "PROPOSALS",
    "Change",
    "Changed",
    "Decision",
    "Desk",
    "Found",
    "Funnel",
    "Group",
    "Led",
    "Proposal",
    "Slice",
    "Subject",
    "Thing",
    "active_items",
    "asked_exceptions",
    "back_from_parking",
    "blocked_items",
    "calls_of",
    "counts",
    "counts_of_proposals",
    "desk_of",
    "financial",
    "financial_by_project",
    "funnel",
    "jump",
    "overview",
    "page_of_found",
    "page_of_proposals",
    "planned_sprints",
    "proposals",
    "reviews_to_hold",
    "running_sprints",
    "to_estimate",
    "to_verify",
    "watched_changes",
    "wide_apart",
]
