"""The use-case backlog in the browser."""

from backlog.usecases.pages import (
    acts,
    anchors,
    board_news,
    bulk,
    data_assets,
    estimate,
    index,
    moves,
    north_star,
    north_stars,
    propose,
    risks,
    roadmap,
    scoring_models,
    show,
    storms,
    value_map,
    views,
)
from backlog.usecases.pages.blueprint import blueprint

blueprints = (
    blueprint,
    data_assets.blueprint,
    north_stars.blueprint,
    scoring_models.blueprint,
    views.blueprint,
    *storms.blueprints,
)

__all__ = [
    "acts",
    "anchors",
    "blueprints",
    "board_news",
    "bulk",
    "estimate",
    "index",
    "moves",
    "north_star",
    "propose",
    "risks",
    "roadmap",
    "show",
    "value_map",
]
