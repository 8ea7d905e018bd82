"""Reviews over REST."""

from typing import Any

from flask import Response, url_for
from flask_smorest import Blueprint

from backlog.api.endpoint import actor, answer, done, endpoint, match, read, read_nothing
from backlog.api.lists import list_of
from backlog.people.policy import require
from backlog.reviews import actions, queries
from backlog.reviews.models import Review
from backlog.reviews.schemas import (
    DecisionQuery,
    DecisionSchema,
    FeedbackQuery,
    FeedbackSchema,
    ReviewPatch,
    ReviewQuery,
    ReviewSchema,
)
from backlog.reviews.slides import SLIDES

blueprint = Blueprint("reviews_api", __name__)


def dump(review: Review) -> dict[str, Any]:
    """A review as JSON."""
    shown = {"sprint_id": review.sprint_id, "project_id": review.project_id, "held_at": review.held_at}
    return {
        "id": review.id,
        **shown,
        "slides": list(SLIDES),
        "version": review.version,
        "archived_at": review.archived_at,
    }


def _answer(review: Review, status: int = 200, location: str | None = None) -> Response:
    return answer(ReviewSchema, dump(review), status, location, tag=review)


@blueprint.route("/reviews", methods=["GET"])
@endpoint("page.read", answer=ReviewSchema, many=True, query=ReviewQuery)
def list_reviews() -> Response:
    """Reviews, newest first."""
    return list_of(ReviewSchema, ReviewQuery, queries.page_of_reviews, shown=lambda rows: [dump(each) for each in rows])


@blueprint.route("/reviews", methods=["POST"])
@endpoint("review.manage", body=ReviewSchema, answer=ReviewSchema, status=201)
def add_review() -> Response:
    """Plan or note a review."""
    review = actions.add_review(actor(), **read(ReviewSchema))
    return _answer(review, 201, url_for("reviews_api.show_review", review_id=review.id))


@blueprint.route("/reviews/<int:review_id>", methods=["GET"])
@endpoint("page.read", answer=ReviewSchema)
def show_review(review_id: int) -> Response:
    """One review."""
    return _answer(queries.get_review(actor(), review_id))


@blueprint.route("/reviews/<int:review_id>", methods=["PATCH"])
@endpoint("review.manage", body=ReviewPatch, answer=ReviewSchema, condition=True, refusals=("review.archived",))
def edit_review(review_id: int) -> Response:
    """Change when it is held."""
    review = queries.get_review(actor(), review_id)
    require(actor(), "review.manage", queries.scope_of(review))
    changes = read(ReviewPatch)
    match(review, lambda each: ReviewSchema().dump(dump(each)))
    return _answer(actions.edit_review(actor(), review, **changes))


@blueprint.route("/reviews/<int:review_id>", methods=["DELETE"])
@endpoint("review.manage", status=204)
def archive_review(review_id: int) -> Response:
    """Archive a review."""
    review = queries.get_review(actor(), review_id)
    require(actor(), "review.manage", queries.scope_of(review))
    read_nothing()
    actions.archive_review(actor(), review)
    return done()


@blueprint.route("/reviews/<int:review_id>/restore", methods=["POST"])
@endpoint("review.manage", answer=ReviewSchema)
def restore_review(review_id: int) -> Response:
    """Bring an archived review back."""
    review = queries.get_review(actor(), review_id)
    require(actor(), "review.manage", queries.scope_of(review))
    read_nothing()
    return _answer(actions.restore_review(actor(), review))


@blueprint.route("/reviews/<int:review_id>/feedback", methods=["GET"])
@endpoint("page.read", answer=FeedbackSchema, many=True, query=FeedbackQuery)
def list_feedback(review_id: int) -> Response:
    """What was said."""
    review = queries.get_review(actor(), review_id)
    return list_of(FeedbackSchema, FeedbackQuery, queries.page_of_feedback, of=review)


@blueprint.route("/reviews/<int:review_id>/feedback", methods=["POST"])
@endpoint("review.give_feedback", body=FeedbackSchema, answer=FeedbackSchema, status=201, refusals=("review.archived",))
def give_feedback(review_id: int) -> Response:
    """Say something."""
    review = queries.get_review(actor(), review_id)
    row = actions.give_feedback(actor(), review, **read(FeedbackSchema))
    return answer(FeedbackSchema, row, 201, url_for("reviews_api.list_feedback", review_id=review.id))


@blueprint.route("/reviews/<int:review_id>/decisions", methods=["GET"])
@endpoint("page.read", answer=DecisionSchema, many=True, query=DecisionQuery)
def list_decisions(review_id: int) -> Response:
    """What was decided."""
    review = queries.get_review(actor(), review_id)
    return list_of(DecisionSchema, DecisionQuery, queries.page_of_decisions, of=review)


@blueprint.route("/reviews/<int:review_id>/decisions", methods=["POST"])
@endpoint("review.decide", body=DecisionSchema, answer=DecisionSchema, status=201, refusals=("review.archived",))
def decide(review_id: int) -> Response:
    """Write a decision down."""
    review = queries.get_review(actor(), review_id)
    require(actor(), "review.decide", queries.scope_of(review))
    row = actions.decide(actor(), review, **read(DecisionSchema))
    return answer(DecisionSchema, row, 201, url_for("reviews_api.list_decisions", review_id=review.id))
