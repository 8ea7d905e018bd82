"""Estimates of a use case: each person's, and the group's."""

from typing import Any

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, arguments, endpoint, read, read_nothing
from backlog.api.paging import page_of
from backlog.people.policy import require
from backlog.usecases import actions, queries
from backlog.usecases.models import EstimateRound, UseCase
from backlog.usecases.rules.estimates import FIGURES
from backlog.usecases.schemas import EstimateQuery, EstimateSchema, GroupSchema, RoundSchema

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
    figures = {name: getattr(opinion, name, None) for name in FIGURES}
    return answer(GroupSchema, {**figures, "n": count, "blind": blind})


@blueprint.route("/use-cases/<int:use_case_id>/round", methods=["GET"])
@endpoint("page.read", answer=RoundSchema)
def round_opened_last(use_case_id: int) -> Response:
    """The blind round of a use case that was opened last, and who has saved an estimate in it."""
    use_case = queries.get_use_case(actor(), use_case_id)
    return answer(RoundSchema, _round(use_case, queries.newest_round_of(use_case)))


@blueprint.route("/use-cases/<int:use_case_id>/round", methods=["POST"])
@endpoint("use_case.hold_round", answer=RoundSchema, status=201, refusals=("round.already_open", *GONE))
def open_round(use_case_id: int) -> Response:
    """Open a blind round: nobody sees the estimates before saving one of their own in it."""
    use_case = queries.get_use_case(actor(), use_case_id)
    require(actor(), "use_case.hold_round", queries.scope_of(use_case))
    read_nothing()
    made = actions.open_round(actor(), use_case)
    where = url_for("estimates_api.round_opened_last", use_case_id=use_case.id)
    return answer(RoundSchema, _round(use_case, made), 201, where)


@blueprint.route("/use-cases/<int:use_case_id>/round/close", methods=["POST"])
@endpoint("use_case.hold_round", answer=RoundSchema, refusals=("round.not_open", *GONE))
def close_round(use_case_id: int) -> Response:
    """Close the open round: everybody sees the estimates."""
    use_case = queries.get_use_case(actor(), use_case_id)
    require(actor(), "use_case.hold_round", queries.scope_of(use_case))
    read_nothing()
    return answer(RoundSchema, _round(use_case, actions.close_round(actor(), use_case)))


def _round(use_case: UseCase, found: EstimateRound | None) -> dict[str, Any]:
    """A round as the schema reads it."""
    told = {name: getattr(found, name, None) for name in ("opened_by_id", "opened_at", "closed_by_id", "closed_at")}
    saved = queries.saved_in([found])[found.id] if found is not None else []
    is_open = found is not None and found.closed_at is None
    return {**told, "use_case_id": use_case.id, "open": is_open, "saved_by_ids": saved}
