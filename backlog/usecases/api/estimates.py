"""Estimates of a use case: each person's, and the group's."""

from typing import Any

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, endpoint, read, read_nothing
from backlog.api.paging import page_of
from backlog.kernel.paging import Page
from backlog.people.policy import require
from backlog.usecases import actions, queries
from backlog.usecases.models import EstimateRound
from backlog.usecases.queries.estimates import GIVEN
from backlog.usecases.schemas import EstimateQuery, EstimateSchema, GroupSchema, RoundQuery, RoundSchema

blueprint = Blueprint("estimates_api", __name__)
GONE = ("use_case.merged", "use_case.archived")


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
    refusals=("estimate.unlikely", *GONE),
)
def add(use_case_id: int) -> Response:
    """Save one's own estimate, or write down somebody else's; the newest of each person counts."""
    use_case = queries.get_use_case(actor(), use_case_id)
    require(actor(), "use_case.estimate", queries.scope_of(use_case))
    made = actions.estimate(actor(), use_case, **read(EstimateSchema))
    return answer(EstimateSchema, made, 201, url_for("estimates_api.index", use_case_id=use_case.id))


@blueprint.route("/use-cases/<int:use_case_id>/estimate", methods=["GET"])
@endpoint("page.read", answer=GroupSchema)
def group(use_case_id: int) -> Response:
    """The group's estimate: the median of each figure."""
    use_case = queries.get_use_case(actor(), use_case_id)
    blind = queries.is_blind(actor(), use_case)
    opinion, count = queries.group_of(queries.estimates_of(actor(), use_case))
    figures = {name: getattr(opinion, name, None) for name in GIVEN}
    return answer(GroupSchema, {**figures, "n": count, "blind": blind})


@blueprint.route("/use-cases/<int:use_case_id>/rounds", methods=["GET"])
@endpoint("page.read", answer=RoundSchema, many=True, query=RoundQuery)
def rounds(use_case_id: int) -> Response:
    """List the blind rounds of a use case, and who has saved an estimate in each."""
    use_case = queries.get_use_case(actor(), use_case_id)
    query = arguments(RoundQuery)

    def load(after: Any, size: int) -> Page:
        page = queries.page_of_rounds(use_case, query, after, size)
        saved = queries.saved_in(page.rows)
        return Page([_round(each, saved) for each in page.rows], page.last)

    return page_of(RoundSchema, load, query)


@blueprint.route("/use-cases/<int:use_case_id>/rounds", methods=["POST"])
@endpoint("use_case.hold_round", answer=RoundSchema, status=201, refusals=("round.already_open", *GONE))
def open_round(use_case_id: int) -> Response:
    """Open a blind round: nobody sees the estimates before saving one of their own in it."""
    use_case = queries.get_use_case(actor(), use_case_id)
    require(actor(), "use_case.hold_round", queries.scope_of(use_case))
    read_nothing()
    made = actions.open_round(actor(), use_case)
    return answer(RoundSchema, _round(made, {}), 201, url_for("estimates_api.rounds", use_case_id=use_case.id))


@blueprint.route("/use-cases/<int:use_case_id>/rounds/close", methods=["POST"])
@endpoint("use_case.hold_round", answer=RoundSchema, refusals=("round.not_open", *GONE))
def close_round(use_case_id: int) -> Response:
    """Close the open round: everybody sees the estimates."""
    use_case = queries.get_use_case(actor(), use_case_id)
    require(actor(), "use_case.hold_round", queries.scope_of(use_case))
    read_nothing()
    found = actions.close_round(actor(), use_case)
    return answer(RoundSchema, _round(found, queries.saved_in([found])))


def _round(each: EstimateRound, saved: dict[int, list[int]]) -> dict[str, Any]:
    """A round as the schema reads it."""
    names = ("id", "use_case_id", "opened_by_id", "opened_at", "closed_by_id", "closed_at")
    return {**{name: getattr(each, name) for name in names}, "saved_by_ids": saved.get(each.id, [])}
