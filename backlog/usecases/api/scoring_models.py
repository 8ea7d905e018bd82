"""Scoring models."""

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, done, endpoint, match, read, read_nothing
from backlog.api.lists import list_of
from backlog.people.policy import require
from backlog.usecases import actions, queries
from backlog.usecases.schemas import ScoringModelQuery, ScoringModelSchema

blueprint = Blueprint("scoring_models_api", __name__)
dump = ScoringModelSchema().dump


@blueprint.route("/scoring-models", methods=["GET"])
@endpoint("page.read", answer=ScoringModelSchema, many=True, query=ScoringModelQuery)
def index() -> Response:
    """List scoring models."""
    return list_of(ScoringModelSchema, ScoringModelQuery, queries.page_of_scoring_models)


@blueprint.route("/scoring-models", methods=["POST"])
@endpoint("scoring_model.manage", body=ScoringModelSchema, answer=ScoringModelSchema, status=201)
def add() -> Response:
    """Make a scoring model."""
    require(actor(), "scoring_model.manage")
    made = actions.add_scoring_model(actor(), **read(ScoringModelSchema))
    return answer(ScoringModelSchema, made, 201, url_for("scoring_models_api.show", scoring_model_id=made.id))


@blueprint.route("/scoring-models/<int:scoring_model_id>", methods=["GET"])
@endpoint("page.read", answer=ScoringModelSchema)
def show(scoring_model_id: int) -> Response:
    """One scoring model."""
    return answer(ScoringModelSchema, queries.get_scoring_model(actor(), scoring_model_id))


@blueprint.route("/scoring-models/<int:scoring_model_id>", methods=["PATCH"])
@endpoint(
    "scoring_model.manage",
    body=ScoringModelSchema,
    answer=ScoringModelSchema,
    condition=True,
    refusals=("scoring_model.archived",),
)
def edit(scoring_model_id: int) -> Response:
    """Change the sent fields; `active` makes it the model of everybody's ranking."""
    model = queries.get_scoring_model(actor(), scoring_model_id)
    require(actor(), "scoring_model.manage")
    changes = read(ScoringModelSchema, partial=True)
    match(model, dump)
    return answer(ScoringModelSchema, actions.edit_scoring_model(actor(), model, **changes))


@blueprint.route("/scoring-models/<int:scoring_model_id>", methods=["DELETE"])
@endpoint("scoring_model.manage", status=204, refusals=("scoring_model.active",))
def archive(scoring_model_id: int) -> Response:
    """Take a scoring model out of use; the active one stays."""
    model = queries.get_scoring_model(actor(), scoring_model_id)
    require(actor(), "scoring_model.manage")
    read_nothing()
    actions.archive_scoring_model(actor(), model)
    return done()


@blueprint.route("/scoring-models/<int:scoring_model_id>/restore", methods=["POST"])
@endpoint("scoring_model.manage", answer=ScoringModelSchema)
def restore(scoring_model_id: int) -> Response:
    """Bring a scoring model back."""
    model = queries.get_scoring_model(actor(), scoring_model_id)
    require(actor(), "scoring_model.manage")
    read_nothing()
    return answer(ScoringModelSchema, actions.restore_scoring_model(actor(), model))
