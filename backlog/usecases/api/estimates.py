"""Estimates of a use case: each person's, and the group's."""

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, endpoint, read
from backlog.api.paging import page_of
from backlog.people.policy import require
from backlog.usecases import actions, queries
from backlog.usecases.queries.estimates import GIVEN
from backlog.usecases.schemas import EstimateQuery, EstimateSchema, GroupSchema

blueprint = Blueprint("estimates_api", __name__)


@blueprint.route("/use-cases/<int:use_case_id>/estimates", methods=["GET"])
@endpoint("page.read", answer=EstimateSchema, many=True, query=EstimateQuery)
def index(use_case_id: int) -> Response:
    """List the estimates; none of others before one's own in a blind round."""
    use_case = queries.get_use_case(actor(), use_case_id)
    query = arguments(EstimateQuery)
    return page_of(
        EstimateSchema, lambda after, size: queries.page_of_estimates(actor(), use_case, query, after, size), query
    )


@blueprint.route("/use-cases/<int:use_case_id>/estimates", methods=["POST"])
@endpoint(
    "use_case.estimate",
    body=EstimateSchema,
    answer=EstimateSchema,
    status=201,
    refusals=("use_case.merged", "use_case.archived"),
)
def add(use_case_id: int) -> Response:
    """Save one's own estimate; the newest counts."""
    use_case = queries.get_use_case(actor(), use_case_id)
    require(actor(), "use_case.estimate", queries.scope_of(use_case))
    made = actions.estimate(actor(), use_case, **read(EstimateSchema))
    return answer(EstimateSchema, made, 201, url_for("estimates_api.index", use_case_id=use_case.id))


@blueprint.route("/use-cases/<int:use_case_id>/estimate", methods=["GET"])
@endpoint("page.read", answer=GroupSchema)
def group(use_case_id: int) -> Response:
    """The group's estimate: the median of each figure."""
    use_case = queries.get_use_case(actor(), use_case_id)
    blind = queries.is_blind(use_case, queries.has_estimated(actor(), use_case))
    opinion, count = queries.group_of(queries.estimates_of(actor(), use_case))
    figures = {name: getattr(opinion, name, None) for name in GIVEN}
    return answer(GroupSchema, {**figures, "n": count, "blind": blind})
