"""Holding a review, saying something, deciding."""

from datetime import datetime
from typing import Any

from backlog.journal.actions import record
from backlog.kernel import clock
from backlog.kernel.database import session
from backlog.kernel.refusal import Invalid, Missing, Wrong, expect_version, or_none, refuse_archived, wrong
from backlog.kernel.text import is_storable
from backlog.lighthouse import queries as lighthouse
from backlog.people import queries as people
from backlog.people.models import User
from backlog.people.policy import require
from backlog.reviews import queries
from backlog.reviews.models import DECISIONS, SENTIMENTS, Decision, Feedback, Review
from backlog.sprints import queries as sprints

LONGEST = 5000


def add_review(
    actor: User, *, sprint_id: int | None = None, project_id: int | None = None, held_at: datetime | None = None
) -> Review:
    """Plan or note the review of a sprint or of a project."""
    if (sprint_id is None) == (project_id is None):
        raise Invalid(sprint_id=wrong("review.sprint_or_project"))
    try:
        project_id_of = sprints.get_sprint(actor, sprint_id).project_id if sprint_id is not None else project_id
        project = lighthouse.get_project_in_force(actor, project_id_of or 0)
    except Missing:
        name = "sprint_id" if sprint_id is not None else "project_id"
        raise Invalid({name: [wrong("value.unknown_id")]}) from None
    require(actor, "review.manage", lighthouse.scope_of(project))
    now = clock.now()
    review = Review(
        sprint_id=sprint_id,
        project_id=project_id,
        held_at=held_at or now,
        made_by_id=actor.id,
        created_at=now,
        archived_at=None,
    )
    session.add(review)
    session.flush()
    record(actor, "review.added", ("review", review.id), project_id=project.id, sprint_id=sprint_id)
    return review


def edit_review(actor: User, review: Review, version: int | None = None, **changes: Any) -> Review:
    """Change when a review is held."""
    require(actor, "review.manage", queries.scope_of(review))
    expect_version(review, version)
    refuse_archived(review, "review.archived")
    if changes.get("held_at") is not None and changes["held_at"] != review.held_at:
        before, review.held_at = review.held_at, changes["held_at"]
        session.flush()
        record(actor, "review.edited", ("review", review.id), before=before, after=review.held_at)
    return review


def archive_review(actor: User, review: Review, version: int | None = None) -> None:
    """Take a review out of the lists; it can be brought back."""
    require(actor, "review.manage", queries.scope_of(review))
    expect_version(review, version)
    if review.archived_at is None:
        review.archived_at = clock.now()
        session.flush()
        record(actor, "review.archived", ("review", review.id))


def restore_review(actor: User, review: Review) -> Review:
    """Bring an archived review back."""
    require(actor, "review.manage", queries.scope_of(review))
    if review.archived_at is not None:
        review.archived_at = None
        session.flush()
        record(actor, "review.restored", ("review", review.id))
    return review


def give_feedback(actor: User, review: Review, text: str, sentiment: str = "neutral") -> Feedback:
    """Say something at a review."""
    require(actor, "review.give_feedback", queries.scope_of(review))
    errors = _check_text("text", text)
    if sentiment not in SENTIMENTS:
        errors["sentiment"] = [wrong("value.unknown_choice", choices=list(SENTIMENTS))]
    if errors:
        raise Invalid(errors)
    refuse_archived(review, "review.archived")
    row = Feedback(review_id=review.id, text=text.strip(), sentiment=sentiment, author_id=actor.id, at=clock.now())
    session.add(row)
    session.flush()
    record(actor, "review.feedback_given", ("review", review.id), sentiment=sentiment)
    return row


def decide(
    actor: User,
    review: Review,
    decision: str,
    reason: str,
    project_id: int | None = None,
    decided_by_id: int | None = None,
) -> Decision:
    """Write down what was decided, by whom and why; what follows of it, a person does."""
    require(actor, "review.decide", queries.scope_of(review))
    errors = _check_text("reason", reason)
    project = queries.project_of(review)
    decided_by_id = decided_by_id or actor.id
    if decision not in DECISIONS:
        errors["decision"] = [wrong("value.unknown_choice", choices=list(DECISIONS))]
    if project_id is not None and project_id != project.id:
        errors["project_id"] = [wrong("value.unknown_id")]
    decider = or_none(lambda: people.get_user(decided_by_id))
    if decider is None or not decider.active:
        errors["decided_by_id"] = [wrong("value.unknown_id")]
    if errors:
        raise Invalid(errors)
    refuse_archived(review, "review.archived")
    row = Decision(
        review_id=review.id,
        project_id=project.id,
        decision=decision,
        reason=reason.strip(),
        decided_by_id=decided_by_id,
        recorded_by_id=actor.id,
        at=clock.now(),
    )
    session.add(row)
    session.flush()
    record(actor, "review.decided", ("review", review.id), project_id=project.id, decision=decision, reason=row.reason)
    return row


def _check_text(name: str, text: str) -> dict[str, list[Wrong]]:
    if not 1 <= len(text.strip()) <= LONGEST:
        return {name: [wrong("value.length", least=1, most=LONGEST)]}
    return {} if is_storable(text) else {name: [wrong("value.characters")]}
