"""Use cases, their estimates, the ranking, scoring models and North Stars in the REST interface."""

from backlog.usecases.api import (
    bulk,
    choice,
    data_assets,
    estimates,
    north_stars,
    ranking,
    roadmap,
    scoring_models,
    stages,
    storm_rooms,
    storms,
    use_cases,
    views,
)

blueprints = (
    use_cases.blueprint,
    estimates.blueprint,
    ranking.blueprint,
    choice.blueprint,
    roadmap.blueprint,
    scoring_models.blueprint,
    north_stars.blueprint,
    data_assets.blueprint,
    views.blueprint,
    bulk.blueprint,
    stages.blueprint,
    storms.blueprint,
    storm_rooms.blueprint,
)
